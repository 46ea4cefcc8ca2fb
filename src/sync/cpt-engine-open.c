/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's life: opening the database, reading the token, closing. */
#include "cpt-engine-private.h"

#include <glib/gi18n-lib.h>

#define KEYRING_RETRY_MS (10 * CPT_SECOND)
/* A command that works on the database for a moment is waited for, about a minute. */
#define BRIEF_MS    (CPT_SECOND / 4)
#define BRIEF_OPENS 240

/* --- Opening --- */

gboolean
cpt_engine_make_client (CptEngine *self, GError **error)
{
  const char *api = cpt_profile_get_root (self->profile, CPT_ROOT_API);
  const char *oauth = cpt_profile_get_root (self->profile, CPT_ROOT_OAUTH);
  const char *id = cpt_profile_get_root (self->profile, CPT_ROOT_CLIENT_ID);
  const char *secret = cpt_profile_get_root (self->profile, CPT_ROOT_CLIENT_SECRET);
  g_autoptr (CptHubriseClient) client =
      cpt_hubrise_client_new (self->clock, api, oauth, id, secret, error);

  if (client == NULL)
    return FALSE;
  cpt_link_set_client (self->link, client);
  return TRUE;
}

void
cpt_engine_start_work (CptEngine *self)
{
  cpt_order_sender_reload (self->sender);
  cpt_outbox_sender_reload (self->outbox);
  cpt_acceptance_start (self->acceptance);
  cpt_stock_sync_start (self->stock, FALSE);
  if (self->role == CPT_ENGINE_RECEIVES)
    cpt_poller_start (self->poller);
}

/* There is a binding and its token: begin to work. */
void
cpt_engine_start_line (CptEngine *self, const char *token)
{
  CptConnection *edited = cpt_connection_copy (cpt_link_get_connection (self->link));

  cpt_hubrise_client_set_token (cpt_link_get_client (self->link), token);
  g_free (edited->token_place);
  edited->token_place = g_strdup (cpt_secret_get_place (self->secret));
  if (edited->state == CPT_CONNECTION_WAITING_KEYRING)
    edited->state = CPT_CONNECTION_UNPROVEN;
  if (edited->state == CPT_CONNECTION_REFUSED)
    cpt_link_try_again (self->link);
  cpt_link_take_connection (self->link, edited, FALSE);
  cpt_engine_start_work (self);
}

static void load_token (CptEngine *self);

static gboolean
keyring_due_cb (gpointer data)
{
  CptEngine *self = data;

  self->keyring_timer = 0;
  load_token (self);
  return G_SOURCE_REMOVE;
}

void
cpt_engine_set_progress (CptEngine *self, const char *progress)
{
  CptConnection *edited = cpt_connection_copy (cpt_link_get_connection (self->link));

  g_free (edited->progress);
  edited->progress = g_strdup (progress);
  cpt_link_take_connection (self->link, edited, FALSE);
}

static void
first_list_value_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;
  g_autofree char *value = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  if (value != NULL && *value != '\0')
    self->wants_first_list = TRUE;
}

void
cpt_engine_set_state (CptEngine *self, CptConnectionState state, const char *reason)
{
  CptConnection *edited = cpt_connection_copy (cpt_link_get_connection (self->link));

  edited->state = state;
  g_free (edited->reason);
  edited->reason = g_strdup (reason);
  cpt_link_take_connection (self->link, edited, FALSE);
}

const char *
cpt_engine_explain_other_key (void)
{
  return _ ("The key to HubRise on this computer is for another location: connect again. Orders "
            "and stock are kept.");
}

/* The key and its binding are kept in two places, and between the two the process may die. A
 * binding of before there were marks takes the one it finds. */
static gboolean
is_ours (CptEngine *self, const char *token)
{
  const char *known = cpt_link_get_connection (self->link)->key_mark;
  g_autofree char *mark = cpt_secret_make_mark (token);

  if (known != NULL)
    return g_str_equal (known, mark);
  cpt_store_run_async (self->store, cpt_store_save_value (CPT_KEY_MARK_VALUE, mark), NULL,
                       cpt_engine_ignored_cb, (gpointer) "Noting the key");
  return TRUE;
}

static void
token_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = cpt_secret_load_finish (CPT_SECRET (source), result, &error);

  if (self->closing || self->link == NULL ||
      cpt_link_get_connection (self->link)->state == CPT_CONNECTION_CONNECTING)
    return;
  if (error != NULL)
    {
      cpt_engine_set_state (self, CPT_CONNECTION_WAITING_KEYRING, error->message);
      self->keyring_timer =
          cpt_clock_add_timer (self->clock, KEYRING_RETRY_MS, keyring_due_cb, self, NULL);
    }
  else if (token == NULL)
    cpt_engine_set_state (
        self, CPT_CONNECTION_NONE,
        _ ("The key to HubRise is no longer on this computer: connect again. Orders and "
           "stock are kept."));
  else if (!is_ours (self, token))
    cpt_engine_set_state (self, CPT_CONNECTION_NONE, cpt_engine_explain_other_key ());
  else
    cpt_engine_start_line (self, token);
}

static void
load_token (CptEngine *self)
{
  cpt_secret_load_async (self->secret, token_loaded_cb, g_object_ref (self));
}

static gboolean
is_of_this_root (CptEngine *self, CptConnection *connection)
{
  return g_strcmp0 (connection->api_root, cpt_profile_get_root (self->profile, CPT_ROOT_API)) == 0;
}

static void
connection_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (CptConnection) connection = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (connection == NULL)
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  cpt_link_take_connection (self->link, cpt_connection_copy (connection), FALSE);
  cpt_engine_refresh_counts (self);
  cpt_engine_plan_day (self);
  cpt_engine_plan_erasing (self);
  if (connection->state != CPT_CONNECTION_NONE && !cpt_store_is_read_only (self->store))
    {
      if (!is_of_this_root (self, connection))
        cpt_engine_set_state (
            self, CPT_CONNECTION_NONE,
            _ ("This till was connected to another address of HubRise: connect again"));
      else if (cpt_engine_make_client (self, &error))
        load_token (self);
      else
        cpt_engine_set_state (self, CPT_CONNECTION_NONE, error->message);
    }
  g_task_return_boolean (task, TRUE);
  cpt_engine_emit (self, CPT_ENGINE_OPENED);
}

/* For jobs nobody waits for. @data: what they are, for the log. */
void
cpt_engine_ignored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    g_message ("%s: %s", (const char *)data, error->message);
}

static void open_store (GTask *task);

static gboolean
open_due_cb (gpointer data)
{
  GTask *task = data;
  CptEngine *self = g_task_get_source_object (task);

  self->open_timer = 0;
  if (!g_task_return_error_if_cancelled (task))
    open_store (g_object_ref (task));
  return G_SOURCE_REMOVE;
}

static void
brief_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  CptEngine *self = g_task_get_source_object (task);

  cpt_store_close_finish (CPT_STORE (source), result, NULL);
  self->open_timer = cpt_clock_add_timer (self->clock, BRIEF_MS, open_due_cb, task, g_object_unref);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  CptTime now = cpt_clock_now (self->clock);
  GError *error = NULL;

  if (!cpt_store_open_finish (CPT_STORE (source), result, &error))
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      g_error_free (error);
      return;
    }
  if (cpt_store_is_lock_brief (self->store) && self->opens++ < BRIEF_OPENS)
    {
      cpt_store_close_async (self->store, brief_closed_cb, g_steal_pointer (&task));
      return;
    }
  cpt_engine_make_parts (self);
  if (!cpt_store_is_read_only (self->store))
    {
      cpt_store_run_async (self->store, cpt_store_end_holds (now), NULL, cpt_engine_ignored_cb,
                           (gpointer) "Ending the holds");
      cpt_store_run_async (self->store, cpt_store_prune_log (now), NULL, cpt_engine_ignored_cb,
                           (gpointer) "Pruning the log");
    }
  cpt_store_run_async (self->store, cpt_store_load_value (CPT_FIRST_LIST_KEY), NULL,
                       first_list_value_cb, g_object_ref (self));
  cpt_store_run_async (self->store, cpt_store_load_connection (), NULL, connection_loaded_cb,
                       g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
open_store (GTask *task)
{
  CptEngine *self = g_task_get_source_object (task);

  cpt_store_open_async (self->store, NULL, opened_cb, task);
}

void
cpt_engine_open_async (CptEngine *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  /* what is open is never told to be given up: somebody must close it */
  g_task_set_check_cancellable (task, FALSE);
  self->opens = 0;
  cpt_store_set_fresh (self->store, cpt_profile_is_demo (self->profile));
  open_store (task);
}

gboolean
cpt_engine_open_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
cpt_engine_set_database_aside (CptEngine *self, GError **error)
{
  g_autoptr (GError) store_error = NULL;
  char *name = cpt_store_set_aside (self->store, cpt_clock_now (self->clock), &store_error);

  if (name == NULL)
    g_propagate_error (error, cpt_engine_translate_error (store_error));
  return name;
}

/* --- Closing --- */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (cpt_store_close_finish (CPT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
cpt_engine_close_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  self->closing = TRUE;
  cpt_engine_emit (self, CPT_ENGINE_CLOSING);
  g_cancellable_cancel (self->cancellable);
  cpt_engine_flush_draft (self);
  cpt_engine_drop_parts (self);
  if (self->link != NULL && !cpt_store_is_read_only (self->store))
    cpt_store_run_async (self->store, cpt_store_end_holds (cpt_clock_now (self->clock)), NULL,
                         cpt_engine_ignored_cb, (gpointer) "Ending the holds");
  cpt_store_close_async (self->store, closed_cb, task);
}

gboolean
cpt_engine_close_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
