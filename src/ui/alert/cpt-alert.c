/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that tells a person an order waits: warning window, notification, sound.
 * Main thread only.
 *
 * The sound is a level, not a row of events: it rings while an order waits that nobody is looking
 * at, whatever was heard before. */
#include "cpt-alert.h"

#include "cpt-above.h"
#include "cpt-alert-notes.h"
#include "cpt-alert-private.h"
#include "cpt-alert-window.h"
#include "cpt-order-ticker.h"
#include "cpt-sound.h"

#define QUIET_SECONDS 60

struct _CptAlert
{
  GObject parent_instance;

  CptEngine *engine;      /* (owned) */
  CptClock *clock;        /* (owned) */
  GSettings *settings;    /* (owned) */
  GtkApplication *app;    /* (unowned): it outlives its alerts */
  CptOrderTicker *ticker; /* (owned) */
  CptSound *sound;        /* (owned) */
  CptAlertNotes *notes;   /* (owned) */
  CptAlertWindow *window; /* (owned by GTK) */

  GCancellable *cancellable; /* (owned) ends with the alerts */
  gboolean loading, load_again;
  GPtrArray *waiting; /* (owned) (element-type CptOrderRow) all that ring */
  gint64 detail_row;  /* the order a person looks at */
  gboolean raise;     /* a new order has come since the window was last shown or hidden */
  guint ring_timer;
  gint64 quiet_until; /* on the monotonic clock */
};

G_DEFINE_FINAL_TYPE (CptAlert, cpt_alert, G_TYPE_OBJECT)

static void load_waiting (CptAlert *self);
static void update_ring (CptAlert *self, gboolean at_once);

/* --- Sound --- */

static gboolean
is_quiet (CptAlert *self)
{
  return cpt_clock_monotonic (self->clock) < self->quiet_until;
}

/* The orders nobody is looking at. */
static GPtrArray *
dup_unattended (CptAlert *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_row_unref);

  for (guint i = 0; i < self->waiting->len; i++)
    {
      CptOrderRow *row = self->waiting->pdata[i];

      if (row->row != self->detail_row && cpt_order_row_rings (row, cpt_clock_now (self->clock)))
        g_ptr_array_add (rows, cpt_order_row_ref (row));
    }
  return rows;
}

/**
 * cpt_alert_is_ringing:
 *
 * Returns: whether the sound repeats at the moment
 */
gboolean
cpt_alert_is_ringing (CptAlert *self)
{
  g_autoptr (GPtrArray) rows = dup_unattended (self);

  return rows->len > 0 && !is_quiet (self) &&
         g_settings_get_boolean (self->settings, "alert-sound");
}

/**
 * cpt_alert_is_urgent:
 *
 * Returns: whether an order that waits is in the last minute before its deadline
 */
gboolean
cpt_alert_is_urgent (CptAlert *self)
{
  g_autoptr (GPtrArray) rows = dup_unattended (self);
  CptTime now = cpt_clock_now (self->clock);

  for (guint i = 0; i < rows->len; i++)
    {
      CptTime deadline = cpt_engine_get_deadline (self->engine, rows->pdata[i]);

      if (deadline != CPT_TIME_NONE && now < deadline && deadline - now <= CPT_MINUTE)
        return TRUE;
    }
  return FALSE;
}

static gboolean
ring_cb (gpointer data)
{
  CptAlert *self = data;

  self->ring_timer = 0;
  update_ring (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
update_ring (CptAlert *self, gboolean at_once)
{
  gint64 interval = g_settings_get_int (self->settings, "alert-interval") * CPT_SECOND;

  if (!cpt_alert_is_ringing (self))
    {
      cpt_clock_clear_timer (self->clock, &self->ring_timer);
      return;
    }
  if (self->ring_timer != 0)
    return;
  if (at_once)
    cpt_sound_play (self->sound, CPT_SOUND_RING, cpt_alert_is_urgent (self));
  self->ring_timer = cpt_clock_add_timer (self->clock, interval, ring_cb, self, NULL);
}

static void
play_once (CptAlert *self, CptSoundKind kind)
{
  if (g_settings_get_boolean (self->settings, "alert-sound") && !is_quiet (self))
    cpt_sound_play (self->sound, kind, FALSE);
}

/* --- Warning window --- */

static void
update_window (CptAlert *self)
{
  g_autoptr (GPtrArray) rows = dup_unattended (self);
  gboolean wanted = rows->len > 0 && g_settings_get_boolean (self->settings, "alert-window");

  cpt_alert_window_set_orders (self->window, rows);
  if (!wanted)
    gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  else if (self->raise)
    cpt_above_show (GTK_WINDOW (self->window));
  /* Hidden by hand it stays so until the next order; empty, it comes back with the next. */
  self->raise = rows->len == 0;
}

static void
update_quiet (CptAlert *self)
{
  gint64 left = self->quiet_until - cpt_clock_monotonic (self->clock);

  cpt_alert_window_set_quiet (self->window, left > 0 ? (left + CPT_SECOND - 1) / CPT_SECOND : 0);
}

static void
quiet_cb (CptAlert *self)
{
  self->quiet_until = cpt_clock_monotonic (self->clock) + QUIET_SECONDS * CPT_SECOND;
  update_quiet (self);
  update_ring (self, FALSE);
}

static void
tick_cb (CptAlert *self)
{
  if (self->quiet_until == 0)
    return;
  update_quiet (self);
  if (is_quiet (self))
    return;
  self->quiet_until = 0;
  update_ring (self, TRUE);
}

/* --- What waits --- */

static void
update (CptAlert *self)
{
  update_window (self);
  update_ring (self, TRUE);
}

static void
waiting_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptAlert) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cpt_engine_load_waiting_finish (CPT_ENGINE (source), result, &error);

  self->loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (rows != NULL)
    {
      g_ptr_array_unref (self->waiting);
      self->waiting = g_steal_pointer (&rows);
      update (self);
    }
  else
    /* The window says what is wrong with the database; the next change asks again. */
    g_info ("waiting orders could not be read: %s", error->message);
  if (self->load_again)
    load_waiting (self);
}

static void
load_waiting (CptAlert *self)
{
  self->load_again = self->loading;
  if (self->loading)
    return;
  self->loading = TRUE;
  cpt_engine_load_waiting_async (self->engine, self->cancellable, waiting_loaded_cb,
                                 g_object_ref (self));
}

static void
noted_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptAlert) self = data;
  g_autoptr (GPtrArray) rows = cpt_engine_load_rows_finish (CPT_ENGINE (source), result, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    cpt_alert_notes_update (self->notes, rows->pdata[i]);
}

static void
orders_changed_cb (CptAlert *self)
{
  g_autoptr (GArray) noted = cpt_alert_notes_get_rows (self->notes);

  load_waiting (self);
  if (noted->len > 0)
    cpt_engine_load_rows_async (self->engine, (const gint64 *)(gpointer)noted->data, noted->len,
                                self->cancellable, noted_loaded_cb, g_object_ref (self));
}

static void
send_note (CptAlert *self, CptAlertKind kind, const CptOrderRow *row)
{
  CptOrderViewContext context = { 0 };

  if (!g_settings_get_boolean (self->settings, "alert-notification"))
    return;
  if (row == NULL)
    {
      cpt_alert_notes_send_connection (self->notes,
                                       cpt_engine_get_connection (self->engine)->state);
      return;
    }
  cpt_order_ticker_get_context (self->ticker, row, &context);
  cpt_alert_notes_send (self->notes, kind, row, &context);
}

static void
alert_cb (CptAlert *self, int kind, CptOrderRow *row)
{
  static const CptSoundKind sounds[] = {
    [CPT_ALERT_NEW_ORDER] = CPT_SOUND_NEW,        [CPT_ALERT_CHANGED] = CPT_SOUND_CHANGED,
    [CPT_ALERT_CANCELLED] = CPT_SOUND_CANCELLED,  [CPT_ALERT_NOT_CONFIRMED] = CPT_SOUND_CANCELLED,
    [CPT_ALERT_CONNECTION_LOST] = CPT_SOUND_LOST,
  };

  if (kind == CPT_ALERT_NEW_ORDER)
    self->raise = TRUE;
  play_once (self, sounds[kind]);
  send_note (self, kind, row);
  load_waiting (self);
}

static void
connection_changed_cb (CptAlert *self)
{
  if (cpt_engine_get_connection (self->engine)->state == CPT_CONNECTION_ONLINE)
    cpt_alert_notes_withdraw_connection (self->notes);
}

/* --- The object --- */

static void
cpt_alert_dispose (GObject *object)
{
  CptAlert *self = CPT_ALERT (object);

  g_cancellable_cancel (self->cancellable);
  if (self->clock != NULL)
    cpt_clock_clear_timer (self->clock, &self->ring_timer);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
  g_clear_object (&self->notes);
  g_clear_object (&self->sound);
  g_clear_object (&self->ticker);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_alert_parent_class)->dispose (object);
}

static void
cpt_alert_finalize (GObject *object)
{
  CptAlert *self = CPT_ALERT (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  G_OBJECT_CLASS (cpt_alert_parent_class)->finalize (object);
}

static void
cpt_alert_class_init (CptAlertClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_alert_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_alert_finalize;
}

static void
cpt_alert_init (CptAlert *self)
{
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_row_unref);
  self->cancellable = g_cancellable_new ();
  self->sound = cpt_sound_new ();
  self->raise = TRUE;
}

static void
connect_parts (CptAlert *self)
{
  g_signal_connect_object (self->engine, "alert", G_CALLBACK (alert_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "orders-changed", G_CALLBACK (orders_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "counts-changed", G_CALLBACK (load_waiting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "connection-changed", G_CALLBACK (connection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ticker, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "quiet", G_CALLBACK (quiet_cb), self, G_CONNECT_SWAPPED);
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
  self->clock = g_object_ref (cpt_engine_get_clock (engine));
  self->settings = g_object_ref (cpt_profile_get_settings (cpt_engine_get_profile (engine)));
  self->app = app;
  self->ticker = cpt_order_ticker_new (engine);
  self->notes = cpt_alert_notes_new (G_APPLICATION (app));
  self->window = cpt_alert_window_new (engine, app);
  connect_parts (self);
  load_waiting (self);
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

  return cpt_sound_get_problem (self->sound);
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

  if (self->detail_row == row)
    return;
  self->detail_row = row;
  self->raise = self->raise || row == 0;
  update (self);
}

CptSound *
cpt_alert_get_sound (CptAlert *self)
{
  return self->sound;
}

CptAlertWindow *
cpt_alert_get_window (CptAlert *self)
{
  return self->window;
}
