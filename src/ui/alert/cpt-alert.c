/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that tells a person an order waits: warning window, notification, sound.
 * Main thread only. */
#include "cpt-alert.h"

struct _CptAlert
{
  GObject parent_instance;

  CptEngine *engine;   /* (owned) */
  GtkApplication *app; /* (unowned): it outlives its alerts */
};

G_DEFINE_FINAL_TYPE (CptAlert, cpt_alert, G_TYPE_OBJECT)

static void
cpt_alert_dispose (GObject *object)
{
  CptAlert *self = CPT_ALERT (object);

  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_alert_parent_class)->dispose (object);
}

static void
cpt_alert_class_init (CptAlertClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_alert_dispose;
}

static void
cpt_alert_init (CptAlert *self)
{
}

/**
 * cpt_alert_new:
 * @engine: the engine whose alerts are given
 * @app: the application with the action "show-order" (int64 row)
 *
 * Returns: (transfer full): the alerts
 */
CptAlert *
cpt_alert_new (CptEngine *engine, GtkApplication *app)
{
  CptAlert *self = g_object_new (CPT_TYPE_ALERT, NULL);

  self->engine = g_object_ref (engine);
  self->app = app;
  return self;
}

/**
 * cpt_alert_get_sound_problem:
 * @self: the alerts
 *
 * Returns: (nullable): why no sound can be played, translated
 */
const char *
cpt_alert_get_sound_problem (CptAlert *self)
{
  g_return_val_if_fail (CPT_IS_ALERT (self), NULL);
  return NULL;
}

/**
 * cpt_alert_set_detail_row:
 * @self: the alerts
 * @row: the order a person is looking at, whose sound pauses; 0 for none
 */
void
cpt_alert_set_detail_row (CptAlert *self, gint64 row)
{
  g_return_if_fail (CPT_IS_ALERT (self));
}
