/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-secret.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>

/* gnome-keyring without a login collection never answers. */
#define KEYRING_LIMIT_MS 5000
/* Hexadecimal digits. */
#define MARK_LENGTH 12

struct _CptSecret
{
  GObject parent_instance;

  CptClock *clock;     /* (owned) */
  CptProfile *profile; /* (owned) */
  const char *place;   /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CptSecret, cpt_secret, G_TYPE_OBJECT)

static const SecretSchema schema = {
  "io.github.comptoir.Token",
  SECRET_SCHEMA_NONE,
  {
      { "directory", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* A keyring call with its time limit. */
typedef struct
{
  GCancellable *cancellable; /* (owned) */
  guint timer;
  CptClock *clock; /* (owned) */
  char *token;     /* (owned) (nullable) what is being saved */
} Patience;

static void
patience_free (Patience *patience)
{
  cpt_clock_clear_timer (patience->clock, &patience->timer);
  g_object_unref (patience->cancellable);
  g_object_unref (patience->clock);
  g_free (patience->token);
  g_free (patience);
}

static gboolean
patience_over_cb (gpointer data)
{
  Patience *patience = data;

  patience->timer = 0;
  g_cancellable_cancel (patience->cancellable);
  return G_SOURCE_REMOVE;
}

static Patience *
patience_new (CptSecret *self, const char *token)
{
  Patience *patience = g_new0 (Patience, 1);

  patience->cancellable = g_cancellable_new ();
  patience->clock = g_object_ref (self->clock);
  patience->token = g_strdup (token);
  patience->timer =
      cpt_clock_add_timer (self->clock, KEYRING_LIMIT_MS, patience_over_cb, patience, NULL);
  return patience;
}

static void
cpt_secret_finalize (GObject *object)
{
  CptSecret *self = CPT_SECRET (object);

  g_clear_object (&self->clock);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (cpt_secret_parent_class)->finalize (object);
}

static void
cpt_secret_class_init (CptSecretClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_secret_finalize;
}

static void
cpt_secret_init (CptSecret *self)
{
}

/**
 * cpt_secret_new:
 *
 * Returns: (transfer full): the keeper of @profile's token
 */
CptSecret *
cpt_secret_new (CptClock *clock, CptProfile *profile)
{
  CptSecret *self = g_object_new (CPT_TYPE_SECRET, NULL);

  self->clock = g_object_ref (clock);
  self->profile = g_object_ref (profile);
  return self;
}

const char *
cpt_secret_get_place (CptSecret *self)
{
  return self->place;
}

/**
 * cpt_secret_make_mark:
 *
 * Returns: (transfer full): too short to be turned back, even if a token were no random text
 */
char *
cpt_secret_make_mark (const char *token)
{
  char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);

  sum[MARK_LENGTH] = '\0';
  return sum;
}

static char *
file_path (CptSecret *self)
{
  return g_build_filename (cpt_profile_get_data_dir (self->profile), "token", NULL);
}

static char *
load_file (CptSecret *self)
{
  g_autofree char *path = file_path (self);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_strstrip (text);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* What a thread needs to write the file. */
typedef struct
{
  char *path;        /* (owned) */
  const char *token; /* of the saving that waits */
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->path);
  g_free (writing);
}

static void
save_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Writing *writing = data;
  GError *error = NULL;

  if (g_file_set_contents_full (writing->path, writing->token, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_file_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptSecret *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->place = "file";
  g_task_return_boolean (task, TRUE);
}

/* On a thread of its own: a slow disk takes its time until it has the file for sure. Not the
 * keeper's task: a thread must not hold the last of it. */
static void
save_file_async (CptSecret *self, GTask *task)
{
  const Patience *patience = g_task_get_task_data (task);
  g_autoptr (GTask) saving = g_task_new (NULL, NULL, saved_file_cb, g_object_ref (task));
  Writing *writing = g_new0 (Writing, 1);

  writing->path = file_path (self);
  writing->token = patience->token;
  g_task_set_task_data (saving, writing, writing_free);
  g_task_run_in_thread (saving, save_file);
}

static gboolean
forget_file (CptSecret *self, GError **error)
{
  g_autofree char *path = file_path (self);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (errno),
               _ ("The key to HubRise could not be removed from this computer"));
  return FALSE;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptSecret *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *locked = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    {
      g_info ("The keyring was asked in vain: %s", error->message);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                               _ ("The keyring does not answer"));
      return;
    }
  if (locked != NULL)
    self->place = "keyring";
  g_task_return_pointer (task, g_strdup (locked), g_free);
  secret_password_free (locked);
}

/**
 * cpt_secret_load_async:
 *
 * Looks for the token in the file, then in the keyring, for at most 5 s of the clock.
 */
void
cpt_secret_load_async (CptSecret *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  char *token = load_file (self);
  Patience *patience;

  if (token != NULL)
    {
      self->place = "file";
      g_task_return_pointer (task, token, g_free);
      g_object_unref (task);
      return;
    }
  patience = patience_new (self, NULL);
  g_task_set_task_data (task, patience, (GDestroyNotify)patience_free);
  secret_password_lookup (&schema, patience->cancellable, looked_up_cb, task, "directory",
                          cpt_profile_get_data_dir (self->profile), NULL);
}

char *
cpt_secret_load_finish (CptSecret *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptSecret *self = g_task_get_source_object (task);
  g_autoptr (GError) keyring_error = NULL;
  GError *error = NULL;

  if (secret_password_store_finish (result, &keyring_error))
    {
      self->place = "keyring";
      if (forget_file (self, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
      return;
    }
  g_info ("The keyring did not take the key to HubRise: %s", keyring_error->message);
  save_file_async (self, task);
}

/**
 * cpt_secret_save_async:
 * @token: kept until the save is over, nowhere else
 *
 * Keeps @token in the keyring, or within 5 s in the file.
 */
void
cpt_secret_save_async (CptSecret *self,
                       const char *token,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Patience *patience = patience_new (self, token);

  g_task_set_task_data (task, patience, (GDestroyNotify)patience_free);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, _ ("Comptoir: key to HubRise"), token,
                         patience->cancellable, stored_cb, task, "directory",
                         cpt_profile_get_data_dir (self->profile), NULL);
}

gboolean
cpt_secret_save_finish (CptSecret *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptSecret *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) keyring_error = NULL;
  gboolean in_keyring = g_strcmp0 (self->place, "keyring") == 0;

  secret_password_clear_finish (result, &keyring_error);
  self->place = NULL;
  if (keyring_error != NULL && in_keyring)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                             _ ("The keyring does not answer: the key to HubRise is still in it"));
  else if (!forget_file (self, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * cpt_secret_forget_async:
 *
 * Removes the token from wherever it is.
 */
void
cpt_secret_forget_async (CptSecret *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Patience *patience = patience_new (self, NULL);

  g_task_set_task_data (task, patience, (GDestroyNotify)patience_free);
  secret_password_clear (&schema, patience->cancellable, cleared_cb, task, "directory",
                         cpt_profile_get_data_dir (self->profile), NULL);
}

gboolean
cpt_secret_forget_finish (CptSecret *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
