/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the rows of the stock list which of them are in sight. Main thread only. */
#include "cpt-stock-sight.h"

struct _CptStockSight
{
  GObject parent_instance;

  gboolean choosing;

  GtkWidget *view;      /* (unowned) */
  GdkFrameClock *clock; /* (unowned) (nullable) while the view is realized */
  gulong layout_id;
};

G_DEFINE_FINAL_TYPE (CptStockSight, cpt_stock_sight, G_TYPE_OBJECT)

/* After the rows have found their places, which maps those in sight, and before they are drawn:
 * what this changes is laid out again within the same frame. */
static void
layout_cb (CptStockSight *self)
{
  if (!gtk_widget_get_mapped (self->view))
    return;
  for (GtkWidget *place = gtk_widget_get_first_child (self->view); place != NULL;
       place = gtk_widget_get_next_sibling (place))
    {
      GtkWidget *row = gtk_widget_get_first_child (place);

      if (row == NULL)
        continue;
      cpt_stock_row_set_choosing (CPT_STOCK_ROW (row), self->choosing);
      cpt_stock_row_set_in_sight (CPT_STOCK_ROW (row), gtk_widget_get_mapped (row));
    }
}

static void
unrealize_cb (CptStockSight *self)
{
  if (self->clock != NULL)
    g_clear_signal_handler (&self->layout_id, self->clock);
  self->clock = NULL;
}

static void
realize_cb (CptStockSight *self)
{
  unrealize_cb (self);
  self->clock = gtk_widget_get_frame_clock (self->view);
  self->layout_id = g_signal_connect_object (self->clock, "layout", G_CALLBACK (layout_cb), self,
                                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
cpt_stock_sight_class_init (CptStockSightClass *klass)
{
}

static void
cpt_stock_sight_init (CptStockSight *self)
{
}

/**
 * cpt_stock_sight_new:
 *
 * Returns: (transfer full): to be told what to watch
 */
CptStockSight *
cpt_stock_sight_new (void)
{
  return g_object_new (CPT_TYPE_STOCK_SIGHT, NULL);
}

void
cpt_stock_sight_watch (CptStockSight *self, GtkWidget *view)
{
  self->view = view;
  g_signal_connect_object (view, "realize", G_CALLBACK (realize_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (view, "unrealize", G_CALLBACK (unrealize_cb), self, G_CONNECT_SWAPPED);
}

void
cpt_stock_sight_set_choosing (CptStockSight *self, gboolean choosing)
{
  self->choosing = choosing;
  gtk_widget_queue_allocate (self->view);
}
