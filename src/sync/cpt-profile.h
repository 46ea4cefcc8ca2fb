/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One installation's places and names: which profile, where its files are, its settings, and
 * which HubRise it talks to (environment before settings before build). Main thread only. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CPT_TYPE_PROFILE (cpt_profile_get_type ())
G_DECLARE_FINAL_TYPE (CptProfile, cpt_profile, CPT, PROFILE, GObject)

/* @name: "shop", "demo", "devel"; NULL: COMPTOIR_PROFILE or "shop". */
CptProfile *cpt_profile_new (const char *name, GError **error);
const char *cpt_profile_get_name (CptProfile *self);
/* "io.github.comptoir.Comptoir", ".Demo", ".Devel" */
const char *cpt_profile_get_application_id (CptProfile *self);
const char *cpt_profile_get_data_dir (CptProfile *self);
/* Where the program's own log goes. */
char *cpt_profile_dup_log_path (CptProfile *self);
GSettings *cpt_profile_get_settings (CptProfile *self);

typedef enum
{
  CPT_ROOT_API,
  CPT_ROOT_OAUTH,
  CPT_ROOT_CLIENT_ID,
  CPT_ROOT_CLIENT_SECRET,
  CPT_N_ROOTS,
} CptRoot;

/* Never NULL; "" when there is none. */
const char *cpt_profile_get_root (CptProfile *self, CptRoot root);
/* Whether an environment variable (its name) decides it; NULL when not. */
const char *cpt_profile_get_root_variable (CptProfile *self, CptRoot root);
/* (transfer full) (nullable): the other variables that hold, one a line; the secret is not told. */
char *cpt_profile_dup_environment (CptProfile *self);
/* Whether @text can be the API's or the log-in pages' address; @error says why not. */
gboolean cpt_profile_check_address (const char *text, GError **error);
/* For the demo shop: beats everything. */
void cpt_profile_set_roots (CptProfile *self,
                            const char *api,
                            const char *oauth,
                            const char *client_id,
                            const char *client_secret);
/* Whether this is the demo profile on its own demo shop, whose state is new at each start. */
gboolean cpt_profile_is_demo (CptProfile *self);
/* Whether the API root is HubRise's own. */
gboolean cpt_profile_is_hubrise (CptProfile *self);
char *cpt_profile_dup_device_id (CptProfile *self);

G_END_DECLS
