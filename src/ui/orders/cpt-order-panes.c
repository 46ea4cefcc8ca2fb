/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list and a detail. Main thread only. */
#include "cpt-order-panes.h"

/* From here on both fit without the list's cards growing taller. */
#define WIDE         1240
#define DETAIL_SHARE 0.29
#define DETAIL_LEAST 370
#define DETAIL_MOST  520

struct _CptOrderPanes
{
  GtkWidget parent_instance;

  GtkWidget *list, *detail; /* (owned by self) */
  gboolean open;
};

G_DEFINE_FINAL_TYPE (CptOrderPanes, cpt_order_panes, GTK_TYPE_WIDGET)

static void
cpt_order_panes_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  CptOrderPanes *self = CPT_ORDER_PANES (widget);
  int list_minimum = 0, list_natural = 0, detail_minimum = 0, detail_natural = 0;

  /* Either alone must fit: a window may become narrow at any time. */
  gtk_widget_measure (self->list, orientation, -1, &list_minimum, &list_natural, NULL, NULL);
  gtk_widget_measure (self->detail, orientation, -1, &detail_minimum, &detail_natural, NULL, NULL);
  *minimum = MAX (list_minimum, detail_minimum);
  *natural = MAX (list_natural, detail_natural);
}

static int
detail_width (CptOrderPanes *self, int width)
{
  int minimum = 0;
  int wanted = CLAMP ((int)(width * DETAIL_SHARE), DETAIL_LEAST, DETAIL_MOST);

  gtk_widget_measure (self->detail, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MAX (minimum, wanted);
}

static void
allocate (GtkWidget *child, int x, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
cpt_order_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CptOrderPanes *self = CPT_ORDER_PANES (widget);
  gboolean wide = width >= WIDE;
  int side = wide ? detail_width (self, width) : width;

  gtk_widget_set_child_visible (self->detail, self->open);
  gtk_widget_set_child_visible (self->list, wide || !self->open);
  if (wide || !self->open)
    allocate (self->list, 0, self->open ? width - side : width, height);
  if (self->open)
    allocate (self->detail, width - side, side, height);
}

static void
cpt_order_panes_dispose (GObject *object)
{
  CptOrderPanes *self = CPT_ORDER_PANES (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->detail, gtk_widget_unparent);
  G_OBJECT_CLASS (cpt_order_panes_parent_class)->dispose (object);
}

static void
cpt_order_panes_class_init (CptOrderPanesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_order_panes_dispose;
  widget_class->measure = cpt_order_panes_measure;
  widget_class->size_allocate = cpt_order_panes_size_allocate;
}

static void
cpt_order_panes_init (CptOrderPanes *self)
{
}

/**
 * cpt_order_panes_new:
 *
 * Returns: (transfer full): a floating widget with @list shown and @detail closed
 */
GtkWidget *
cpt_order_panes_new (GtkWidget *list, GtkWidget *detail)
{
  CptOrderPanes *self = g_object_new (CPT_TYPE_ORDER_PANES, NULL);

  self->list = list;
  self->detail = detail;
  gtk_widget_set_parent (list, GTK_WIDGET (self));
  gtk_widget_set_parent (detail, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/**
 * cpt_order_panes_set_open:
 * @open: whether the detail is shown
 */
void
cpt_order_panes_set_open (CptOrderPanes *self, gboolean open)
{
  if (self->open == open)
    return;
  self->open = open;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
