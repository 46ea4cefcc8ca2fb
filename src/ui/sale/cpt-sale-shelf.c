/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be sold: categories, search, tiles. Main thread only.
 *
 * By keyboard: letters search, Enter takes the first found, arrows walk over the tiles, digits
 * before a tile say how many of it. */
#include "cpt-sale-shelf.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-compat.h"
#include "cpt-sale-model.h"
#include "cpt-sale-tile.h"

/* In front of the name of a category that stands below another one; pixels on the screen. */
#define BELOW            "\u2003"
#define BELOW_MARGIN     16
#define CATEGORIES_WIDTH 172
#define MOST_AT_ONCE     999

struct _CptSaleShelf
{
  GtkWidget parent_instance;

  CptSaleStock *stock;   /* (owned) */
  CptSaleModel *model;   /* (owned) */
  GPtrArray *categories; /* (owned) (nullable) (element-type CptMenuCategory) of the menu */
  CptMenu *menu;         /* (owned) (nullable) */
  gboolean filling;
  guint times; /* typed before a tile, 0 for none */

  /* (owned by their parents) */
  GtkWidget *box, *names, *search, *times_label, *grid, *stack, *empty, *pull;
  GtkSingleSelection *chosen;
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_LEAVE,
  SIGNAL_PULL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptSaleShelf, cpt_sale_shelf, GTK_TYPE_WIDGET)

static void
set_times (CptSaleShelf *self, guint times)
{
  g_autofree char *text = g_strdup_printf ("%u ×", times);

  self->times = times <= MOST_AT_ONCE ? times : self->times;
  gtk_widget_set_visible (self->times_label, self->times > 0);
  if (self->times == times)
    gtk_label_set_text (GTK_LABEL (self->times_label), text);
}

static void
choose (CptSaleShelf *self, guint position)
{
  g_autoptr (CptSaleProduct) product = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  guint times = MAX (1, self->times);

  set_times (self, 0);
  if (product != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, product, times);
}

/* --- What is looked for --- */

static const char *
chosen_category (CptSaleShelf *self)
{
  guint position = gtk_single_selection_get_selected (self->chosen);

  if (self->categories == NULL || position == 0 || position > self->categories->len)
    return NULL;
  return ((const CptMenuCategory *)self->categories->pdata[position - 1])->id;
}

/* A catalog without products is as good as none; a search that finds nothing is not. */
static gboolean
has_products (CptSaleShelf *self)
{
  return self->menu != NULL && self->menu->products->len > 0;
}

static void
show_state (CptSaleShelf *self)
{
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  AdwStatusPage *page = ADW_STATUS_PAGE (self->empty);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), some ? "grid" : "empty");
  gtk_widget_set_visible (self->pull, !has_products (self));
  if (!has_products (self))
    {
      adw_status_page_set_icon_name (page, "view-grid-symbolic");
      adw_status_page_set_title (page, _ ("No catalog yet"));
      adw_status_page_set_description (
          page, _ ("What this till sells is in the catalog of its location on HubRise."));
      return;
    }
  adw_status_page_set_icon_name (page, "system-search-symbolic");
  adw_status_page_set_title (page, _ ("Nothing found"));
  adw_status_page_set_description (page, _ ("Search for a part of a name or a code."));
}

/* While the tiles are still there, so that a scroll under way ends too: GTK 4.8 warns of one for
 * which its grid has none left. */
static void
scroll_to_top (CptSaleShelf *self)
{
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->grid)), 0);
}

static void
query (CptSaleShelf *self)
{
  if (self->filling)
    return;
  scroll_to_top (self);
  cpt_sale_model_set_query (self->model, chosen_category (self),
                            gtk_editable_get_text (GTK_EDITABLE (self->search)));
  show_state (self);
  /* A grid keeps the item in sight that was: here the first is what matters. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    gtk_widget_activate_action (self->grid, "list.scroll-to-item", "u", 0);
}

static void
searched_cb (CptSaleShelf *self)
{
  /* What was typed just now may not have been looked for yet. */
  query (self);
  /* Without a word nothing was found, and the first product is as good as any other. */
  if (cpt_sale_model_is_searched (self->model))
    choose (self, 0);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/* --- Categories --- */

/* @id: (nullable): of the category that stays chosen where there still is one */
static void
fill_names (CptSaleShelf *self, const char *id)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  /* TRANSLATORS: products of every category. */
  gtk_string_list_append (names, C_ ("category", "All"));
  for (guint i = 0; i < self->categories->len; i++)
    {
      const CptMenuCategory *category = self->categories->pdata[i];
      g_autofree char *below = g_strconcat (BELOW, category->name, NULL);

      gtk_string_list_append (names, category->parent != NULL ? below : category->name);
      if (g_strcmp0 (category->id, id) == 0)
        chosen = i + 1;
    }
  self->filling = TRUE;
  gtk_single_selection_set_model (self->chosen, G_LIST_MODEL (names));
  gtk_single_selection_set_selected (self->chosen, chosen);
  self->filling = FALSE;
}

static void
category_cb (CptSaleShelf *self)
{
  if (self->filling)
    return;
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->filling = FALSE;
  query (self);
}

static void
name_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
name_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  gboolean is_below = g_str_has_prefix (text, BELOW);

  text += is_below ? strlen (BELOW) : 0;
  gtk_widget_set_margin_start (label, is_below ? BELOW_MARGIN : 0);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static GtkWidget *
make_names (CptSaleShelf *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (name_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (name_bind_cb), NULL);
  self->chosen = gtk_single_selection_new (NULL);
  g_signal_connect_swapped (self->chosen, "notify::selected", G_CALLBACK (category_cb), self);
  self->names = gtk_list_view_new (GTK_SELECTION_MODEL (self->chosen), factory);
  gtk_widget_add_css_class (self->names, "sale-categories");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->names), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Categories"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->names);
  gtk_widget_set_size_request (scroller, CATEGORIES_WIDTH, -1);
  return scroller;
}

/* --- Tiles --- */

static void
tile_setup_cb (CptSaleShelf *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, cpt_sale_tile_new (self->stock));
}

static void
tile_bind_cb (CptSaleShelf *self, GtkListItem *item)
{
  cpt_sale_tile_set_product (CPT_SALE_TILE (gtk_list_item_get_child (item)),
                             gtk_list_item_get_item (item));
}

static void
tile_unbind_cb (CptSaleShelf *self, GtkListItem *item)
{
  cpt_sale_tile_set_product (CPT_SALE_TILE (gtk_list_item_get_child (item)), NULL);
}

static gboolean
grid_key_cb (CptSaleShelf *self, guint key, guint code, GdkModifierType state)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  char text[8] = { 0 };

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !g_unichar_isgraph (letter))
    return GDK_EVENT_PROPAGATE;
  if (g_unichar_isdigit (letter))
    {
      set_times (self, self->times * 10 + (guint)g_unichar_digit_value (letter));
      return GDK_EVENT_STOP;
    }
  g_unichar_to_utf8 (letter, text);
  gtk_widget_grab_focus (self->search);
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_grid (CptSaleShelf *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (tile_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (tile_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (tile_unbind_cb), self, G_CONNECT_SWAPPED);
  self->grid = gtk_grid_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (
                                      g_object_ref (G_LIST_MODEL (self->model)))),
                                  factory);
  gtk_grid_view_set_single_click_activate (GTK_GRID_VIEW (self->grid), TRUE);
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (self->grid), 2);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (self->grid), 9);
  gtk_widget_add_css_class (self->grid, "sale-tiles");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Products"), -1);
  g_signal_connect_swapped (self->grid, "activate", G_CALLBACK (choose), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (grid_key_cb), self);
  gtk_widget_add_controller (self->grid, keys);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->grid);
  return scroller;
}

/* --- Search --- */

static gboolean
search_key_cb (CptSaleShelf *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_child_focus (self->grid, GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

/* A search entry keeps Escape for itself. */
static void
stop_search_cb (CptSaleShelf *self)
{
  if (!cpt_sale_shelf_step_back (self))
    g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
}

static GtkWidget *
make_search (CptSaleShelf *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  /* A till finds at once: there is nothing to wait for. */
  g_object_set (self->search, "search-delay", 0, "placeholder-text", _ ("Search a product"), NULL);
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_widget_add_css_class (self->search, "cpt-search");
  gtk_widget_add_css_class (self->search, "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search a product"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (query), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (searched_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (self->search, keys);
  self->times_label = gtk_label_new (NULL);
  gtk_widget_set_visible (self->times_label, FALSE);
  gtk_widget_add_css_class (self->times_label, "sale-times");
  gtk_box_append (GTK_BOX (row), self->times_label);
  gtk_box_append (GTK_BOX (row), self->search);
  gtk_widget_add_css_class (row, "sale-search");
  return row;
}

/* --- The object --- */

static void
pull_cb (CptSaleShelf *self)
{
  g_signal_emit (self, signals[SIGNAL_PULL], 0);
}

static GtkWidget *
make_empty (CptSaleShelf *self)
{
  self->empty = adw_status_page_new ();
  self->pull = gtk_button_new_with_label (_ ("Pull the catalog"));
  gtk_widget_set_halign (self->pull, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->pull, "large-button");
  gtk_widget_add_css_class (self->pull, "suggested-action");
  g_signal_connect_swapped (self->pull, "clicked", G_CALLBACK (pull_cb), self);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->empty), self->pull);
  return self->empty;
}

static void
build (CptSaleShelf *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_box_append (GTK_BOX (self->box), make_names (self));
  gtk_box_append (GTK_BOX (right), make_search (self));
  gtk_box_append (GTK_BOX (right), self->stack);
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "wait");
  gtk_stack_add_named (GTK_STACK (self->stack), make_grid (self), "grid");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (self), "empty");
  gtk_box_append (GTK_BOX (self->box), right);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
cpt_sale_shelf_dispose (GObject *object)
{
  CptSaleShelf *self = CPT_SALE_SHELF (object);

  self->filling = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_clear_pointer (&self->menu, cpt_menu_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->stock);
  G_OBJECT_CLASS (cpt_sale_shelf_parent_class)->dispose (object);
}

static void
cpt_sale_shelf_class_init (CptSaleShelfClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_sale_shelf_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "saleshelf");

  signals[SIGNAL_CHOSEN] =
      g_signal_new ("chosen", CPT_TYPE_SALE_SHELF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, CPT_TYPE_SALE_PRODUCT, G_TYPE_UINT);
  signals[SIGNAL_LEAVE] = g_signal_new ("leave", CPT_TYPE_SALE_SHELF, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PULL] = g_signal_new ("pull", CPT_TYPE_SALE_SHELF, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_sale_shelf_init (CptSaleShelf *self)
{
}

/**
 * cpt_sale_shelf_new:
 *
 * Returns: (transfer floating): a shelf on which nothing is known to stand yet
 */
GtkWidget *
cpt_sale_shelf_new (CptSaleStock *stock)
{
  CptSaleShelf *self = g_object_new (CPT_TYPE_SALE_SHELF, NULL);

  self->stock = g_object_ref (stock);
  self->model = cpt_sale_model_new ();
  build (self);
  return GTK_WIDGET (self);
}

/**
 * cpt_sale_shelf_set_menu:
 * @menu: (nullable): what can be sold; %NULL: no catalog was ever pulled
 */
void
cpt_sale_shelf_set_menu (CptSaleShelf *self, CptMenu *menu)
{
  g_autofree char *category = g_strdup (chosen_category (self));
  g_autoptr (CptMenu) old = g_steal_pointer (&self->menu);

  self->menu = menu != NULL ? cpt_menu_ref (menu) : NULL;
  scroll_to_top (self);
  cpt_sale_model_set_menu (self->model, menu);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  self->categories = cpt_sale_model_list_categories (self->model);
  fill_names (self, category);
  query (self);
}

/**
 * cpt_sale_shelf_set_pulling:
 * @pulling: whether the catalog is on its way
 */
void
cpt_sale_shelf_set_pulling (CptSaleShelf *self, gboolean pulling)
{
  gtk_widget_set_sensitive (self->pull, !pulling);
  gtk_button_set_label (GTK_BUTTON (self->pull),
                        pulling ? _ ("Reading the catalog…") : _ ("Pull the catalog"));
}

/**
 * cpt_sale_shelf_focus_search:
 *
 * Moves the keyboard into the search field.
 */
void
cpt_sale_shelf_focus_search (CptSaleShelf *self)
{
  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/**
 * cpt_sale_shelf_clear:
 *
 * Forgets what is searched for: the next customer wants something else.
 */
void
cpt_sale_shelf_clear (CptSaleShelf *self)
{
  set_times (self, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/**
 * cpt_sale_shelf_is_used:
 *
 * Returns: whether somebody is looking for a product by its name or began to count it
 */
gboolean
cpt_sale_shelf_is_used (CptSaleShelf *self)
{
  return self->times > 0 || *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

/**
 * cpt_sale_shelf_step_back:
 *
 * Escape: forgets the number that was typed, else what is searched for.
 *
 * Returns: FALSE when there was nothing to forget
 */
gboolean
cpt_sale_shelf_step_back (CptSaleShelf *self)
{
  if (self->times > 0)
    {
      set_times (self, 0);
      return TRUE;
    }
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->search);
  return TRUE;
}
