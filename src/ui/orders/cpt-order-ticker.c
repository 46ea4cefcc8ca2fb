/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second hand of the orders on screen. Main thread only. */
#include "cpt-order-ticker.h"

struct _CptOrderTicker
{
  GObject parent_instance;

  CptEngine *engine;           /* (owned) */
  CptClock *clock;             /* (owned) */
  GTimeZone *zone;             /* (owned) (nullable) */
  CptDeadlineTable *deadlines; /* (owned) (nullable) read anew at each tick */
  guint timer_id;
};

enum
{
  SIGNAL_TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void arm (CptOrderTicker *self);

G_DEFINE_FINAL_TYPE (CptOrderTicker, cpt_order_ticker, G_TYPE_OBJECT)

static gboolean
tick_cb (gpointer data)
{
  CptOrderTicker *self = data;

  self->timer_id = 0;
  g_clear_pointer (&self->deadlines, cpt_deadline_table_free);
  arm (self);
  g_signal_emit (self, signals[SIGNAL_TICK], 0);
  return G_SOURCE_REMOVE;
}

static void
arm (CptOrderTicker *self)
{
  self->timer_id = cpt_clock_add_timer (self->clock, CPT_SECOND, tick_cb, self, NULL);
}

static void
connection_changed_cb (CptOrderTicker *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = cpt_engine_dup_zone (self->engine);
}

static void
cpt_order_ticker_dispose (GObject *object)
{
  CptOrderTicker *self = CPT_ORDER_TICKER (object);

  if (self->clock != NULL)
    cpt_clock_clear_timer (self->clock, &self->timer_id);
  g_clear_object (&self->clock);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->deadlines, cpt_deadline_table_free);
  G_OBJECT_CLASS (cpt_order_ticker_parent_class)->dispose (object);
}

static void
cpt_order_ticker_class_init (CptOrderTickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_order_ticker_dispose;

  signals[SIGNAL_TICK] = g_signal_new ("tick", CPT_TYPE_ORDER_TICKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_order_ticker_init (CptOrderTicker *self)
{
}

/**
 * cpt_order_ticker_new:
 *
 * Returns: (transfer full): a ticking ticker
 */
CptOrderTicker *
cpt_order_ticker_new (CptEngine *engine)
{
  CptOrderTicker *self = g_object_new (CPT_TYPE_ORDER_TICKER, NULL);

  self->engine = g_object_ref (engine);
  self->clock = g_object_ref (cpt_engine_get_clock (engine));
  g_signal_connect_object (engine, "connection-changed", G_CALLBACK (connection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  connection_changed_cb (self);
  arm (self);
  return self;
}

/* Two hundred rows ask within one frame. */
static const CptDeadlineTable *
get_deadlines (CptOrderTicker *self)
{
  if (self->deadlines == NULL)
    self->deadlines = cpt_engine_dup_deadlines (self->engine);
  return self->deadlines;
}

/**
 * cpt_order_ticker_get_context:
 * @context: (out): the moment for @row; its zone is the ticker's
 */
void
cpt_order_ticker_get_context (CptOrderTicker *self,
                              const CptOrderRow *row,
                              CptOrderViewContext *context)
{
  context->now = cpt_clock_now (self->clock);
  context->clock_offset_ms = cpt_engine_get_connection (self->engine)->clock_offset_ms;
  context->deadline = cpt_deadline_at (get_deadlines (self), row->source, row->created_at,
                                       context->clock_offset_ms);
  context->accept_time = cpt_engine_get_accept_time (self->engine, row->expected_time);
  context->zone = self->zone;
}

CptTime
cpt_order_ticker_get_now (CptOrderTicker *self)
{
  return cpt_clock_now (self->clock);
}

/**
 * cpt_order_ticker_get_zone:
 *
 * Returns: (nullable) (transfer none): the location's zone
 */
GTimeZone *
cpt_order_ticker_get_zone (CptOrderTicker *self)
{
  return self->zone;
}
