/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last day at a glance: orders, HubRise's answers, requests used. Reads only while it can be
 * seen, once a minute at most. Main thread only. */
#include "cpt-activity-pane.h"

#include <glib/gi18n-lib.h>

#include "cpt-hour-chart.h"

struct _CptActivityPane
{
  AdwBin parent_instance;

  CptEngine *engine;         /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) the question under way */
  CptTime read_at;           /* when the hours were asked for last */

  GtkWidget *orders_card, *replies_card;
  CptHourChart *orders, *replies;
  GtkLabel *orders_text, *replies_text;
  GtkProgressBar *usage_minute, *usage_hour, *usage_day;
};

G_DEFINE_FINAL_TYPE (CptActivityPane, cpt_activity_pane, ADW_TYPE_BIN)

/* --- The hours --- */

/* What the bars say, for those who do not see them. */
static void
name_chart (CptHourChart *chart, const char *title, const char *text, const char *most)
{
  g_autofree char *name = g_strdup_printf ("%s: %s. %s", title, text, most);

  gtk_widget_set_tooltip_text (GTK_WIDGET (chart), most);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static int
find_busiest (const int *values)
{
  int busiest = 0;

  for (int i = 1; i < CPT_ACTIVITY_HOURS; i++)
    if (values[i] > values[busiest])
      busiest = i;
  return busiest;
}

static void
show_orders (CptActivityPane *self, const CptActivity *activity, GTimeZone *zone)
{
  int busiest = find_busiest (activity->orders), total = 0;
  g_autofree char *hour = cpt_time_format_clock (activity->begin + busiest * CPT_HOUR, zone);
  g_autofree char *number = g_strdup_printf ("%d", activity->orders[busiest]);
  g_autofree char *text = NULL;
  g_autofree char *most = NULL;

  for (int i = 0; i < CPT_ACTIVITY_HOURS; i++)
    total += activity->orders[i];
  /* TRANSLATORS: so many orders. */
  text = g_strdup_printf (_ ("%d in 24 hours"), total);
  /* TRANSLATORS: 1: so many orders or milliseconds, 2: when the hour with the most began. */
  most = g_strdup_printf (_ ("At most %1$s in the hour from %2$s"), number, hour);
  gtk_label_set_text (self->orders_text, text);
  cpt_hour_chart_set (self->orders, activity->orders, number, activity->begin, zone);
  name_chart (self->orders, _ ("Orders per hour"), text, most);
}

static void
show_replies (CptActivityPane *self, const CptActivity *activity, GTimeZone *zone)
{
  int slowest = find_busiest (activity->reply_ms);
  int last = activity->reply_ms[CPT_ACTIVITY_HOURS - 1];
  g_autofree char *hour = cpt_time_format_clock (activity->begin + slowest * CPT_HOUR, zone);
  /* TRANSLATORS: milliseconds. */
  g_autofree char *number = g_strdup_printf (_ ("%d ms"), activity->reply_ms[slowest]);
  g_autofree char *text = NULL;
  g_autofree char *most = NULL;

  if (last > 0)
    /* TRANSLATORS: milliseconds, the mean. */
    text = g_strdup_printf (_ ("%d ms in this hour"), last);
  else
    text = g_strdup (_ ("No answer in this hour"));
  most = g_strdup_printf (_ ("At most %1$s in the hour from %2$s"), number, hour);
  gtk_label_set_text (self->replies_text, text);
  cpt_hour_chart_set (self->replies, activity->reply_ms, number, activity->begin, zone);
  name_chart (self->replies, _ ("Reply times"), text, most);
}

static void
activity_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptActivityPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree CptActivity *activity =
      cpt_engine_load_activity_finish (CPT_ENGINE (source), result, &error);

  if (self->engine == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (activity == NULL)
    return;
  zone = cpt_engine_dup_zone (self->engine);
  show_orders (self, activity, zone);
  show_replies (self, activity, zone);
}

static void
read_hours (CptActivityPane *self)
{
  CptTime now = cpt_clock_now (cpt_engine_get_clock (self->engine));

  if (self->cancellable != NULL || now / CPT_MINUTE == self->read_at / CPT_MINUTE)
    return;
  self->read_at = now;
  self->cancellable = g_cancellable_new ();
  cpt_engine_load_activity_async (self->engine, self->cancellable, activity_loaded_cb,
                                  g_object_ref (self));
}

/* --- The limits --- */

static void
show_usage (GtkProgressBar *bar, const CptEngineUsage *usage, int window, const char *caption)
{
  g_autofree char *text = NULL;
  double part = 0;

  if (usage->limit[window] > 0)
    part = (double)usage->used[window] / (double)usage->limit[window];
  /* TRANSLATORS: requests. 1: "This minute", 2: how many were made, 3: how many are allowed. */
  text = g_strdup_printf (_ ("%1$s: %2$d of %3$d"), caption, (int)usage->used[window],
                          (int)usage->limit[window]);
  /* Without a connection there is nothing to use up. */
  gtk_widget_set_visible (GTK_WIDGET (bar), usage->limit[window] > 0);
  gtk_progress_bar_set_fraction (bar, CLAMP (part, 0, 1));
  gtk_progress_bar_set_text (bar, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
read_usage (CptActivityPane *self)
{
  CptEngineUsage usage = { 0 };

  cpt_engine_get_usage (self->engine, &usage);
  /* TRANSLATORS: the current minute of the clock. */
  show_usage (self->usage_minute, &usage, 0, _ ("This minute"));
  /* TRANSLATORS: the current hour of the clock. */
  show_usage (self->usage_hour, &usage, 1, _ ("This hour"));
  /* TRANSLATORS: until midnight. */
  show_usage (self->usage_day, &usage, 2, _ ("Today"));
}

static void
refresh (CptActivityPane *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  read_usage (self);
  read_hours (self);
}

/* --- The object --- */

static void
cpt_activity_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cpt_activity_pane_parent_class)->map (widget);
  CPT_ACTIVITY_PANE (widget)->read_at = 0;
  refresh (CPT_ACTIVITY_PANE (widget));
}

static void
cpt_activity_pane_dispose (GObject *object)
{
  CptActivityPane *self = CPT_ACTIVITY_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_activity_pane_parent_class)->dispose (object);
}

static void
cpt_activity_pane_class_init (CptActivityPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_activity_pane_dispose;
  widget_class->map = cpt_activity_pane_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/comptoir/Comptoir/hubrise-page/cpt-activity-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CptActivityPane, orders_card);
  gtk_widget_class_bind_template_child (widget_class, CptActivityPane, replies_card);
  gtk_widget_class_bind_template_child (widget_class, CptActivityPane, orders_text);
  gtk_widget_class_bind_template_child (widget_class, CptActivityPane, replies_text);
  gtk_widget_class_bind_template_child (widget_class, CptActivityPane, usage_minute);
  gtk_widget_class_bind_template_child (widget_class, CptActivityPane, usage_hour);
  gtk_widget_class_bind_template_child (widget_class, CptActivityPane, usage_day);
}

static CptHourChart *
add_chart (GtkWidget *card)
{
  GtkWidget *chart = cpt_hour_chart_new ();

  gtk_widget_set_vexpand (chart, TRUE);
  gtk_widget_set_valign (chart, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (card), chart);
  return CPT_HOUR_CHART (chart);
}

static void
cpt_activity_pane_init (CptActivityPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->orders = add_chart (self->orders_card);
  self->replies = add_chart (self->replies_card);
}

/**
 * cpt_activity_pane_new:
 * @engine: the engine
 *
 * Returns: (transfer floating): the pane
 */
CptActivityPane *
cpt_activity_pane_new (CptEngine *engine)
{
  CptActivityPane *self = g_object_new (CPT_TYPE_ACTIVITY_PANE, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "log-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return self;
}
