/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headings above the stock list. Main thread only. */
#include "cpt-stock-header.h"

#include <glib/gi18n-lib.h>

#include "cpt-stock-columns.h"

struct _CptStockHeader
{
  GtkWidget parent_instance;

  GtkWidget *labels[CPT_STOCK_N_COLUMNS]; /* (owned as children) (nullable) */
  gboolean hides_quantity;
};

G_DEFINE_FINAL_TYPE (CptStockHeader, cpt_stock_header, GTK_TYPE_WIDGET)

/* TRANSLATORS: headings of the columns of the stock list */
static const char *const titles[CPT_STOCK_N_COLUMNS] = {
  [CPT_STOCK_COLUMN_NAME] = NC_ ("stock column", "Product"),
  [CPT_STOCK_COLUMN_CODE] = NC_ ("stock column", "Code"),
  [CPT_STOCK_COLUMN_CATEGORY] = NC_ ("stock column", "Category"),
  [CPT_STOCK_COLUMN_PRICE] = NC_ ("stock column", "Price"),
  [CPT_STOCK_COLUMN_NUMBER] = NC_ ("stock column", "Stock"),
  [CPT_STOCK_COLUMN_SWITCH] = NC_ ("stock column", "On sale"),
  [CPT_STOCK_COLUMN_MARK] = NC_ ("stock column", "On HubRise"),
};

static void
cpt_stock_header_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = *natural = across ? CPT_STOCK_MIN_WIDTH : 30;
}

static void
cpt_stock_header_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CptStockHeader *self = CPT_STOCK_HEADER (widget);
  CptStockColumns columns = cpt_stock_columns (width, !self->hides_quantity);

  for (int i = 0; i < CPT_STOCK_N_COLUMNS; i++)
    if (self->labels[i] != NULL && gtk_widget_get_visible (self->labels[i]))
      {
        GtkAllocation area = { columns.x[i], 0, MAX (columns.width[i], 1), height };

        gtk_widget_measure (self->labels[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL,
                            NULL);
        gtk_widget_set_child_visible (self->labels[i], columns.width[i] > 0);
        gtk_widget_size_allocate (self->labels[i], &area, -1);
      }
}

static void
cpt_stock_header_dispose (GObject *object)
{
  CptStockHeader *self = CPT_STOCK_HEADER (object);

  for (int i = 0; i < CPT_STOCK_N_COLUMNS; i++)
    g_clear_pointer (&self->labels[i], gtk_widget_unparent);
  G_OBJECT_CLASS (cpt_stock_header_parent_class)->dispose (object);
}

static void
cpt_stock_header_class_init (CptStockHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_stock_header_dispose;
  widget_class->measure = cpt_stock_header_measure;
  widget_class->size_allocate = cpt_stock_header_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "stockheader");
}

static void
cpt_stock_header_init (CptStockHeader *self)
{
  for (int i = 0; i < CPT_STOCK_N_COLUMNS; i++)
    if (titles[i] != NULL)
      {
        GtkWidget *label =
            gtk_label_new (g_dpgettext2 (GETTEXT_PACKAGE, "stock column", titles[i]));

        gtk_label_set_xalign (GTK_LABEL (label), i == CPT_STOCK_COLUMN_NUMBER ? 1 : 0);
        gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
        gtk_widget_set_parent (label, GTK_WIDGET (self));
        self->labels[i] = label;
      }
}

void
cpt_stock_header_set_shows_quantity (CptStockHeader *self, gboolean shows_quantity)
{
  self->hides_quantity = !shows_quantity;
  gtk_widget_set_visible (self->labels[CPT_STOCK_COLUMN_NUMBER], shows_quantity);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

GtkWidget *
cpt_stock_header_new (void)
{
  return g_object_new (CPT_TYPE_STOCK_HEADER, NULL);
}
