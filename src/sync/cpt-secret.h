/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the access token: in the desktop's secret store, and where there is none in a file only the
 * user can read. Main thread only; nothing waits longer than 5 s for a keyring. */
#pragma once

#include "cpt-clock.h"
#include "cpt-profile.h"

G_BEGIN_DECLS

#define CPT_TYPE_SECRET (cpt_secret_get_type ())
G_DECLARE_FINAL_TYPE (CptSecret, cpt_secret, CPT, SECRET, GObject)

CptSecret *cpt_secret_new (CptClock *clock, CptProfile *profile);
/* The token, or NULL without @error when there certainly is none, or NULL with @error when the
 * keyring did not answer: it may still be there. */
void cpt_secret_load_async (CptSecret *self, GAsyncReadyCallback callback, gpointer data);
char *cpt_secret_load_finish (CptSecret *self, GAsyncResult *result, GError **error);
void cpt_secret_save_async (CptSecret *self,
                            const char *token,
                            GAsyncReadyCallback callback,
                            gpointer data);
gboolean cpt_secret_save_finish (CptSecret *self, GAsyncResult *result, GError **error);
void cpt_secret_forget_async (CptSecret *self, GAsyncReadyCallback callback, gpointer data);
gboolean cpt_secret_forget_finish (CptSecret *self, GAsyncResult *result, GError **error);
/* What tells @token from another one and shows nothing of it: may be written anywhere. */
char *cpt_secret_make_mark (const char *token);
/* "keyring", "file" or NULL before the first load or save */
const char *cpt_secret_get_place (CptSecret *self);

G_END_DECLS
