/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop: a HubRise that runs here, on loopback. Main loop only. */
#pragma once

#include <gio/gio.h>

typedef struct _CptSandbox CptSandbox;

CptSandbox *cpt_sandbox_new (gboolean strict);
void cpt_sandbox_free (CptSandbox *self);
gboolean cpt_sandbox_listen (CptSandbox *self, guint port, GError **error);
char *cpt_sandbox_describe (CptSandbox *self);
void cpt_sandbox_start_orders (CptSandbox *self, guint every_seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptSandbox, cpt_sandbox_free)
