/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-profile.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#include "cpt-build.h"
#include "cpt-hubrise-client.h"

#define HUBRISE_API   "https://api.hubrise.com/v1"
#define SCHEMA        "io.github.comptoir.Comptoir"
#define SETTINGS_PATH "/io/github/comptoir/Comptoir/"
/* Without a group the backend takes no key at all. */
#define SETTINGS_GROUP "settings"

struct _CptProfile
{
  GObject parent_instance;

  char *name;               /* (owned) */
  gboolean named_outside;   /* by COMPTOIR_PROFILE */
  char *application_id;     /* (owned) */
  char *data_dir;           /* (owned) */
  GSettings *settings;      /* (owned) */
  char *fixed[CPT_N_ROOTS]; /* (owned) (nullable) set by the demo shop */
  char *read[CPT_N_ROOTS];  /* (owned) (nullable) last answer of get_root */
};

G_DEFINE_FINAL_TYPE (CptProfile, cpt_profile, G_TYPE_OBJECT)

static const struct
{
  const char *variable;
  const char *key;
  const char *built_in;
  gboolean address;
} roots[CPT_N_ROOTS] = {
  [CPT_ROOT_API] = { "COMPTOIR_API_URL", "api-url", NULL, TRUE },
  [CPT_ROOT_OAUTH] = { "COMPTOIR_OAUTH_URL", "oauth-url", NULL, TRUE },
  [CPT_ROOT_CLIENT_ID] = { "COMPTOIR_CLIENT_ID", "client-id", CPT_CLIENT_ID, FALSE },
  [CPT_ROOT_CLIENT_SECRET] = { "COMPTOIR_CLIENT_SECRET", "client-secret", CPT_CLIENT_SECRET,
                               FALSE },
};

static const struct
{
  const char *name;
  const char *application_id;
} profiles[] = {
  { "shop", "io.github.comptoir.Comptoir" },
  { "demo", "io.github.comptoir.Comptoir.Demo" },
  { "devel", "io.github.comptoir.Comptoir.Devel" },
};

static void
cpt_profile_finalize (GObject *object)
{
  CptProfile *self = CPT_PROFILE (object);

  for (int i = 0; i < CPT_N_ROOTS; i++)
    {
      g_free (self->fixed[i]);
      g_free (self->read[i]);
    }
  g_clear_object (&self->settings);
  g_free (self->name);
  g_free (self->application_id);
  g_free (self->data_dir);
  G_OBJECT_CLASS (cpt_profile_parent_class)->finalize (object);
}

static void
cpt_profile_class_init (CptProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_profile_finalize;
}

static void
cpt_profile_init (CptProfile *self)
{
}

static gboolean
find_profile (CptProfile *self, const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      if (g_strcmp0 (name, profiles[i].name) != 0)
        continue;
      self->name = g_strdup (name);
      self->application_id = g_strdup (profiles[i].application_id);
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               /* TRANSLATORS: %s is a word the user typed */
               _ ("There is no profile “%s”: use shop, demo or devel"), name);
  return FALSE;
}

/* COMPTOIR_DATA_DIR moves everything, the settings and the log too. */
static char *
settings_file (CptProfile *self)
{
  const char *moved = g_getenv ("COMPTOIR_DATA_DIR");
  g_autofree char *file = g_strconcat (self->name, ".ini", NULL);

  if (moved != NULL && *moved != '\0')
    return g_build_filename (moved, file, NULL);
  return g_build_filename (g_get_user_config_dir (), "comptoir", file, NULL);
}

static char *
data_directory (CptProfile *self)
{
  const char *moved = g_getenv ("COMPTOIR_DATA_DIR");

  if (moved != NULL && *moved != '\0')
    return g_build_filename (moved, self->name, NULL);
  return g_build_filename (g_get_user_data_dir (), "comptoir", self->name, NULL);
}

static void
open_settings (CptProfile *self)
{
  g_autofree char *file = settings_file (self);
  g_autofree char *dir = g_path_get_dirname (file);
  g_autoptr (GSettingsBackend) backend = NULL;

  /* Where the directory cannot be made the settings live in memory: the database says why. */
  if (g_mkdir_with_parents (dir, 0700) == 0 && g_access (dir, W_OK) == 0)
    backend = g_keyfile_settings_backend_new (file, SETTINGS_PATH, SETTINGS_GROUP);
  else
    backend = g_memory_settings_backend_new ();
  self->settings = g_settings_new_with_backend (SCHEMA, backend);
}

/**
 * cpt_profile_new:
 * @name: (nullable): "shop", "demo" or "devel"; %NULL: the variable COMPTOIR_PROFILE, else "shop"
 * @error: %G_IO_ERROR_INVALID_ARGUMENT for another name
 *
 * Returns: (transfer full) (nullable): the profile, with its settings open
 */
CptProfile *
cpt_profile_new (const char *name, GError **error)
{
  g_autoptr (CptProfile) self = g_object_new (CPT_TYPE_PROFILE, NULL);

  if (name == NULL)
    {
      name = g_getenv ("COMPTOIR_PROFILE");
      self->named_outside = name != NULL && *name != '\0';
    }
  if (name == NULL || *name == '\0')
    name = "shop";
  if (!find_profile (self, name, error))
    return NULL;

  self->data_dir = data_directory (self);
  open_settings (self);
  return g_steal_pointer (&self);
}

const char *
cpt_profile_get_name (CptProfile *self)
{
  return self->name;
}

const char *
cpt_profile_get_application_id (CptProfile *self)
{
  return self->application_id;
}

const char *
cpt_profile_get_data_dir (CptProfile *self)
{
  return self->data_dir;
}

/**
 * cpt_profile_dup_log_path:
 *
 * Returns: (transfer full): the newest file of the program's own log
 */
char *
cpt_profile_dup_log_path (CptProfile *self)
{
  const char *moved = g_getenv ("COMPTOIR_DATA_DIR");
  g_autofree char *file = g_strconcat (self->name, ".log", NULL);

  if (moved != NULL && *moved != '\0')
    return g_build_filename (moved, file, NULL);
  return g_build_filename (g_get_user_state_dir (), "comptoir", file, NULL);
}

GSettings *
cpt_profile_get_settings (CptProfile *self)
{
  return self->settings;
}

static char *
read_root (CptProfile *self, CptRoot root)
{
  const char *variable = cpt_profile_get_root_variable (self, root);
  g_autofree char *set = NULL;

  if (self->fixed[root] != NULL)
    return g_strdup (self->fixed[root]);
  if (variable != NULL)
    return g_strdup (g_getenv (variable));
  set = g_settings_get_string (self->settings, roots[root].key);
  if (*set == '\0' && roots[root].built_in != NULL)
    return g_strdup (roots[root].built_in);
  return g_steal_pointer (&set);
}

/**
 * cpt_profile_get_root:
 *
 * Returns: (transfer none): the address, without trailing slash, or client value in force; "" for
 * none; valid until another value is in force and this is called for the same @root
 */
const char *
cpt_profile_get_root (CptProfile *self, CptRoot root)
{
  g_autofree char *value = g_strstrip (read_root (self, root));

  /* a secret may well end in one: base64 has it */
  while (roots[root].address && g_str_has_suffix (value, "/"))
    value[strlen (value) - 1] = '\0';
  if (g_strcmp0 (value, self->read[root]) != 0)
    {
      g_free (self->read[root]);
      self->read[root] = g_steal_pointer (&value);
    }
  return self->read[root];
}

const char *
cpt_profile_get_root_variable (CptProfile *self, CptRoot root)
{
  const char *value = g_getenv (roots[root].variable);

  if (self->fixed[root] != NULL || value == NULL || *value == '\0')
    return NULL;
  return roots[root].variable;
}

static void
add_variable (GString *lines, const char *variable, const char *value)
{
  g_string_append_printf (lines, "%s%s=%s", lines->len > 0 ? "\n" : "", variable, value);
}

/**
 * cpt_profile_dup_environment:
 *
 * Without the API's address, which is asked for by itself; of the secret only that it is set.
 *
 * Returns: (transfer full) (nullable): the variables of the environment that hold, a line each as a
 *   shell has them
 */
char *
cpt_profile_dup_environment (CptProfile *self)
{
  const char *moved = g_getenv ("COMPTOIR_DATA_DIR");
  g_autoptr (GString) lines = g_string_new (NULL);

  for (int i = CPT_ROOT_OAUTH; i < CPT_N_ROOTS; i++)
    {
      const char *variable = cpt_profile_get_root_variable (self, i);

      if (variable != NULL)
        add_variable (lines, variable,
                      i == CPT_ROOT_CLIENT_SECRET ? "•••" : cpt_profile_get_root (self, i));
    }
  if (moved != NULL && *moved != '\0')
    add_variable (lines, "COMPTOIR_DATA_DIR", moved);
  if (self->named_outside)
    add_variable (lines, "COMPTOIR_PROFILE", self->name);
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}

gboolean
cpt_profile_check_address (const char *text, GError **error)
{
  return cpt_hubrise_check_address (text, error);
}

void
cpt_profile_set_roots (CptProfile *self,
                       const char *api,
                       const char *oauth,
                       const char *client_id,
                       const char *client_secret)
{
  const char *values[CPT_N_ROOTS] = { api, oauth, client_id, client_secret };

  for (int i = 0; i < CPT_N_ROOTS; i++)
    {
      g_free (self->fixed[i]);
      self->fixed[i] = g_strdup (values[i]);
    }
}

gboolean
cpt_profile_is_demo (CptProfile *self)
{
  return g_str_equal (self->name, "demo") && self->fixed[CPT_ROOT_API] != NULL;
}

gboolean
cpt_profile_is_hubrise (CptProfile *self)
{
  return g_str_equal (cpt_profile_get_root (self, CPT_ROOT_API), HUBRISE_API);
}

/**
 * cpt_profile_dup_device_id:
 *
 * Two tills on one location each need their own token and queue of events: HubRise tells them
 * apart by this id. It comes from the machine and the data directory, so that it survives a
 * lost database, and tells neither to HubRise.
 *
 * Returns: (transfer full): 32 hexadecimal digits
 */
char *
cpt_profile_dup_device_id (CptProfile *self)
{
  g_autofree char *machine = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sum = NULL;

  if (!g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL))
    machine = g_strdup (g_get_host_name ());
  text = g_strconcat (g_strstrip (machine), "\n", self->data_dir, NULL);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strndup (sum, 32);
}
