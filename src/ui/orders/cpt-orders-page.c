/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view "Web orders": the list and the detail beside or over it. Main thread only. */
#include "cpt-orders-page.h"

struct _CptOrdersPage
{
  AdwBin parent_instance;

  CptEngine *engine; /* (owned) */
};

G_DEFINE_FINAL_TYPE (CptOrdersPage, cpt_orders_page, ADW_TYPE_BIN)

static void
cpt_orders_page_dispose (GObject *object)
{
  CptOrdersPage *self = CPT_ORDERS_PAGE (object);

  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_orders_page_parent_class)->dispose (object);
}

static void
cpt_orders_page_class_init (CptOrdersPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_orders_page_dispose;
  g_signal_new ("detail-shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cpt_orders_page_init (CptOrdersPage *self)
{
}

/**
 * cpt_orders_page_new:
 * @engine: the engine whose orders are shown
 *
 * Returns: (transfer floating): the view
 */
CptOrdersPage *
cpt_orders_page_new (CptEngine *engine)
{
  CptOrdersPage *self = g_object_new (CPT_TYPE_ORDERS_PAGE, NULL);

  self->engine = g_object_ref (engine);
  return self;
}

/**
 * cpt_orders_page_show_order:
 * @self: the view
 * @row: the order whose detail is to be opened
 */
void
cpt_orders_page_show_order (CptOrdersPage *self, gint64 row)
{
  g_return_if_fail (CPT_IS_ORDERS_PAGE (self));
}

/**
 * cpt_orders_page_focus_search:
 * @self: the view
 *
 * Moves the keyboard into the search field.
 */
void
cpt_orders_page_focus_search (CptOrdersPage *self)
{
  g_return_if_fail (CPT_IS_ORDERS_PAGE (self));
}
