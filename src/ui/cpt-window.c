/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: header with the views, connection bar, the views themselves. Main thread only. */
#include "cpt-window-private.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-hubrise-page.h"
#include "cpt-sale-page.h"
#include "cpt-stock-page.h"
#include "cpt-view-button.h"

G_DEFINE_FINAL_TYPE (CptWindow, cpt_window, ADW_TYPE_APPLICATION_WINDOW)

static guint detail_shown_signal;

/* --- The views --- */

/* Of web orders alone: what was made at this till does not ring. */
static void
page_detail_shown_cb (CptOrdersPage *page, gint64 row, CptWindow *self)
{
  g_signal_emit (self, detail_shown_signal, 0, row);
}

static GtkWidget *
new_orders_view (CptWindow *self)
{
  GtkWidget *stack = gtk_stack_new ();

  self->order_stack = stack;
  self->orders = cpt_orders_page_new (self->engine);
  g_signal_connect_object (self->orders, "detail-shown", G_CALLBACK (page_detail_shown_cb), self,
                           0);
  gtk_stack_add_named (GTK_STACK (stack), GTK_WIDGET (self->orders), "orders");
  gtk_stack_add_named (GTK_STACK (stack), GTK_WIDGET (cpt_start_page_new (self->engine)), "start");
  return stack;
}

static GtkWidget *
new_sent_view (CptWindow *self)
{
  self->sent = cpt_orders_page_new_sent (self->engine);
  return GTK_WIDGET (self->sent);
}

static GtkWidget *
new_hubrise_view (CptWindow *self)
{
  return GTK_WIDGET (cpt_hubrise_page_new (self->engine, self->alert));
}

static GtkWidget *
new_stock_view (CptWindow *self)
{
  return cpt_stock_page_new (self->engine);
}

/* A view is one line here: its place is its key, Control and the number. */
static const struct
{
  const char *name;
  const char *title;
  GtkWidget *(*make) (CptWindow *self);
  gboolean quiet; /* what is counted there calls for nobody */
} views[] = {
  { "orders", N_ ("Web orders"), new_orders_view },
  { "sent", N_ ("Sent orders"), new_sent_view, TRUE },
  /* TRANSLATORS: the view of what is in stock. */
  { "stock", N_ ("Stock"), new_stock_view },
  /* TRANSLATORS: the name of the service; it is not translated. */
  { "hubrise", N_ ("HubRise"), new_hubrise_view },
};

static void
add_view (CptWindow *self, guint i)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  GtkWidget *view = views[i].make (self);
  g_autofree char *action = g_strdup_printf ("win.view::%s", views[i].name);
  g_autofree char *key = g_strdup_printf ("<Control>%u", i + 1);
  const char *keys[] = { key, NULL };
  GtkWidget *button = cpt_view_button_new (views[i].name, _ (views[i].title));

  gtk_stack_add_named (self->views, view, views[i].name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (views[i].title), -1);
  cpt_view_button_set_quiet (CPT_VIEW_BUTTON (button), views[i].quiet);
  gtk_box_append (self->switcher, button);
  if (app != NULL)
    gtk_application_set_accels_for_action (app, action, keys);
}

static void
show_counts (CptWindow *self)
{
  CptEngineCounts counts = { 0 };
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->switcher));

  cpt_engine_get_counts (self->engine, &counts);
  if (first == NULL)
    return;
  cpt_view_button_set_count (CPT_VIEW_BUTTON (first), counts.waiting);
  cpt_view_button_set_count (CPT_VIEW_BUTTON (gtk_widget_get_next_sibling (first)), counts.till);
}

/* Who is not connected and has no orders is shown how to begin; orders once here stay in sight. */
static void
show_start_or_orders (CptWindow *self)
{
  CptEngineCounts counts = { 0 };
  CptConnectionState state = cpt_engine_get_connection (self->engine)->state;
  gboolean begins = state == CPT_CONNECTION_NONE || state == CPT_CONNECTION_CONNECTING;

  if (self->order_stack == NULL)
    return;
  cpt_engine_get_counts (self->engine, &counts);
  gtk_stack_set_visible_child_name (GTK_STACK (self->order_stack),
                                    begins && counts.all == 0 ? "start" : "orders");
}

/* While a code is exchanged, and beside another Comptoir, neither would do anything. */
static void
allow_connecting (CptWindow *self)
{
  gboolean possible = cpt_engine_get_lock_holder (self->engine) == 0 &&
                      cpt_engine_get_connection (self->engine)->state != CPT_CONNECTION_CONNECTING;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.connect", possible);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.disconnect", possible);
}

/* Where nothing is bound there is nothing to pause; what comes in need not be resumed. */
static void
allow_pausing (CptWindow *self)
{
  GApplication *app = g_application_get_default ();
  GAction *resume =
      app != NULL ? g_action_map_lookup_action (G_ACTION_MAP (app), "resume-orders") : NULL;
  gboolean possible = cpt_engine_get_lock_holder (self->engine) == 0 &&
                      cpt_engine_get_connection (self->engine)->state != CPT_CONNECTION_NONE;
  g_auto (CptOrdersState) orders = { 0 };

  cpt_engine_get_acceptance (self->engine, &orders);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.pause", possible);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.busy", possible);
  if (resume != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (resume),
                                 possible && (orders.mode != CPT_ORDERS_OPEN || orders.unsent));
}

static void
engine_changed_cb (CptEngine *engine, CptWindow *self)
{
  allow_connecting (self);
  allow_pausing (self);
  show_counts (self);
  show_start_or_orders (self);
}

/* --- What the application asks for --- */

static void
tell_cb (const char *text, gpointer data)
{
  cpt_window_toast (data, text);
}

static void
sale_left_cb (CptWindow *self)
{
  cpt_window_show_view (self, self->view_before != NULL ? self->view_before : "sent");
}

/* A view like the others, with a button of its own instead of one among theirs. */
static void
add_sale (CptWindow *self)
{
  self->sale = cpt_sale_page_new (self->engine);
  g_signal_connect_object (self->sale, "left", G_CALLBACK (sale_left_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New order"), -1);
  gtk_stack_add_named (self->views, self->sale, "sale");
  gtk_widget_set_visible (self->new_order, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-order",
                                 cpt_engine_get_lock_holder (self->engine) == 0);
}

static void
make_views (CptWindow *self)
{
  if (self->orders != NULL)
    return;
  self->stock = cpt_stock_commands_new (GTK_WINDOW (self), self->engine, tell_cb, self);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    add_view (self, i);
  add_sale (self);
  cpt_connection_bar_set_engine (self->bar, self->engine);
  g_signal_connect_object (self->engine, "counts-changed", G_CALLBACK (engine_changed_cb), self, 0);
  g_signal_connect_object (self->engine, "connection-changed", G_CALLBACK (engine_changed_cb), self,
                           0);
  engine_changed_cb (self->engine, self);
}

/**
 * cpt_window_show_opened:
 * @self: the window
 * @error: (nullable): why the database could not be opened; %NULL when it is open
 */
void
cpt_window_show_opened (CptWindow *self, const GError *error)
{
  g_return_if_fail (CPT_IS_WINDOW (self));

  if (error != NULL)
    {
      cpt_trouble_page_show (self->trouble, self->engine, error);
      gtk_stack_set_visible_child_name (self->pages, "trouble");
      return;
    }
  make_views (self);
  gtk_stack_set_visible_child_name (self->pages, "shop");
  if (self->wanted_row != 0)
    cpt_window_show_order (self, self->wanted_row);
}

/* An order of this till stands among the sent ones. */
static void
wanted_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptWindow) self = data;
  g_autoptr (GPtrArray) rows = cpt_engine_load_rows_finish (CPT_ENGINE (source), result, NULL);
  const CptOrderRow *row = rows != NULL && rows->len > 0 ? rows->pdata[0] : NULL;
  gboolean sent = row != NULL && row->till;

  /* Closed meanwhile. */
  if (self->engine == NULL)
    return;
  cpt_window_show_view (self, sent ? "sent" : "orders");
  gtk_stack_set_visible_child_name (GTK_STACK (self->order_stack), "orders");
  if (row != NULL)
    cpt_orders_page_show_order (sent ? self->sent : self->orders, row->row);
}

/**
 * cpt_window_show_order:
 * @self: the window
 * @row: the order whose detail is wanted; shown later where the database is not open yet
 */
void
cpt_window_show_order (CptWindow *self, gint64 row)
{
  g_return_if_fail (CPT_IS_WINDOW (self));

  self->wanted_row = self->orders == NULL ? row : 0;
  if (self->orders != NULL)
    cpt_engine_load_rows_async (self->engine, &row, 1, NULL, wanted_loaded_cb, g_object_ref (self));
}

/* A toast's own close button has no name in the library. */
static void
name_toasts (CptWindow *self)
{
  GtkWidget *content = adw_toast_overlay_get_child (self->toasts);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->toasts)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != content)
      /* TRANSLATORS: a message at the lower edge of the window. */
      cpt_compat_name_inside (child, GTK_TYPE_BUTTON, _ ("Close the message"));
}

/* @seconds: 0 for until somebody closes it */
static void
show_toast (CptWindow *self, const char *text, guint seconds)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  /* What is said now matters more than what was said before: no queue. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_set_timeout (toast, seconds);
  adw_toast_overlay_add_toast (self->toasts, toast);
  name_toasts (self);
}

/**
 * cpt_window_toast:
 * @self: the window
 * @text: what happened, translated, no markup
 */
void
cpt_window_toast (CptWindow *self, const char *text)
{
  show_toast (self, text, 6);
}

/**
 * cpt_window_tell:
 * @self: the window
 * @text: what somebody may want to write down, translated, no markup: stays until it is closed
 */
void
cpt_window_tell (CptWindow *self, const char *text)
{
  show_toast (self, text, 0);
}

/**
 * cpt_window_tell_connected:
 * @self: the window
 *
 * Says where this till is connected to and closes the connect dialog.
 */
void
cpt_window_tell_connected (CptWindow *self)
{
  const CptConnection *connection = cpt_engine_get_connection (self->engine);
  g_autofree char *text = NULL;

  if (connection->location_name != NULL)
    /* TRANSLATORS: %s is the location's name. */
    text = g_strdup_printf (_ ("This till is connected to %s"), connection->location_name);
  else
    text = g_strdup (_ ("This till is connected to HubRise"));
  if (self->dialog != NULL)
    gtk_window_close (GTK_WINDOW (self->dialog));
  cpt_window_toast (self, text);
}

/**
 * cpt_window_show_print_trouble:
 * @self: the window
 * @text: (nullable): why a ticket did not come out, translated; %NULL when that is over
 * @n: how many did not
 */
void
cpt_window_show_print_trouble (CptWindow *self, const char *text, guint n)
{
  g_return_if_fail (CPT_IS_WINDOW (self));

  if (text != NULL)
    cpt_print_trouble_show (self->print_trouble, text, n);
  else
    cpt_print_trouble_clear (self->print_trouble);
}

/* --- The window itself --- */

static void
restore_size (CptWindow *self)
{
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (CptWindow *self)
{
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width = 0, height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized", maximized);
  if (maximized || gtk_window_is_fullscreen (GTK_WINDOW (self)) || width <= 0 || height <= 0)
    return;
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
}

static void
cpt_window_unmap (GtkWidget *widget)
{
  save_size (CPT_WINDOW (widget));
  GTK_WIDGET_CLASS (cpt_window_parent_class)->unmap (widget);
}

static void
cpt_window_dispose (GObject *object)
{
  CptWindow *self = CPT_WINDOW (object);

  if (self->stock != NULL)
    cpt_stock_commands_close (self->stock);
  g_clear_object (&self->stock);
  g_clear_weak_pointer (&self->dialog);
  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->alert);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_window_parent_class)->dispose (object);
}

static void
cpt_window_class_init (CptWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_window_dispose;
  widget_class->unmap = cpt_window_unmap;
  detail_shown_signal = g_signal_new ("detail-shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  g_type_ensure (CPT_TYPE_CONNECTION_BAR);
  g_type_ensure (CPT_TYPE_PRINT_TROUBLE);
  g_type_ensure (CPT_TYPE_SELLER_BUTTON);
  g_type_ensure (CPT_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/comptoir/Comptoir/cpt-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CptWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, views);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, new_order);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, demo_badge);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, print_trouble);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, seller);
  gtk_widget_class_bind_template_child (widget_class, CptWindow, trouble);
  cpt_window_install_actions (widget_class);
}

static void
cpt_window_init (CptWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* TRANSLATORS: of the window. */
  cpt_compat_name_menu_button (self->menu_button, _ ("Main menu"));
  cpt_window_add_stateful_actions (self);
  /* Until there is something to sell from. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-order", FALSE);
}

static void
name_window (CptWindow *self)
{
  const char *profile = cpt_profile_get_name (cpt_engine_get_profile (self->engine));
  gboolean is_demo = g_str_equal (profile, "demo");

  gtk_widget_set_visible (self->demo_badge, is_demo);
  gtk_window_set_title (GTK_WINDOW (self), is_demo ? _ ("Comptoir, demo shop") : "Comptoir");
}

/**
 * cpt_window_new:
 * @app: the application
 * @engine: the engine; the views are made once it is open
 * @alert: (nullable): the alerts, for what they have to say on the HubRise page
 *
 * Returns: (transfer none): the window, which GTK owns
 */
CptWindow *
cpt_window_new (GtkApplication *app, CptEngine *engine, CptAlert *alert)
{
  CptWindow *self = g_object_new (CPT_TYPE_WINDOW, "application", app, NULL);

  self->engine = g_object_ref (engine);
  g_set_object (&self->alert, alert);
  cpt_seller_button_set_settings (self->seller,
                                  cpt_profile_get_settings (cpt_engine_get_profile (engine)));
  restore_size (self);
  name_window (self);
  return self;
}
