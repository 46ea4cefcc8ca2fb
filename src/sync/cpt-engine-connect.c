/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the authorisation page to the first list of orders, and back to not connected. */
#include "cpt-engine-private.h"

#include <glib/gi18n-lib.h>

#define AUTHORISATION_LIMIT_MS (10 * CPT_MINUTE)

/* --- Authorisation --- */

void
cpt_engine_end_authorisation (CptEngine *self)
{
  cpt_clock_clear_timer (self->clock, &self->connect_timer);
  if (self->listener != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->listener, self);
      cpt_auth_listener_stop (self->listener);
    }
  g_clear_object (&self->listener);
}

static void
tell_reason (CptEngine *self, const char *reason)
{
  CptConnection *edited = cpt_connection_copy (cpt_link_get_connection (self->link));

  g_free (edited->reason);
  edited->reason = g_strdup (reason);
  cpt_link_take_connection (self->link, edited, FALSE);
}

static gboolean
authorisation_over_cb (gpointer data)
{
  CptEngine *self = data;

  self->connect_timer = 0;
  cpt_engine_end_authorisation (self);
  tell_reason (self, _ ("Nobody answered on HubRise's page within 10 minutes. Connect again when "
                        "you are ready."));
  return G_SOURCE_REMOVE;
}

static void
browser_connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptEngine *self = CPT_ENGINE (source);
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_connect_with_code_finish (self, result, &error) && self->link != NULL)
    tell_reason (self, error->message);
}

static void
code_cb (CptAuthListener *listener, const char *code, CptEngine *self)
{
  cpt_engine_connect_with_code_async (self, code, NULL, browser_connected_cb, NULL);
}

static void
refused_cb (CptAuthListener *listener, const char *reason, CptEngine *self)
{
  cpt_engine_end_authorisation (self);
  tell_reason (self, reason);
}

static const char *
start_listener (CptEngine *self, GError **error)
{
  self->listener = cpt_auth_listener_new (self->state);
  g_signal_connect (self->listener, "code", G_CALLBACK (code_cb), self);
  g_signal_connect (self->listener, "refused", G_CALLBACK (refused_cb), self);
  if (!cpt_auth_listener_start (self->listener, error))
    return NULL;
  return cpt_auth_listener_get_redirect_uri (self->listener);
}

/**
 * cpt_engine_prefers_code:
 *
 * HubRise documents only the pasted code for installed programs: it is the default on HubRise's
 * own host, the redirect elsewhere; the preference connect-with chooses.
 */
gboolean
cpt_engine_prefers_code (CptEngine *self)
{
  g_autofree char *way = g_settings_get_string (self->settings, "connect-with");

  if (g_str_equal (way, "auto"))
    return cpt_profile_is_hubrise (self->profile);
  return g_str_equal (way, "code");
}

char *
cpt_engine_begin_connect (CptEngine *self, gboolean out_of_band, GError **error)
{
  const char *client_id = cpt_profile_get_root (self->profile, CPT_ROOT_CLIENT_ID);
  const char *oauth = cpt_profile_get_root (self->profile, CPT_ROOT_OAUTH);
  const char *redirect = CPT_AUTH_OUT_OF_BAND;
  g_autofree char *device = cpt_profile_dup_device_id (self->profile);

  if (self->link == NULL || *client_id == '\0')
    {
      g_set_error_literal (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_CONNECT,
                           _ ("This copy of Comptoir has no client id: enter the one HubRise gave "
                              "you, or try the demo shop."));
      return NULL;
    }
  cpt_engine_end_authorisation (self);
  g_free (self->state);
  self->state = cpt_hubrise_auth_new_state ();
  if (!out_of_band && (redirect = start_listener (self, error)) == NULL)
    {
      cpt_engine_end_authorisation (self);
      return NULL;
    }
  tell_reason (self, NULL);
  self->connect_timer =
      cpt_clock_add_timer (self->clock, AUTHORISATION_LIMIT_MS, authorisation_over_cb, self, NULL);
  return cpt_hubrise_auth_build_url (oauth, client_id, redirect, self->state, device);
}

void
cpt_engine_cancel_connect (CptEngine *self)
{
  cpt_engine_end_authorisation (self);
}

/* Another binding or none: every list is another one, and so is how many stand in it. Only now that
 * it is on disk: a count that began before still sees the old one. */
static void
tell_rebound (CptEngine *self)
{
  cpt_engine_emit_all_rows (self);
  cpt_engine_refresh_counts (self);
  cpt_stock_sync_note_place (self->stock);
}

/**
 * cpt_engine_leave_place:
 *
 * What is under way belongs to the place that may be left: what is answered to it from now on is
 * of no use, and nothing of it goes on. On disk it is as if the process had ended here.
 */
void
cpt_engine_leave_place (CptEngine *self)
{
  self->round++;
  self->listing = FALSE;
  cpt_engine_set_progress (self, NULL);
  cpt_poller_stop (self->poller);
  cpt_order_sender_clear (self->sender);
  cpt_outbox_sender_clear (self->outbox);
  cpt_acceptance_rest (self->acceptance);
  cpt_stock_sync_rest (self->stock);
}

/* --- From the code to the connection --- */

typedef struct
{
  CptConnection *before;    /* (owned) what stands again when this fails */
  CptHubriseClient *old;    /* (owned) (nullable) */
  CptHubriseClient *client; /* (owned) (nullable) */
  CptHubriseGrant *grant;   /* (owned) (nullable) */
  GError *error;            /* (owned) (nullable) why it fails, while the old key is kept again */
} Connecting;

static void
connecting_free (Connecting *connecting)
{
  g_clear_pointer (&connecting->before, cpt_connection_unref);
  g_clear_object (&connecting->old);
  g_clear_object (&connecting->client);
  g_clear_pointer (&connecting->grant, cpt_hubrise_grant_free);
  g_clear_error (&connecting->error);
  g_free (connecting);
}

/* @task: (transfer full), @error: (transfer full) */
static void
give_up_connecting (GTask *task, GError *error)
{
  g_autoptr (GTask) owned = task;
  CptEngine *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);

  if (!self->closing)
    {
      cpt_link_set_client (self->link, connecting->old);
      cpt_link_take_connection (self->link, cpt_connection_copy (connecting->before), FALSE);
      if (connecting->old != NULL && cpt_hubrise_client_has_token (connecting->old))
        cpt_engine_start_work (self);
    }
  g_task_return_error (task, error);
}

static void
key_kept_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Connecting *connecting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!cpt_secret_save_finish (CPT_SECRET (source), result, &error))
    g_message ("The key of before could not be kept again: %s", error->message);
  give_up_connecting (task, g_steal_pointer (&connecting->error));
}

static void
key_forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Connecting *connecting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!cpt_secret_forget_finish (CPT_SECRET (source), result, &error))
    g_message ("The key without a binding could not be removed: %s", error->message);
  give_up_connecting (task, g_steal_pointer (&connecting->error));
}

/* What is kept on this computer is a key that nothing is bound to: the one of before takes its
 * place again. Where that cannot be done either, the key's mark tells at the next start.
 * @task: (transfer full), @error: (transfer full) */
static void
take_key_back (GTask *task, GError *error)
{
  CptEngine *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);
  const char *token =
      connecting->old != NULL ? cpt_hubrise_client_get_token (connecting->old) : NULL;

  connecting->error = error;
  if (token != NULL)
    cpt_secret_save_async (self->secret, token, key_kept_again_cb, task);
  else
    cpt_secret_forget_async (self->secret, key_forgotten_cb, task);
}

static void
give_up_with (GTask *task, const char *message)
{
  give_up_connecting (task,
                      g_error_new_literal (CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_CONNECT, message));
}

static CptConnection *
edit_from_grant (CptEngine *self, CptHubriseGrant *grant)
{
  CptConnection *edited = cpt_connection_new ();

  edited->state = CPT_CONNECTION_CONNECTING;
  edited->progress = g_strdup (_ ("Reading the location…"));
  edited->api_root = g_strdup (cpt_profile_get_root (self->profile, CPT_ROOT_API));
  edited->account_id = g_strdup (grant->account_id);
  edited->account_name = g_strdup (grant->account_name);
  edited->location_id = g_strdup (grant->location_id);
  edited->location_name = g_strdup (grant->location_name);
  edited->catalog_id = g_strdup (grant->catalog_id);
  edited->catalog_name = g_strdup (grant->catalog_name);
  edited->customer_list_id = g_strdup (grant->customer_list_id);
  edited->customer_list_name = g_strdup (grant->customer_list_name);
  edited->token_place = g_strdup (cpt_secret_get_place (self->secret));
  edited->key_mark = cpt_secret_make_mark (grant->access_token);
  edited->connected_since = cpt_clock_now (self->clock);
  return edited;
}

static void
finish_connecting (GTask *task, CptHubriseReply *location)
{
  g_autoptr (GTask) owned = task;
  CptEngine *self = g_task_get_source_object (task);
  CptConnection *edited = cpt_connection_copy (cpt_link_get_connection (self->link));

  edited->state = CPT_CONNECTION_UNPROVEN;
  g_clear_pointer (&edited->progress, g_free);
  if (location->outcome == CPT_OUTCOME_DONE && location->body != NULL &&
      cpt_engine_decode_location (self, location->body, edited))
    {
      edited->state = CPT_CONNECTION_ONLINE;
      self->location_read = TRUE;
      cpt_engine_note_location (self);
    }
  else if (cpt_link_get_connection (self->link)->state == CPT_CONNECTION_NONE)
    {
      cpt_connection_unref (edited);
      g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_CONNECT, "%s",
                               cpt_link_get_connection (self->link)->reason);
      return;
    }
  cpt_link_take_connection (self->link, edited, TRUE);
  cpt_engine_want_first_list (self);
  cpt_order_sender_reload (self->sender);
  cpt_outbox_sender_reload (self->outbox);
  cpt_acceptance_start (self->acceptance);
  cpt_stock_sync_start (self->stock, TRUE);
  cpt_poller_start (self->poller);
  cpt_engine_refresh_counts (self);
  cpt_engine_plan_day (self);
  cpt_engine_emit (self, CPT_ENGINE_CONNECTED);
  g_task_return_boolean (task, TRUE);
}

static void
location_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);

  /* The token is kept: without the location's data the till is connected all the same. */
  finish_connecting (data, reply);
}

static void
bound_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (CptConnection) bound = cpt_store_run_finish (CPT_STORE (source), result, &error);
  CptConnection *edited;

  if (bound == NULL)
    {
      take_key_back (g_steal_pointer (&task), cpt_engine_translate_error (error));
      return;
    }
  edited = edit_from_grant (self, connecting->grant);
  edited->binding = bound->binding;
  cpt_link_take_connection (self->link, edited, FALSE);
  /* Once more: what was read from the disk meanwhile is of the old place. */
  cpt_engine_leave_place (self);
  cpt_hubrise_client_set_token (connecting->client, connecting->grant->access_token);
  tell_rebound (self);
  cpt_link_send_async (self->link,
                       cpt_hubrise_request_by_person (cpt_hubrise_request_get_location ()),
                       location_cb, g_steal_pointer (&task));
}

static void
token_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);
  g_autoptr (CptConnection) binding = NULL;
  g_autoptr (GError) error = NULL;

  if (!cpt_secret_save_finish (CPT_SECRET (source), result, &error))
    {
      give_up_connecting (g_steal_pointer (&task), g_steal_pointer (&error));
      return;
    }
  /* The client gets the key with the binding: until then nothing may leave with it. */
  binding = edit_from_grant (self, connecting->grant);
  cpt_store_run_async (self->store, cpt_store_bind (binding), NULL, bound_cb,
                       g_steal_pointer (&task));
}

static char *
explain_token_refusal (CptHubriseReply *reply)
{
  if (reply->status == 400)
    return g_strdup (
        _ ("HubRise did not take the code: it works once and for 10 minutes. Open HubRise's "
           "page again for a new one."));
  if (reply->status == 401)
    return g_strdup (
        _ ("HubRise does not know this client id and secret: check them in the preferences."));
  if (reply->status == 0)
    return g_strdup (
        _ ("HubRise could not be reached: check the internet connection and try again."));
  return reply->message != NULL ? cpt_hubrise_reply_dup_words (reply)
                                : g_strdup (_ ("HubRise refused the connection"));
}

static void
token_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  Connecting *connecting = g_task_get_task_data (task);
  g_autoptr (CptHubriseReply) reply =
      cpt_hubrise_client_send_finish (CPT_HUBRISE_CLIENT (source), result, NULL);
  g_autoptr (GError) error = NULL;

  if (reply == NULL || reply->outcome != CPT_OUTCOME_DONE || reply->body == NULL)
    {
      g_autofree char *words =
          reply != NULL ? explain_token_refusal (reply) : g_strdup (_ ("Connecting was given up"));

      give_up_with (g_steal_pointer (&task), words);
      return;
    }
  connecting->grant = cpt_json_decode_grant (reply->body, &error);
  if (connecting->grant == NULL)
    {
      give_up_connecting (g_steal_pointer (&task), g_steal_pointer (&error));
      return;
    }
  cpt_secret_save_async (self->secret, connecting->grant->access_token, token_saved_cb,
                         g_steal_pointer (&task));
}

static void
begin_connecting (CptEngine *self)
{
  CptConnection *edited = cpt_connection_copy (cpt_link_get_connection (self->link));

  edited->state = CPT_CONNECTION_CONNECTING;
  g_free (edited->progress);
  edited->progress = g_strdup (_ ("Exchanging the code with HubRise…"));
  g_clear_pointer (&edited->reason, g_free);
  cpt_link_take_connection (self->link, edited, FALSE);
}

static void
exchange_code (GTask *task, const char *code, GCancellable *cancellable)
{
  CptEngine *self = g_task_get_source_object (task);
  Connecting *connecting = g_new0 (Connecting, 1);
  CptHubriseClient *old = cpt_link_get_client (self->link);
  g_autoptr (CptHubriseRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  g_task_set_task_data (task, connecting, (GDestroyNotify)connecting_free);
  cpt_engine_leave_place (self);
  connecting->before = cpt_connection_copy (cpt_link_get_connection (self->link));
  connecting->old = old != NULL ? g_object_ref (old) : NULL;
  if (!cpt_engine_make_client (self, &error))
    {
      give_up_connecting (task, g_steal_pointer (&error));
      return;
    }
  connecting->client = g_object_ref (cpt_link_get_client (self->link));
  begin_connecting (self);
  request = cpt_hubrise_request_by_person (cpt_hubrise_request_token (code));
  cpt_hubrise_client_send_async (connecting->client, request,
                                 cancellable != NULL ? cancellable : self->cancellable,
                                 token_answered_cb, task);
}

void
cpt_engine_connect_with_code_async (CptEngine *self,
                                    const char *text,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;
  g_autofree char *code = NULL;

  if (self->link == NULL ||
      cpt_link_get_connection (self->link)->state == CPT_CONNECTION_CONNECTING)
    {
      g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_CONNECT,
                               _ ("A connection is being made already"));
      return;
    }
  code = cpt_hubrise_auth_parse_answer (text, self->state, &error);
  if (code == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  cpt_engine_end_authorisation (self);
  exchange_code (g_steal_pointer (&task), code, cancellable);
}

gboolean
cpt_engine_connect_with_code_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Disconnecting --- */

typedef struct
{
  gboolean revoked;
} Disconnecting;

static void
token_forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!cpt_secret_forget_finish (CPT_SECRET (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Nothing of what is on the screen can be sent any more. */
static void
unbound_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptEngine) self = data;

  cpt_engine_ignored_cb (source, result, (gpointer) "Unbinding");
  if (!self->closing)
    tell_rebound (self);
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  Disconnecting *disconnecting = g_task_get_task_data (task);
  g_autoptr (CptHubriseReply) reply =
      source != NULL ? cpt_hubrise_client_send_finish (CPT_HUBRISE_CLIENT (source), result, NULL)
                     : NULL;

  disconnecting->revoked = reply != NULL && reply->status == 200;
  if (!self->closing)
    {
      cpt_engine_leave_place (self);
      cpt_link_set_client (self->link, NULL);
      cpt_link_take_connection (self->link, cpt_connection_new (), FALSE);
      cpt_store_run_async (self->store, cpt_store_unbind (), NULL, unbound_cb, g_object_ref (self));
    }
  cpt_secret_forget_async (self->secret, token_forgotten_cb, g_steal_pointer (&task));
}

static void
token_to_revoke_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  g_autofree char *token = cpt_secret_load_finish (CPT_SECRET (source), result, NULL);
  CptHubriseClient *client = self->closing ? NULL : cpt_link_get_client (self->link);
  g_autoptr (CptHubriseRequest) request = NULL;

  if (token == NULL || client == NULL)
    {
      revoked_cb (NULL, NULL, g_steal_pointer (&task));
      return;
    }
  request = cpt_hubrise_request_by_person (cpt_hubrise_request_revoke (token));
  cpt_hubrise_client_send_async (client, request, self->cancellable, revoked_cb,
                                 g_steal_pointer (&task));
}

void
cpt_engine_disconnect_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_task_data (task, g_new0 (Disconnecting, 1), g_free);
  cpt_engine_end_authorisation (self);
  cpt_clock_clear_timer (self->clock, &self->keyring_timer);
  if (self->link != NULL)
    cpt_engine_leave_place (self);
  cpt_secret_load_async (self->secret, token_to_revoke_cb, task);
}

gboolean
cpt_engine_disconnect_finish (CptEngine *self,
                              GAsyncResult *result,
                              gboolean *revoked,
                              GError **error)
{
  Disconnecting *disconnecting = g_task_get_task_data (G_TASK (result));

  if (revoked != NULL)
    *revoked = disconnecting->revoked;
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
cpt_engine_check_now (CptEngine *self)
{
  if (self->link == NULL)
    return;
  cpt_link_try_again (self->link);
  cpt_poller_check_now (self->poller);
}
