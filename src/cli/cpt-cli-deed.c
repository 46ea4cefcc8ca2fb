/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One command at work on an engine. Main thread only. */
#include "cpt-cli-deed-private.h"

#include "cpt-cli-private.h"

struct _CptCliDeed
{
  grefcount ref_count;

  CptEngine *engine;   /* (owned) */
  JsonObject *request; /* (owned) */
  JsonObject *answer;  /* (owned) */
  GTask *task;         /* (owned) (nullable) until the end */
  gpointer data;       /* (owned) (nullable) the command's */
  GDestroyNotify free_data;

  CptCliLook look; /* (nullable) while it waits */
  guint timer;
  gboolean looking, look_again, late;
};

CptCliDeed *
cpt_cli_deed_ref (CptCliDeed *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_cli_deed_unref (CptCliDeed *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  if (self->free_data != NULL)
    self->free_data (self->data);
  json_object_unref (self->request);
  json_object_unref (self->answer);
  g_object_unref (self->engine);
  g_free (self);
}

CptEngine *
cpt_cli_deed_get_engine (CptCliDeed *self)
{
  return self->engine;
}

JsonObject *
cpt_cli_deed_get_request (CptCliDeed *self)
{
  return self->request;
}

JsonObject *
cpt_cli_deed_get_answer (CptCliDeed *self)
{
  return self->answer;
}

void
cpt_cli_deed_set_data (CptCliDeed *self, gpointer data, GDestroyNotify free_data)
{
  self->data = data;
  self->free_data = free_data;
}

gpointer
cpt_cli_deed_get_data (CptCliDeed *self)
{
  return self->data;
}

/* --- The end --- */

static const char *const outcomes[] = {
  [CPT_CLI_DONE] = "done",     [CPT_CLI_REFUSED] = "refused",
  [CPT_CLI_USAGE] = "usage",   [CPT_CLI_LOCKED] = "locked",
  [CPT_CLI_STORED] = "stored", [CPT_CLI_NOT_CONNECTED] = "not-connected",
};

void
cpt_cli_deed_stop_waiting (CptCliDeed *self)
{
  self->look = NULL;
  cpt_clock_clear_timer (cpt_engine_get_clock (self->engine), &self->timer);
  g_signal_handlers_disconnect_by_data (self->engine, self);
}

/* The first end counts: a look that was under way may come to one of its own. */
void
cpt_cli_deed_end (CptCliDeed *self, CptCliExit exit_code, const char *why, const char *detail)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task == NULL)
    return;
  cpt_cli_deed_stop_waiting (self);
  json_object_set_string_member (self->answer, "outcome", outcomes[exit_code]);
  json_object_set_int_member (self->answer, "exit", exit_code);
  if (why != NULL)
    json_object_set_string_member (self->answer, "why", why);
  if (detail != NULL)
    json_object_set_string_member (self->answer, "detail", detail);
  g_task_return_pointer (task, json_object_ref (self->answer), (GDestroyNotify)json_object_unref);
}

/* What HubRise said where it refuses; where it cannot be reached there is nothing to add. */
static const char *
find_reason (CptCliDeed *self)
{
  CptConnection *connection = cpt_engine_get_connection (self->engine);

  return connection->state == CPT_CONNECTION_REFUSED ? connection->reason : NULL;
}

static gboolean
is_in_touch (CptCliDeed *self)
{
  CptConnectionState state = cpt_engine_get_connection (self->engine)->state;

  return state == CPT_CONNECTION_ONLINE || state == CPT_CONNECTION_UNPROVEN;
}

/* Nothing was done, because HubRise is needed for it. */
void
cpt_cli_deed_end_unconnected (CptCliDeed *self)
{
  const char *obstacle = is_in_touch (self) ? NULL : cpt_cli_deed_find_obstacle (self, FALSE);

  cpt_cli_deed_end (self, CPT_CLI_NOT_CONNECTED, obstacle != NULL ? obstacle : "no-answer",
                    find_reason (self));
}

void
cpt_cli_deed_fail (CptCliDeed *self, const GError *error)
{
  if (g_error_matches (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_LOCKED))
    cpt_cli_deed_end (self, CPT_CLI_LOCKED, "locked", NULL);
  else if (error->domain != CPT_ENGINE_ERROR && !is_in_touch (self))
    cpt_cli_deed_end_unconnected (self);
  else
    cpt_cli_deed_end (self, CPT_CLI_REFUSED, NULL, error->message);
}

/* --- Waiting --- */

gboolean
cpt_cli_deed_is_late (CptCliDeed *self)
{
  return self->late;
}

static void
look (CptCliDeed *self)
{
  g_autoptr (CptCliDeed) kept = cpt_cli_deed_ref (self);

  self->look_again = self->looking;
  if (self->looking || self->look == NULL)
    return;
  self->looking = TRUE;
  self->look (self);
}

void
cpt_cli_deed_looked (CptCliDeed *self)
{
  self->looking = FALSE;
  if (self->look_again)
    look (self);
}

static gboolean
late_cb (gpointer data)
{
  CptCliDeed *self = data;

  self->timer = 0;
  self->late = TRUE;
  look (self);
  return G_SOURCE_REMOVE;
}

void
cpt_cli_deed_wait (CptCliDeed *self, gint64 patience, CptCliLook look_for)
{
  static const char *const signals[] = { "connection-changed", "stock-changed",
                                         "stock-state-changed" };

  if (self->task == NULL)
    return;
  cpt_cli_deed_stop_waiting (self);
  self->late = self->looking = FALSE;
  self->look = look_for;
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_swapped (self->engine, signals[i], G_CALLBACK (look), self);
  g_signal_connect_swapped (self->engine, "orders-changed", G_CALLBACK (look), self);
  self->timer =
      cpt_clock_add_timer (cpt_engine_get_clock (self->engine), patience, late_cb, self, NULL);
  look (self);
}

static gboolean
is_on (CptCliDeed *self, const char *key)
{
  CptProfile *profile = cpt_engine_get_profile (self->engine);

  return g_settings_get_boolean (cpt_profile_get_settings (profile), key);
}

/**
 * cpt_cli_deed_may_change_stock:
 *
 * Returns: whether this till keeps the stock; else the deed is over
 */
gboolean
cpt_cli_deed_may_change_stock (CptCliDeed *self)
{
  gboolean keeps = is_on (self, "keeps-stock");

  if (!keeps)
    cpt_cli_deed_end (self, CPT_CLI_REFUSED, "another-keeps", NULL);
  return keeps;
}

const char *
cpt_cli_deed_find_obstacle (CptCliDeed *self, gboolean of_stock)
{
  switch (cpt_engine_get_connection (self->engine)->state)
    {
    case CPT_CONNECTION_NONE:
    case CPT_CONNECTION_CONNECTING:
      return "not-connected";
    case CPT_CONNECTION_WAITING_KEYRING:
      return "keyring";
    case CPT_CONNECTION_OFFLINE:
      return "offline";
    case CPT_CONNECTION_REFUSED:
      return "connection-refused";
    default:
      break;
    }
  if (!is_on (self, "sending"))
    return "sending-off";
  if (of_stock && !is_on (self, "keeps-stock"))
    return "another-keeps";
  return of_stock && !is_on (self, "auto-stock") ? "automatic-off" : NULL;
}

gboolean
cpt_cli_deed_end_stored (CptCliDeed *self, gboolean of_stock)
{
  const char *obstacle = cpt_cli_deed_find_obstacle (self, of_stock);

  if (obstacle == NULL && !self->late)
    return FALSE;
  cpt_cli_deed_end (self, CPT_CLI_STORED, obstacle != NULL ? obstacle : "no-answer",
                    find_reason (self));
  return TRUE;
}

/* --- The beginning --- */

void
cpt_cli_deed_run_async (CptEngine *engine,
                        JsonObject *request,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  const char *name = cpt_cli_get_text (request, "command");
  const CptCliCommand *command = name != NULL ? cpt_cli_find_command (name) : NULL;
  g_autoptr (CptCliDeed) self = g_new0 (CptCliDeed, 1);

  g_ref_count_init (&self->ref_count);
  self->engine = g_object_ref (engine);
  self->request = json_object_ref (request);
  self->answer = json_object_new ();
  self->task = g_task_new (engine, NULL, callback, data);
  g_task_set_task_data (self->task, cpt_cli_deed_ref (self), (GDestroyNotify)cpt_cli_deed_unref);
  if (command != NULL)
    command->run (self);
  else
    cpt_cli_deed_end (self, CPT_CLI_USAGE, "unknown-command", name);
}

/**
 * cpt_cli_deed_run_finish:
 *
 * Returns: (transfer full): the answer: with its "outcome" and "exit"
 */
JsonObject *
cpt_cli_deed_run_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
