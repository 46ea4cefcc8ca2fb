/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says that another order waits to be finished, and offers it. Main thread only. */
#include "cpt-sale-aside.h"

#include <glib/gi18n-lib.h>

struct _CptSaleAside
{
  GtkWidget parent_instance;

  GtkWidget *box, *text; /* (owned by their parents) */
};

static guint taken_signal;

G_DEFINE_FINAL_TYPE (CptSaleAside, cpt_sale_aside, GTK_TYPE_WIDGET)

static void
taken_cb (CptSaleAside *self)
{
  g_signal_emit (self, taken_signal, 0);
}

static void
cpt_sale_aside_dispose (GObject *object)
{
  g_clear_pointer (&CPT_SALE_ASIDE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cpt_sale_aside_parent_class)->dispose (object);
}

static void
cpt_sale_aside_class_init (CptSaleAsideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_sale_aside_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  taken_signal = g_signal_new ("taken", CPT_TYPE_SALE_ASIDE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static GtkWidget *
make_texts (CptSaleAside *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (_ ("Another order waits"));

  self->text = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (self->text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->text), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), self->text);
  return texts;
}

static void
cpt_sale_aside_init (CptSaleAside *self)
{
  /* TRANSLATORS: a button: shows the order that waits, the one shown waits instead. */
  GtkWidget *button = gtk_button_new_with_label (_ ("Take it up"));

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "touch-button");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (taken_cb), self);
  gtk_box_append (GTK_BOX (self->box), make_texts (self));
  gtk_box_append (GTK_BOX (self->box), button);
  gtk_widget_add_css_class (self->box, "notice");
  gtk_widget_add_css_class (self->box, "notice-quiet");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * cpt_sale_aside_new:
 *
 * Returns: (transfer floating): hidden, until an order waits
 */
GtkWidget *
cpt_sale_aside_new (void)
{
  return g_object_new (CPT_TYPE_SALE_ASIDE, NULL);
}

/**
 * cpt_sale_aside_set_basket:
 * @basket: (nullable): what waits; only read now
 */
void
cpt_sale_aside_set_basket (CptSaleAside *self, const CptBasket *basket)
{
  g_autoptr (CptOrder) order = basket != NULL ? cpt_basket_to_order (basket) : NULL;
  g_autofree char *items = order != NULL ? cpt_order_dup_items_summary (order, NULL) : NULL;
  g_autofree char *total = NULL;
  g_autofree char *text = NULL;
  CptOrderBalance balance = { 0 };

  gtk_widget_set_visible (GTK_WIDGET (self), basket != NULL);
  if (basket == NULL)
    return;
  cpt_basket_get_balance (basket, &balance);
  total = cpt_money_format (balance.total);
  text = *items != '\0' ? g_strdup_printf ("%s · %s", total, items) : g_strdup (total);
  gtk_label_set_text (GTK_LABEL (self->text), text);
}
