/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars for the last hours, the current one in full colour, what the highest stands for above it,
 * and the clock below some.
 * Main thread only. */
#include "cpt-hour-chart.h"

#define HEIGHT      56
#define TEXT_HEIGHT 18
#define LABEL_WIDTH 50
#define GAP         2
#define RADIUS      2
#define STUB        2 /* of an hour with nothing */

struct _CptHourChart
{
  GtkWidget parent_instance;

  int values[CPT_ACTIVITY_HOURS];
  char *most; /* (owned) (nullable) the highest, with its unit */
  CptTime begin;
  GTimeZone *zone; /* (owned) (nullable) before the first values */
};

G_DEFINE_FINAL_TYPE (CptHourChart, cpt_hour_chart, GTK_TYPE_WIDGET)

static int
find_highest (CptHourChart *self)
{
  int highest = 0;

  for (int i = 1; i < CPT_ACTIVITY_HOURS; i++)
    if (self->values[i] > self->values[highest])
      highest = i;
  return highest;
}

static GdkRGBA
ink (CptHourChart *self, double alpha)
{
  GdkRGBA colour = { 0 };

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  colour.alpha *= (float)alpha;
  return colour;
}

static void
draw_bar (CptHourChart *self, GtkSnapshot *snapshot, int hour, double x, double width, double most)
{
  double foot = gtk_widget_get_height (GTK_WIDGET (self)) - TEXT_HEIGHT;
  double full = foot - TEXT_HEIGHT;
  int value = self->values[hour];
  double height = value > 0 ? MAX (2 * STUB, full * value / most) : STUB;
  double alpha = value == 0 ? 0.25 : hour == CPT_ACTIVITY_HOURS - 1 ? 1 : 0.6;
  GdkRGBA colour = ink (self, alpha);
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape,
                                   &GRAPHENE_RECT_INIT ((float)x, (float)(foot - height),
                                                        (float)width, (float)height),
                                   value > 0 ? RADIUS : 0);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &colour, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

/* In the middle of a bar, and still inside of the chart. */
static void
draw_text (CptHourChart *self, GtkSnapshot *snapshot, const char *text, double middle, double y)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA colour = ink (self, 1);
  int width = 0;
  double x = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  x = CLAMP (middle - width / 2.0, 0, MAX (0, gtk_widget_get_width (GTK_WIDGET (self)) - width));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_hour (CptHourChart *self, GtkSnapshot *snapshot, int hour, double middle)
{
  g_autofree char *text = cpt_time_format_clock (self->begin + hour * CPT_HOUR, self->zone);

  draw_text (self, snapshot, text, middle,
             gtk_widget_get_height (GTK_WIDGET (self)) - TEXT_HEIGHT + 2);
}

static void
cpt_hour_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CptHourChart *self = CPT_HOUR_CHART (widget);
  double step = (double)(gtk_widget_get_width (widget) + GAP) / CPT_ACTIVITY_HOURS;
  int every = step * 6 < LABEL_WIDTH ? 12 : 6;
  int highest = find_highest (self);

  if (self->zone == NULL)
    return;
  for (int i = 0; i < CPT_ACTIVITY_HOURS; i++)
    draw_bar (self, snapshot, i, i * step, step - GAP, MAX (1, self->values[highest]));
  for (int i = every - 1; i < CPT_ACTIVITY_HOURS; i += every)
    draw_hour (self, snapshot, i, (i + 0.5) * step);
  if (self->values[highest] > 0)
    draw_text (self, snapshot, self->most, (highest + 0.5) * step, 0);
}

static void
cpt_hour_chart_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? CPT_ACTIVITY_HOURS * (GAP + 2) : HEIGHT + 2 * TEXT_HEIGHT;
  *natural = across ? CPT_ACTIVITY_HOURS * (GAP + 8) : *minimum;
}

static void
cpt_hour_chart_finalize (GObject *object)
{
  CptHourChart *self = CPT_HOUR_CHART (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->most);
  G_OBJECT_CLASS (cpt_hour_chart_parent_class)->finalize (object);
}

static void
cpt_hour_chart_class_init (CptHourChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cpt_hour_chart_finalize;
  widget_class->snapshot = cpt_hour_chart_snapshot;
  widget_class->measure = cpt_hour_chart_measure;
  gtk_widget_class_set_css_name (widget_class, "hourchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cpt_hour_chart_init (CptHourChart *self)
{
}

/**
 * cpt_hour_chart_new:
 *
 * Returns: (transfer floating): a chart without values; who shows it gives it a name
 */
GtkWidget *
cpt_hour_chart_new (void)
{
  return g_object_new (CPT_TYPE_HOUR_CHART, NULL);
}

/**
 * cpt_hour_chart_set:
 * @self: the chart
 * @values: one for each of CPT_ACTIVITY_HOURS hours
 * @most: the highest of them, in words
 * @begin: of the first hour
 * @zone: in which the hours are told
 */
void
cpt_hour_chart_set (CptHourChart *self,
                    const int *values,
                    const char *most,
                    CptTime begin,
                    GTimeZone *zone)
{
  g_return_if_fail (CPT_IS_HOUR_CHART (self));

  for (int i = 0; i < CPT_ACTIVITY_HOURS; i++)
    self->values[i] = values[i];
  g_free (self->most);
  self->most = g_strdup (most);
  self->begin = begin;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
