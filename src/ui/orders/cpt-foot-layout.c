/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two groups of buttons: side by side where both fit, else the second below the first and both as
 * wide as there is room. Main thread only. */
#include "cpt-foot-layout.h"

#define GAP 8

static GtkSizeRequestMode
request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
natural_width (GtkWidget *group)
{
  int natural = 0;

  if (group != NULL && gtk_widget_get_visible (group))
    gtk_widget_measure (group, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* How wide the first group stands beside the second; 0: it does not, or there is but one. */
static int
beside (GtkWidget *widget, int width)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  int left = natural_width (first);
  int right = natural_width (gtk_widget_get_next_sibling (first));

  return left > 0 && right > 0 && left + GAP + right <= width ? left : 0;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least = 0, wanted = 0;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += wanted + (*natural > 0 && wanted > 0 ? GAP : 0);
    }
}

static int
height_for (GtkWidget *group, int width)
{
  int height = 0;

  if (gtk_widget_get_visible (group))
    gtk_widget_measure (group, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static int
measure_height (GtkWidget *widget, int width)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  int left = beside (widget, width);
  int top = height_for (first, left > 0 ? left : width);
  int bottom = height_for (second, left > 0 ? width - left - GAP : width);

  return left > 0 ? MAX (top, bottom) : top + bottom + (top > 0 && bottom > 0 ? GAP : 0);
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  int least = 0;

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  *minimum = measure_height (widget, for_size < 0 ? least : for_size);
  *natural = *minimum;
}

static void
put (GtkWidget *group, int x, int y, int width, int height)
{
  if (gtk_widget_get_visible (group))
    gtk_widget_size_allocate (group, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  int left = beside (widget, width);
  int top = height_for (first, width);

  if (left > 0)
    {
      put (first, 0, 0, left, height);
      put (second, left + GAP, 0, width - left - GAP, height);
      return;
    }
  put (first, 0, 0, width, top);
  put (second, 0, top > 0 ? top + GAP : 0, width, height - (top > 0 ? top + GAP : 0));
}

/**
 * cpt_foot_layout_new:
 *
 * Returns: (transfer full): a layout for a widget with two children
 */
GtkLayoutManager *
cpt_foot_layout_new (void)
{
  return gtk_custom_layout_new (request_mode, measure, allocate);
}
