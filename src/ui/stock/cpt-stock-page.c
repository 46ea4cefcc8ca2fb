/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view "Stock": the list and its filters. Main thread only. */
#include "cpt-stock-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-stock-columns.h"
#include "cpt-stock-header.h"
#include "cpt-stock-page-private.h"
#include "cpt-stock-row.h"

G_DEFINE_FINAL_TYPE (CptStockPage, cpt_stock_page, ADW_TYPE_BIN)

/* --- What is asked for --- */

static int
active_of (GtkWidget *const *buttons, int n)
{
  for (int i = 0; i < n; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (buttons[i])))
      return i;
  return 0;
}

static const char *
chosen_category (CptStockPage *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->category));

  if (self->categories == NULL || chosen == 0 || chosen == GTK_INVALID_LIST_POSITION)
    return NULL;
  return chosen <= g_strv_length (self->categories) ? self->categories[chosen - 1] : NULL;
}

static CptEngineStockQuery
make_query (CptStockPage *self)
{
  int tab = active_of (self->tabs, CPT_STOCK_N_TABS);

  return (CptEngineStockQuery){
    .tab = (CptEngineStockTab)MIN (tab, CPT_ENGINE_STOCK_ALL),
    .low = tab == CPT_STOCK_TAB_LOW,
    .kind = (CptItemKind)active_of (self->kinds, 2),
    .category = chosen_category (self),
    .text = gtk_editable_get_text (GTK_EDITABLE (self->search)),
  };
}

/* --- Counts --- */

static void
set_label (GtkWidget *button, char *label)
{
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) != 0)
    gtk_button_set_label (GTK_BUTTON (button), label);
  g_free (label);
}

static void
show_counts (CptStockPage *self, const CptEngineStockCounts *counts)
{
  /* TRANSLATORS: tabs of the stock list, each with how many items stand there */
  set_label (self->tabs[CPT_ENGINE_STOCK_OUT],
             g_strdup_printf (C_ ("tab", "Out of stock %d"), (int)counts->out));
  set_label (self->tabs[CPT_ENGINE_STOCK_AVAILABLE],
             g_strdup_printf (C_ ("tab", "Available %d"), (int)counts->available));
  set_label (self->tabs[CPT_ENGINE_STOCK_ALL],
             g_strdup_printf (C_ ("stock tab", "All %d"), (int)counts->all));
  set_label (self->tabs[CPT_STOCK_TAB_LOW],
             g_strdup_printf (C_ ("stock tab", "Low %d"), (int)counts->low));
  set_label (self->kinds[CPT_ITEM_SKU],
             g_strdup_printf (C_ ("tab", "Products %d"), (int)counts->skus));
  set_label (self->kinds[CPT_ITEM_OPTION],
             g_strdup_printf (C_ ("tab", "Options %d"), (int)counts->options));
}

static void count (CptStockPage *self);

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  CptEngineStockCounts counts = { 0 };

  self->counting = FALSE;
  if (cpt_engine_count_stock_finish (CPT_ENGINE (source), result, &counts, NULL) &&
      self->engine != NULL)
    show_counts (self, &counts);
  if (self->count_again && self->engine != NULL)
    count (self);
}

static void
count (CptStockPage *self)
{
  CptEngineStockQuery query = make_query (self);

  self->count_again = self->counting;
  if (self->counting)
    return;
  self->counting = TRUE;
  cpt_engine_count_stock_async (self->engine, &query, NULL, counted_cb, g_object_ref (self));
}

static void
query (CptStockPage *self)
{
  CptEngineStockQuery asked = { 0 };

  if (self->filling)
    return;
  asked = make_query (self);
  cpt_stock_model_set_query (self->list, &asked);
  count (self);
}

/* --- Categories --- */

static void
take_categories (CptStockPage *self, char **categories)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_strdup (chosen_category (self));
  guint position = 0;

  gtk_string_list_append (names, _ ("All categories"));
  for (guint i = 0; categories[i] != NULL; i++)
    {
      gtk_string_list_append (names, categories[i]);
      if (g_strcmp0 (categories[i], chosen) == 0)
        position = i + 1;
    }
  self->filling = TRUE;
  g_strfreev (self->categories);
  self->categories = categories;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->category), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->category), position);
  self->filling = FALSE;
}

static void
categories_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  g_auto (GStrv) categories =
      cpt_engine_list_stock_categories_finish (CPT_ENGINE (source), result, NULL);

  if (categories == NULL || self->engine == NULL)
    return;
  if (self->categories == NULL ||
      !g_strv_equal ((const char *const *)categories, (const char *const *)self->categories))
    {
      take_categories (self, g_steal_pointer (&categories));
      query (self);
    }
}

static void
list_categories (CptStockPage *self)
{
  cpt_engine_list_stock_categories_async (self->engine, (CptItemKind)active_of (self->kinds, 2),
                                          NULL, categories_cb, g_object_ref (self));
}

/* --- The list --- */

static void
row_edited_cb (CptStockPage *self, CptStockLine *line, const CptStockEdit *edit)
{
  gint64 key = cpt_stock_line_get_key (line);

  cpt_stock_page_edit (self, &key, 1, edit);
}

static void
row_setup_cb (CptStockPage *self, GtkListItem *item)
{
  GtkWidget *row = cpt_stock_row_new (self->engine);

  /* Two hundred rows come and go with a tab: the page outlives them, nothing has to be watched. */
  g_signal_connect_swapped (row, "edited", G_CALLBACK (row_edited_cb), self);
  cpt_stock_page_watch_row (self, item, row);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, row);
}

static void
row_bind_cb (CptStockPage *self, GtkListItem *item)
{
  CptStockRow *row = CPT_STOCK_ROW (gtk_list_item_get_child (item));

  cpt_stock_row_set_chosen (row, gtk_list_item_get_selected (item));
  cpt_stock_row_set_line (row, gtk_list_item_get_item (item));
}

static void
row_unbind_cb (CptStockPage *self, GtkListItem *item)
{
  cpt_stock_row_set_line (CPT_STOCK_ROW (gtk_list_item_get_child (item)), NULL);
}

static GtkWidget *
make_list (CptStockPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_signal_connect_object (factory, "setup", G_CALLBACK (row_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (row_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (row_unbind_cb), self, G_CONNECT_SWAPPED);
  self->view = gtk_list_view_new (g_object_ref (self->chosen), factory);
  cpt_stock_sight_watch (self->sight, self->view);
  gtk_widget_add_css_class (self->view, "stock-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Stock"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->header = cpt_stock_header_new ();
  gtk_box_append (GTK_BOX (box), self->header);
  gtk_box_append (GTK_BOX (box), scroller);
  return box;
}

static void
show_empty (CptStockPage *self)
{
  AdwStatusPage *page = ADW_STATUS_PAGE (self->empty);
  CptEngineStock stock;

  cpt_engine_get_stock (self->engine, &stock);
  if (stock.skus + stock.options == 0)
    {
      adw_status_page_set_icon_name (page, "view-list-symbolic");
      adw_status_page_set_title (page, _ ("No catalog yet"));
      adw_status_page_set_description (
          page, _ ("Connect this till to a location with a catalog: its items appear here."));
      return;
    }
  adw_status_page_set_icon_name (page, *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0'
                                           ? "system-search-symbolic"
                                           : "object-select-symbolic");
  adw_status_page_set_title (page, _ ("Nothing here"));
  adw_status_page_set_description (page,
                                   _ ("No item of the catalog matches what is chosen above."));
}

static void
listed_cb (CptStockPage *self)
{
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;

  if (!some)
    show_empty (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), some ? "list" : "empty");
}

/* --- Filters --- */

static void
toggled_cb (CptStockPage *self, GtkToggleButton *button)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (!gtk_toggle_button_get_active (button))
    return;
  gtk_adjustment_set_value (adjustment, 0);
  query (self);
}

static void
kind_toggled_cb (CptStockPage *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->filling = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->category), 0);
  self->filling = FALSE;
  toggled_cb (self, button);
  list_categories (self);
}

static void
add_toggles (CptStockPage *self, GtkWidget *box, GtkWidget **buttons, int n, GCallback callback)
{
  for (int i = 0; i < n; i++)
    {
      buttons[i] = gtk_toggle_button_new_with_label ("");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (buttons[i]),
                                   i > 0 ? GTK_TOGGLE_BUTTON (buttons[0]) : NULL);
      gtk_widget_add_css_class (buttons[i], "cpt-tab");
      gtk_box_append (GTK_BOX (box), buttons[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (
                                    buttons[n == CPT_STOCK_N_TABS ? CPT_ENGINE_STOCK_ALL : 0]),
                                TRUE);
  for (int i = 0; i < n; i++)
    g_signal_connect_swapped (buttons[i], "toggled", callback, self);
}

static void
stop_search_cb (CptStockPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->view);
}

static GtkWidget *
make_search (CptStockPage *self)
{
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Name or code"), NULL);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->search), 24);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search items"), -1);
  gtk_widget_add_css_class (self->search, "cpt-search");
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (query), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  return self->search;
}

static GtkWidget *
make_tabs (CptStockPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *gap = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  add_toggles (self, box, self->tabs, CPT_STOCK_N_TABS, G_CALLBACK (toggled_cb));
  gtk_widget_set_size_request (gap, 12, -1);
  gtk_box_append (GTK_BOX (box), gap);
  add_toggles (self, box, self->kinds, 2, G_CALLBACK (kind_toggled_cb));
  for (int i = 0; i < 2; i++)
    gtk_widget_add_css_class (self->kinds[i], "stock-kind");
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (box), space);
  gtk_box_append (GTK_BOX (box), make_search (self));
  return box;
}

static GtkWidget *
make_category (CptStockPage *self)
{
  const char *none[] = { _ ("All categories"), NULL };

  self->category = gtk_drop_down_new_from_strings (none);
  gtk_widget_add_css_class (self->category, "touch-choice");
  gtk_widget_set_valign (self->category, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->category), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Category"), -1);
  g_signal_connect_swapped (self->category, "notify::selected", G_CALLBACK (query), self);
  return self->category;
}

/**
 * cpt_stock_page_focus_search:
 * @self: the view
 *
 * Moves the keyboard into the search field.
 */
void
cpt_stock_page_focus_search (CptStockPage *self)
{
  g_return_if_fail (CPT_IS_STOCK_PAGE (self));

  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/* --- The object --- */

static void
build (CptStockPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bars = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->stack = gtk_stack_new ();
  self->empty = adw_status_page_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "wait");
  gtk_stack_add_named (GTK_STACK (self->stack), make_list (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
  gtk_widget_add_css_class (bars, "cpt-toolbar");
  make_category (self);
  gtk_box_append (GTK_BOX (bars), make_tabs (self));
  self->bars = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->bars), cpt_stock_page_make_actions (self), "actions");
  gtk_stack_add_named (GTK_STACK (self->bars), cpt_stock_page_make_choice_bar (self), "choice");
  gtk_box_append (GTK_BOX (bars), self->bars);
  gtk_box_append (GTK_BOX (box), cpt_stock_page_make_question (self));
  gtk_box_append (GTK_BOX (box), bars);
  gtk_box_append (GTK_BOX (box), self->stack);
  adw_toast_overlay_set_child (self->toasts, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->toasts));
}

static void
stock_changed_cb (CptStockPage *self)
{
  count (self);
  list_categories (self);
}

static void
mode_changed_cb (CptStockPage *self)
{
  cpt_stock_model_refresh (self->list);
  cpt_stock_page_show_state (self);
}

static void
cpt_stock_page_dispose (GObject *object)
{
  CptStockPage *self = CPT_STOCK_PAGE (object);

  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->chosen);
  g_clear_object (&self->list);
  g_clear_object (&self->sight);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_stock_page_parent_class)->dispose (object);
}

static void
cpt_stock_page_finalize (GObject *object)
{
  CptStockPage *self = CPT_STOCK_PAGE (object);

  g_strfreev (self->categories);
  g_clear_pointer (&self->undo, g_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (cpt_stock_page_parent_class)->finalize (object);
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cpt_stock_page_undo (CPT_STOCK_PAGE (widget));
}

static void
cpt_stock_page_class_init (CptStockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "stock.undo", NULL, undo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "stock.undo",
                                       NULL);
  G_OBJECT_CLASS (klass)->dispose = cpt_stock_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_stock_page_finalize;
}

static void
cpt_stock_page_init (CptStockPage *self)
{
}

/**
 * cpt_stock_page_new:
 * @engine: open
 *
 * Returns: (transfer floating)
 */
GtkWidget *
cpt_stock_page_new (CptEngine *engine)
{
  CptStockPage *self = g_object_new (CPT_TYPE_STOCK_PAGE, NULL);
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (engine));

  self->engine = g_object_ref (engine);
  self->list = cpt_stock_model_new (engine);
  self->chosen =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->list))));
  self->sight = cpt_stock_sight_new ();
  self->zone = cpt_engine_dup_zone (engine);
  build (self);
  g_signal_connect_object (self->list, "listed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "stock-changed", G_CALLBACK (stock_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "stock-state-changed", G_CALLBACK (cpt_stock_page_show_state),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::stock-mode", G_CALLBACK (mode_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::keeps-stock", G_CALLBACK (mode_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_counts (self, &(CptEngineStockCounts){ 0 });
  cpt_stock_page_show_state (self);
  query (self);
  list_categories (self);
  return GTK_WIDGET (self);
}
