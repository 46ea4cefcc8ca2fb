/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a basket, to be changed. Main thread only.
 *
 * By keyboard: arrows choose a line, + and − count it, a digit starts its quantity, Delete takes it
 * out. */
#include "cpt-basket-view.h"

#include <glib/gi18n-lib.h>

struct _CptBasketView
{
  GtkWidget parent_instance;

  CptBasket *basket; /* (unowned) (nullable) of the page */
  gboolean refused;  /* what was typed last could not be taken */

  GtkWidget *scroller, *list; /* (owned by their parents) */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CHANGE_LINE,
  SIGNAL_REMOVED,
  SIGNAL_REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptBasketView, cpt_basket_view, GTK_TYPE_WIDGET)

static CptBasketRow *
row_at (CptBasketView *self, guint i)
{
  return CPT_BASKET_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int)i));
}

static CptBasketRow *
find_row (CptBasketView *self, guint key)
{
  for (guint i = 0; gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int)i) != NULL; i++)
    if (cpt_basket_row_get_key (row_at (self, i)) == key)
      return row_at (self, i);
  return NULL;
}

/* --- Deeds --- */

/* A comma is a point: both stand on a till's keyboard. */
static gboolean
parse_quantity (const char *text, CptDecimal *quantity)
{
  g_autofree char *plain = g_strstrip (g_strdelimit (g_strdup (text), ",", '.'));

  return cpt_decimal_parse (plain, quantity);
}

static void
set_quantity (CptBasketView *self, guint key, const char *text)
{
  CptDecimal quantity = { 0 };
  g_autofree char *message = NULL;

  self->refused =
      !parse_quantity (text, &quantity) || !cpt_basket_set_quantity (self->basket, key, quantity);
  if (!self->refused)
    return;
  /* TRANSLATORS: %s is what was typed. */
  message = g_strdup_printf (_ ("“%s” is no quantity: write 2 or 0.250"), text);
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, message);
}

static void
remove_line (CptBasketView *self, guint key)
{
  guint position = 0;
  CptBasketLine *line = cpt_basket_take (self->basket, key, &position);

  if (line == NULL)
    return;
  cpt_basket_view_refresh (self, 0);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, line, position);
}

static void
deed_cb (CptBasketView *self, int deed, const char *text, CptBasketRow *row)
{
  guint key = cpt_basket_row_get_key (row);

  if (self->basket == NULL || cpt_basket_find (self->basket, key, NULL) == NULL)
    return;
  if (deed == CPT_BASKET_CHANGE)
    g_signal_emit (self, signals[SIGNAL_CHANGE_LINE], 0, key);
  else if (deed == CPT_BASKET_REMOVE)
    remove_line (self, key);
  else if (deed == CPT_BASKET_QUANTITY)
    set_quantity (self, key, text);
  else if (deed == CPT_BASKET_NOTE)
    cpt_basket_set_note (self->basket, key, text);
  else
    cpt_basket_step (self->basket, key, deed == CPT_BASKET_MORE ? 1 : -1);
  if (deed != CPT_BASKET_REMOVE && deed != CPT_BASKET_CHANGE)
    cpt_basket_row_update (row, cpt_basket_find (self->basket, key, NULL)->item);
  if (deed != CPT_BASKET_CHANGE)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
key_cb (CptBasketView *self, guint key, guint code, GdkModifierType state)
{
  GtkListBoxRow *chosen = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  gunichar letter = gdk_keyval_to_unicode (key);
  char text[2] = { 0 };

  if (chosen == NULL || !gtk_widget_has_focus (GTK_WIDGET (chosen)) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (letter == '+' || letter == '-')
    deed_cb (self, letter == '+' ? CPT_BASKET_MORE : CPT_BASKET_LESS, NULL,
             CPT_BASKET_ROW (chosen));
  else if (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete || key == GDK_KEY_BackSpace)
    deed_cb (self, CPT_BASKET_REMOVE, NULL, CPT_BASKET_ROW (chosen));
  else if (letter >= '0' && letter <= '9')
    {
      text[0] = (char)letter;
      cpt_basket_row_edit_quantity (CPT_BASKET_ROW (chosen), text);
    }
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
selected_cb (CptBasketView *self, GtkListBoxRow *chosen)
{
  for (guint i = 0; gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int)i) != NULL; i++)
    cpt_basket_row_set_open (row_at (self, i), GTK_LIST_BOX_ROW (row_at (self, i)) == chosen);
}

/* --- Rows --- */

static void
drop_rows (CptBasketView *self)
{
  guint i = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int)i) != NULL)
    if (self->basket == NULL ||
        cpt_basket_find (self->basket, cpt_basket_row_get_key (row_at (self, i)), NULL) == NULL)
      gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row_at (self, i)));
    else
      i++;
}

static void
add_row (CptBasketView *self, guint position, guint key)
{
  GtkWidget *row = cpt_basket_row_new (key);

  g_signal_connect_object (row, "deed", G_CALLBACK (deed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, (int)position);
}

/* The chosen line in sight, where it was not: after the rows have their places. */
static gboolean
show_chosen_cb (gpointer data)
{
  CptBasketView *self = data;
  GtkListBoxRow *chosen = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t place;

  if (chosen == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (chosen), self->list, &place))
    return G_SOURCE_REMOVE;
  gtk_adjustment_clamp_page (adjustment, place.origin.y, place.origin.y + place.size.height);
  return G_SOURCE_REMOVE;
}

/**
 * cpt_basket_view_refresh:
 * @select: the key of the line to choose, 0 for the one that was
 *
 * Shows what the basket holds after it was changed elsewhere.
 */
void
cpt_basket_view_refresh (CptBasketView *self, guint select)
{
  drop_rows (self);
  for (guint i = 0; self->basket != NULL && i < self->basket->lines->len; i++)
    {
      const CptBasketLine *line = self->basket->lines->pdata[i];

      if (find_row (self, line->key) == NULL)
        add_row (self, i, line->key);
      cpt_basket_row_update (find_row (self, line->key), line->item);
    }
  if (select == 0)
    return;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (find_row (self, select)));
  g_idle_add_full (G_PRIORITY_LOW, show_chosen_cb, g_object_ref (self), g_object_unref);
}

/* --- The object --- */

static void
cpt_basket_view_dispose (GObject *object)
{
  g_clear_pointer (&CPT_BASKET_VIEW (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (cpt_basket_view_parent_class)->dispose (object);
}

static void
cpt_basket_view_class_init (CptBasketViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = CPT_TYPE_BASKET_VIEW;

  G_OBJECT_CLASS (klass)->dispose = cpt_basket_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGE_LINE] = g_signal_new ("change-line", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_placeholder (void)
{
  GtkWidget *label = gtk_label_new (_ ("Touch what is ordered: it stands here."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "basket-empty");
  return label;
}

static void
cpt_basket_view_init (CptBasketView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->scroller = gtk_scrolled_window_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), make_placeholder ());
  gtk_widget_add_css_class (self->list, "basket");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Basket"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->list, keys);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * cpt_basket_view_new:
 *
 * Returns: (transfer floating): the view of no basket yet
 */
GtkWidget *
cpt_basket_view_new (void)
{
  return g_object_new (CPT_TYPE_BASKET_VIEW, NULL);
}

/**
 * cpt_basket_view_set_basket:
 * @basket: (nullable): what is shown and changed; it must outlive that
 */
void
cpt_basket_view_set_basket (CptBasketView *self, CptBasket *basket)
{
  self->basket = NULL;
  drop_rows (self);
  self->basket = basket;
  cpt_basket_view_refresh (self, 0);
}

/**
 * cpt_basket_view_finish:
 *
 * Takes what is being typed.
 *
 * Returns: FALSE when that could not be taken, which was told
 */
gboolean
cpt_basket_view_finish (CptBasketView *self)
{
  GtkListBoxRow *chosen = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  self->refused = FALSE;
  if (chosen != NULL)
    cpt_basket_row_finish (CPT_BASKET_ROW (chosen));
  return !self->refused;
}
