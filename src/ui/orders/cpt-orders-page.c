/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views "Web orders" and "Sent orders": the list and the detail beside or over it. Main thread
 * only. */
#include "cpt-orders-page.h"

#include <glib/gi18n-lib.h>

#include "cpt-order-cards.h"
#include "cpt-order-deeds.h"
#include "cpt-order-detail.h"
#include "cpt-order-model.h"
#include "cpt-order-panes.h"
#include "cpt-order-ticker.h"

#define MOST_TABS 3

/* What sets one view apart from the other. */
typedef struct
{
  const char *name;
  guint n_tabs;
  CptOrderTab tabs[MOST_TABS];
} Kind;

static const Kind web_orders = {
  N_ ("Web orders"),
  3,
  { CPT_ORDER_TAB_TODAY, CPT_ORDER_TAB_LATER, CPT_ORDER_TAB_ALL },
};

static const Kind sent_orders = {
  N_ ("Sent orders"),
  2,
  { CPT_ORDER_TAB_TILL, CPT_ORDER_TAB_TILL_ALL },
};

struct _CptOrdersPage
{
  AdwBin parent_instance;

  const Kind *kind;
  CptEngine *engine;      /* (owned) */
  CptOrderTicker *ticker; /* (owned) */
  CptOrderDeeds *deeds;   /* (owned) */
  CptOrderModel *list;    /* (owned) */
  CptOrderCards *cards;   /* (owned) */
  gint64 shown;           /* the order whose detail is open, 0 for none */
  gint64 told;            /* the same as others know it: 0 while the page is not on the screen */
  GdkSurface *surface;    /* (owned) (nullable) while the page is mapped */
  AdwToast *toast;        /* (weak) (nullable) the last failure that was told */

  /* (owned by their parents) */
  AdwToastOverlay *toasts;
  GtkWidget *panes, *detail, *stack, *empty, *new_order, *view, *search;
  GtkWidget *tabs[MOST_TABS];
};

enum
{
  SIGNAL_DETAIL_SHOWN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptOrdersPage, cpt_orders_page, ADW_TYPE_BIN)

/* --- Another list, shown from its top --- */

/* A list view keeps the row it was at in sight, also when another list comes: what needs somebody
 * most would stand above, unseen. So it has none until the other one is there. */
static void
take_list_away (CptOrdersPage *self)
{
  gtk_no_selection_set_model (GTK_NO_SELECTION (
                                  gtk_list_view_get_model (GTK_LIST_VIEW (self->view))),
                              NULL);
}

static void
bring_list_back (CptOrdersPage *self)
{
  GtkNoSelection *selection =
      GTK_NO_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (self->view)));

  if (gtk_no_selection_get_model (selection) == NULL)
    gtk_no_selection_set_model (selection, G_LIST_MODEL (self->list));
}

static void
list_failed_cb (CptOrdersPage *self)
{
  bring_list_back (self);
}

static void
failed_cb (CptOrdersPage *self, const char *message)
{
  g_autofree char *plain = g_markup_escape_text (message, -1);
  AdwToast *toast = NULL;

  /* The bar says it already, and whole. */
  if (g_strcmp0 (message, cpt_engine_get_trouble (self->engine)) == 0)
    return;
  toast = adw_toast_new (plain);
  /* The last one counts: a queue of them would speak of what is long over. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_set_timeout (toast, 8);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* --- What is chosen --- */

static gboolean
is_on_screen (CptOrdersPage *self)
{
  if (self->surface == NULL)
    return FALSE;
  return !GDK_IS_TOPLEVEL (self->surface) ||
         (gdk_toplevel_get_state (GDK_TOPLEVEL (self->surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) ==
             0;
}

/* An order rings until somebody looks at it: a detail behind another view is looked at by nobody.
 */
static void
tell_shown (CptOrdersPage *self)
{
  gint64 row = is_on_screen (self) ? self->shown : 0;

  if (self->told == row)
    return;
  self->told = row;
  g_signal_emit (self, signals[SIGNAL_DETAIL_SHOWN], 0, row);
}

static void
set_shown (CptOrdersPage *self, gint64 row)
{
  if (self->shown == row)
    return;
  self->shown = row;
  cpt_order_detail_set_row (CPT_ORDER_DETAIL (self->detail), row);
  cpt_order_panes_set_open (CPT_ORDER_PANES (self->panes), row != 0);
  cpt_order_cards_select (self->cards, row);
  tell_shown (self);
}

static void
closed_cb (CptOrdersPage *self)
{
  set_shown (self, 0);
  gtk_widget_grab_focus (self->view);
}

static void
row_activated_cb (CptOrdersPage *self, guint position)
{
  g_autoptr (CptOrderEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (entry != NULL)
    cpt_orders_page_show_order (self, cpt_order_entry_get_key (entry));
}

/* --- The list --- */

static void
card_setup_cb (CptOrdersPage *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, cpt_order_cards_make (self->cards));
}

static void
card_bind_cb (CptOrdersPage *self, GtkListItem *item)
{
  cpt_order_card_set_entry (CPT_ORDER_CARD (gtk_list_item_get_child (item)),
                            gtk_list_item_get_item (item));
}

static void
card_unbind_cb (CptOrdersPage *self, GtkListItem *item)
{
  cpt_order_card_set_entry (CPT_ORDER_CARD (gtk_list_item_get_child (item)), NULL);
}

static void
card_teardown_cb (CptOrdersPage *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, NULL);
}

static GtkWidget *
make_list (CptOrdersPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (card_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (card_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (card_unbind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "teardown", G_CALLBACK (card_teardown_cb), self,
                           G_CONNECT_SWAPPED);
  /* Not a single selection: that one asks for every item of a span to find its own again. */
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (
                                      g_object_ref (G_LIST_MODEL (self->list)))),
                                  factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  cpt_order_cards_watch (self->cards, self->view);
  gtk_widget_add_css_class (self->view, "cpt-orders");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (self->kind->name), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  return scroller;
}

/* --- Empty states --- */

typedef struct
{
  const char *icon, *title, *text;
} Empty;

static const Empty empties[] = {
  /* TRANSLATORS: what stands where there is no order, and what to do. */
  [CPT_ORDER_TAB_TODAY] = { "object-select-symbolic", N_ ("No order to look after"),
                            N_ ("New orders appear here by themselves and ring. F5 checks now.") },
  [CPT_ORDER_TAB_LATER] = { "alarm-symbolic", N_ ("Nothing for later"),
                            N_ ("Orders wanted for another day wait here until their day.") },
  [CPT_ORDER_TAB_ALL] = { "view-list-symbolic", N_ ("No orders yet"),
                          N_ ("Every order that arrives is kept here, also when it is finished.") },
  [CPT_ORDER_TAB_TILL] = { "document-send-symbolic", N_ ("No order in progress"),
                           N_ ("Orders taken at this till are followed here. F2 takes one.") },
  [CPT_ORDER_TAB_TILL_ALL] = { "document-send-symbolic", N_ ("No order taken at this till yet"),
                               N_ ("F2 takes the first one. Finished orders stay here too.") },
};

static gboolean
is_all (CptOrderTab tab)
{
  return tab == CPT_ORDER_TAB_ALL || tab == CPT_ORDER_TAB_TILL_ALL;
}

static void
update_empty (CptOrdersPage *self)
{
  const Empty *empty = &empties[cpt_order_model_get_tab (self->list)];
  const char *searched = cpt_order_model_get_text (self->list);
  AdwStatusPage *page = ADW_STATUS_PAGE (self->empty);

  gtk_widget_set_visible (self->new_order, self->kind == &sent_orders && searched == NULL);
  if (searched == NULL)
    {
      adw_status_page_set_icon_name (page, empty->icon);
      adw_status_page_set_title (page, _ (empty->title));
      adw_status_page_set_description (page, _ (empty->text));
      return;
    }
  adw_status_page_set_icon_name (page, "system-search-symbolic");
  adw_status_page_set_title (page, _ ("Nothing found"));
  adw_status_page_set_description (
      page, is_all (cpt_order_model_get_tab (self->list))
                ? _ ("Search for a number, a customer, a phone or a product.")
                : _ ("Finished orders are found under All."));
}

static void
listed_cb (CptOrdersPage *self)
{
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;

  bring_list_back (self);
  if (!some)
    update_empty (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), some ? "list" : "empty");
}

/* --- Tabs and search --- */

static CptOrderTab
current_tab (CptOrdersPage *self)
{
  for (guint i = 0; i < self->kind->n_tabs; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->tabs[i])))
      return self->kind->tabs[i];
  return self->kind->tabs[0];
}

static void
query (CptOrdersPage *self)
{
  cpt_order_model_set_query (self->list, current_tab (self),
                             gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
tab_toggled_cb (CptOrdersPage *self, GtkToggleButton *tab)
{
  if (!gtk_toggle_button_get_active (tab))
    return;
  take_list_away (self);
  query (self);
}

static char *
tab_label (CptOrderTab tab, const CptEngineCounts *counts)
{
  switch (tab)
    {
    case CPT_ORDER_TAB_TODAY:
      /* TRANSLATORS: tabs of the list of orders, each with how many orders stand there. */
      return g_strdup_printf (C_ ("tab", "Today %d"), (int)counts->today);
    case CPT_ORDER_TAB_LATER:
      return g_strdup_printf (C_ ("tab", "Later %d"), (int)counts->later);
    case CPT_ORDER_TAB_TILL:
      /* TRANSLATORS: a tab: the orders of this till that are not finished, and how many. */
      return g_strdup_printf (C_ ("tab", "In progress %d"), (int)counts->till);
    case CPT_ORDER_TAB_TILL_ALL:
      /* TRANSLATORS: a tab: all orders of this till. */
      return g_strdup (C_ ("tab", "All"));
    case CPT_ORDER_TAB_ALL:
    default:
      return g_strdup_printf (C_ ("tab", "All %d"), (int)counts->all);
    }
}

static void
counts_changed_cb (CptOrdersPage *self)
{
  CptEngineCounts counts = { 0 };

  cpt_engine_get_counts (self->engine, &counts);
  for (guint i = 0; i < self->kind->n_tabs; i++)
    {
      g_autofree char *label = tab_label (self->kind->tabs[i], &counts);

      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->tabs[i])), label) != 0)
        gtk_button_set_label (GTK_BUTTON (self->tabs[i]), label);
    }
}

static void
stop_search_cb (CptOrdersPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->view);
}

static GtkWidget *
make_tabs (CptOrdersPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < self->kind->n_tabs; i++)
    {
      self->tabs[i] = gtk_toggle_button_new_with_label ("");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->tabs[i]),
                                   i > 0 ? GTK_TOGGLE_BUTTON (self->tabs[0]) : NULL);
      gtk_widget_add_css_class (self->tabs[i], "cpt-tab");
      gtk_box_append (GTK_BOX (box), self->tabs[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tabs[0]), TRUE);
  for (guint i = 0; i < self->kind->n_tabs; i++)
    g_signal_connect_swapped (self->tabs[i], "toggled", G_CALLBACK (tab_toggled_cb), self);
  return box;
}

static GtkWidget *
make_toolbar (CptOrdersPage *self)
{
  GtkWidget *toolbar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Number, customer, phone, product"), NULL);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search), 26);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search orders"), -1);
  gtk_widget_add_css_class (self->search, "cpt-search");
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (query), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (toolbar), make_tabs (self));
  gtk_box_append (GTK_BOX (toolbar), space);
  gtk_box_append (GTK_BOX (toolbar), self->search);
  gtk_widget_add_css_class (toolbar, "cpt-toolbar");
  return toolbar;
}

static GtkWidget *
make_empty (CptOrdersPage *self)
{
  self->empty = adw_status_page_new ();
  self->new_order = gtk_button_new_with_label (_ ("New order"));
  gtk_widget_set_halign (self->new_order, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->new_order, "large-button");
  gtk_widget_add_css_class (self->new_order, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->new_order), "win.new-order");
  adw_status_page_set_child (ADW_STATUS_PAGE (self->empty), self->new_order);
  return self->empty;
}

static GtkWidget *
make_side (CptOrdersPage *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "wait");
  gtk_stack_add_named (GTK_STACK (self->stack), make_list (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (self), "empty");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (side), make_toolbar (self));
  gtk_box_append (GTK_BOX (side), self->stack);
  return side;
}

/* --- The object --- */

static void
cpt_orders_page_map (GtkWidget *widget)
{
  CptOrdersPage *self = CPT_ORDERS_PAGE (widget);

  GTK_WIDGET_CLASS (cpt_orders_page_parent_class)->map (widget);
  g_set_object (&self->surface, gtk_native_get_surface (gtk_widget_get_native (widget)));
  if (GDK_IS_TOPLEVEL (self->surface))
    g_signal_connect_swapped (self->surface, "notify::state", G_CALLBACK (tell_shown), self);
  tell_shown (self);
}

static void
cpt_orders_page_unmap (GtkWidget *widget)
{
  CptOrdersPage *self = CPT_ORDERS_PAGE (widget);

  GTK_WIDGET_CLASS (cpt_orders_page_parent_class)->unmap (widget);
  if (self->surface != NULL)
    g_signal_handlers_disconnect_by_data (self->surface, self);
  g_clear_object (&self->surface);
  tell_shown (self);
}

static void
cpt_orders_page_dispose (GObject *object)
{
  CptOrdersPage *self = CPT_ORDERS_PAGE (object);

  g_clear_weak_pointer (&self->toast);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->list);
  g_clear_object (&self->deeds);
  g_clear_object (&self->ticker);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_orders_page_parent_class)->dispose (object);
}

static void
cpt_orders_page_finalize (GObject *object)
{
  g_clear_object (&CPT_ORDERS_PAGE (object)->cards);
  G_OBJECT_CLASS (cpt_orders_page_parent_class)->finalize (object);
}

static void
cpt_orders_page_class_init (CptOrdersPageClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = cpt_orders_page_map;
  GTK_WIDGET_CLASS (klass)->unmap = cpt_orders_page_unmap;
  G_OBJECT_CLASS (klass)->dispose = cpt_orders_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_orders_page_finalize;

  signals[SIGNAL_DETAIL_SHOWN] =
      g_signal_new ("detail-shown", CPT_TYPE_ORDERS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cpt_orders_page_init (CptOrdersPage *self)
{
}

static void
connect_parts (CptOrdersPage *self)
{
  g_signal_connect_object (self->deeds, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deeds, "show", G_CALLBACK (cpt_orders_page_show_order), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (list_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "listed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "counts-changed", G_CALLBACK (counts_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static CptOrdersPage *
new_page (CptEngine *engine, const Kind *kind)
{
  CptOrdersPage *self = g_object_new (CPT_TYPE_ORDERS_PAGE, NULL);

  self->kind = kind;
  self->engine = g_object_ref (engine);
  self->ticker = cpt_order_ticker_new (engine);
  self->cards = cpt_order_cards_new (self->ticker);
  self->deeds = cpt_order_deeds_new (engine, GTK_WIDGET (self));
  self->list = cpt_order_model_new (engine);
  self->detail = cpt_order_detail_new (engine, self->ticker);
  self->panes = cpt_order_panes_new (make_side (self), self->detail);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, self->panes);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->toasts));
  connect_parts (self);
  counts_changed_cb (self);
  query (self);
  return self;
}

/**
 * cpt_orders_page_new:
 * @engine: the engine whose orders are shown
 *
 * Returns: (transfer floating): the view "Web orders"
 */
CptOrdersPage *
cpt_orders_page_new (CptEngine *engine)
{
  return new_page (engine, &web_orders);
}

/**
 * cpt_orders_page_new_sent:
 * @engine: the engine whose orders are shown
 *
 * Returns: (transfer floating): the view "Sent orders", of those that were made at this till
 */
CptOrdersPage *
cpt_orders_page_new_sent (CptEngine *engine)
{
  return new_page (engine, &sent_orders);
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

  set_shown (self, row);
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

  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}
