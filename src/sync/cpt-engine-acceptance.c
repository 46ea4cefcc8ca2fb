/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the location takes orders: what the window asks and presses. */
#include "cpt-engine-private.h"

void
cpt_orders_state_clear (CptOrdersState *state)
{
  g_clear_pointer (&state->reason, g_free);
  g_clear_pointer (&state->refusal, g_free);
}

static CptOrdersMode
mode_of (const char *word)
{
  if (g_strcmp0 (word, "paused") == 0)
    return CPT_ORDERS_PAUSED;
  return g_strcmp0 (word, "busy") == 0 ? CPT_ORDERS_BUSY : CPT_ORDERS_OPEN;
}

static void
show_connection (const CptConnection *connection, CptOrdersState *state)
{
  state->mode = mode_of (connection->order_acceptance);
  state->extra_minutes = connection->acceptance_minutes;
  state->resume_at = connection->acceptance_resume_at;
  state->reason = g_strdup (connection->acceptance_reason);
}

static void
show_wanted (CptAcceptance *acceptance, CptOrdersState *state)
{
  CptAcceptanceLevel wanted = { 0 };

  cpt_acceptance_get_wanted (acceptance, &wanted);
  state->mode = (CptOrdersMode)wanted.mode;
  state->extra_minutes = wanted.extra_minutes;
  state->resume_at = wanted.resume_at;
  state->reason = g_steal_pointer (&wanted.reason);
}

void
cpt_engine_get_acceptance (CptEngine *self, CptOrdersState *state)
{
  CptAcceptance *acceptance = self->acceptance;

  *state = (CptOrdersState){ .resume_at = CPT_TIME_NONE };
  state->unsent = acceptance != NULL && cpt_acceptance_is_unsent (acceptance);
  if (state->unsent)
    {
      show_wanted (acceptance, state);
      state->refusal = g_strdup (cpt_acceptance_get_refusal (acceptance));
    }
  else
    show_connection (cpt_engine_get_connection (self), state);
  if (state->resume_at == CPT_TIME_NONE || state->resume_at > cpt_clock_now (self->clock))
    return;
  /* HubRise lets orders in again by itself. */
  cpt_orders_state_clear (state);
  *state = (CptOrdersState){ .resume_at = CPT_TIME_NONE };
}

static void
acceptance_wanted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (cpt_acceptance_want_finish (CPT_ACCEPTANCE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, cpt_engine_translate_error (error));
}

void
cpt_engine_set_acceptance_async (CptEngine *self,
                                 CptOrdersMode mode,
                                 int extra_minutes,
                                 CptTime resume_at,
                                 const char *reason,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self);
  g_autofree char *resume =
      resume_at != CPT_TIME_NONE ? cpt_time_to_string (resume_at, zone) : NULL;

  cpt_acceptance_want_async (self->acceptance, (CptAcceptanceMode)mode, extra_minutes, resume,
                             reason, acceptance_wanted_cb, task);
}

/* HubRise tells no client of its own changes: what was confirmed is what it shows. */
static void
confirmed_cb (CptAcceptance *acceptance, CptEngine *self)
{
  CptConnection *edited = cpt_connection_copy (cpt_link_get_connection (self->link));
  CptAcceptanceLevel wanted = { 0 };
  const char *word = cpt_acceptance_get_word (acceptance);

  cpt_acceptance_get_wanted (acceptance, &wanted);
  if (wanted.mode != CPT_ACCEPTANCE_OPEN)
    word = wanted.mode == CPT_ACCEPTANCE_BUSY ? "busy" : "paused";
  g_free (edited->order_acceptance);
  edited->order_acceptance = g_strdup (word);
  g_free (edited->acceptance_reason);
  edited->acceptance_reason = g_steal_pointer (&wanted.reason);
  edited->acceptance_minutes = wanted.extra_minutes;
  edited->acceptance_resume_at = wanted.resume_at;
  cpt_engine_note_location (self);
  cpt_link_take_connection (self->link, edited, TRUE);
}

static void
changed_cb (CptAcceptance *acceptance, CptEngine *self)
{
  cpt_engine_emit (self, CPT_ENGINE_CONNECTION_CHANGED);
  cpt_engine_refresh_counts (self);
}

/* A pause that HubRise does not know of is a change like any other. */
void
cpt_engine_count_acceptance (CptEngine *self, gint64 *unsent, gint64 *refused)
{
  if (self->acceptance == NULL || !cpt_acceptance_is_unsent (self->acceptance))
    return;
  *(cpt_acceptance_get_refusal (self->acceptance) != NULL ? refused : unsent) += 1;
}

void
cpt_engine_make_acceptance (CptEngine *self)
{
  self->acceptance = cpt_acceptance_new (self->link, self->settings);
  g_signal_connect (self->acceptance, "confirmed", G_CALLBACK (confirmed_cb), self);
  g_signal_connect (self->acceptance, "changed", G_CALLBACK (changed_cb), self);
}
