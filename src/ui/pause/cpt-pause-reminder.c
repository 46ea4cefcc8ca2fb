/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells when the shop opens and its orders are still paused: a pause without an end is easily
 * forgotten overnight, and the bar is seen only by who looks at the window. Main thread only. */
#include "cpt-pause-reminder.h"

#include <glib/gi18n-lib.h>

#include "cpt-opening-hours.h"

#define NOTE "still-paused"

struct _CptPauseReminder
{
  GObject parent_instance;

  CptEngine *engine; /* (owned) */
  CptClock *clock;   /* (owned) */
  GApplication *app; /* (unowned) (nullable): it outlives its reminder */
  guint timer;       /* until the next opening */
  CptTime opens;     /* that moment, or CPT_TIME_NONE */
  gboolean shown;
};

G_DEFINE_FINAL_TYPE (CptPauseReminder, cpt_pause_reminder, G_TYPE_OBJECT)

static void plan (CptPauseReminder *self);

static gboolean
is_paused (CptPauseReminder *self)
{
  g_auto (CptOrdersState) orders = { 0 };

  cpt_engine_get_acceptance (self->engine, &orders);
  return orders.mode == CPT_ORDERS_PAUSED;
}

static void
show (CptPauseReminder *self)
{
  g_autoptr (GNotification) note = g_notification_new (_ ("Orders are still paused"));

  self->shown = TRUE;
  if (self->app == NULL)
    return;
  g_notification_set_body (note, _ ("The shop opens now and no new orders come in."));
  g_notification_set_priority (note, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_default_action (note, "app.activate");
  g_notification_add_button (note, _ ("Resume orders"), "app.resume-orders");
  g_application_send_notification (self->app, NOTE, note);
}

static void
withdraw (CptPauseReminder *self)
{
  if (self->shown && self->app != NULL)
    g_application_withdraw_notification (self->app, NOTE);
  self->shown = FALSE;
}

static gboolean
opens_cb (gpointer data)
{
  CptPauseReminder *self = data;

  self->timer = 0;
  plan (self);
  return G_SOURCE_REMOVE;
}

static void
plan (CptPauseReminder *self)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self->engine);
  CptTime now = cpt_clock_now (self->clock);

  /* Not by the timer alone: it stands still while the computer sleeps. */
  if (self->opens != CPT_TIME_NONE && self->opens <= now && is_paused (self))
    show (self);
  self->opens =
      cpt_opening_hours_next_opening (cpt_engine_get_connection (self->engine)->opening_hours, now,
                                      zone);
  cpt_clock_clear_timer (self->clock, &self->timer);
  if (self->opens != CPT_TIME_NONE)
    self->timer = cpt_clock_add_timer (self->clock, self->opens - now, opens_cb, self, NULL);
}

static void
connection_changed_cb (CptPauseReminder *self)
{
  if (!is_paused (self))
    withdraw (self);
  plan (self);
}

gboolean
cpt_pause_reminder_is_shown (CptPauseReminder *self)
{
  return self->shown;
}

static void
cpt_pause_reminder_dispose (GObject *object)
{
  CptPauseReminder *self = CPT_PAUSE_REMINDER (object);

  if (self->clock != NULL)
    cpt_clock_clear_timer (self->clock, &self->timer);
  g_clear_object (&self->clock);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_pause_reminder_parent_class)->dispose (object);
}

static void
cpt_pause_reminder_class_init (CptPauseReminderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_pause_reminder_dispose;
}

static void
cpt_pause_reminder_init (CptPauseReminder *self)
{
  self->opens = CPT_TIME_NONE;
}

CptPauseReminder *
cpt_pause_reminder_new (CptEngine *engine, GApplication *app)
{
  CptPauseReminder *self = g_object_new (CPT_TYPE_PAUSE_REMINDER, NULL);

  self->engine = g_object_ref (engine);
  self->clock = g_object_ref (cpt_engine_get_clock (engine));
  self->app = app;
  g_signal_connect_object (engine, "connection-changed", G_CALLBACK (connection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
