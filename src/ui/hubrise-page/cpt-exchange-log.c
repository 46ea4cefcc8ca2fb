/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of exchanges with its search and its filter. Main thread only. */
#include "cpt-exchange-log.h"

#include <glib/gi18n-lib.h>

#include "cpt-exchange-list.h"
#include "cpt-exchange-row.h"
#include "cpt-exchange-window.h"

struct _CptExchangeLog
{
  AdwBin parent_instance;

  CptEngine *engine;     /* (owned) */
  CptExchangeList *list; /* (owned) */

  GtkListView *view;
  GtkEditable *search;
  GtkToggleButton *failures;
  GtkStack *stack;
  AdwStatusPage *empty;
};

G_DEFINE_FINAL_TYPE (CptExchangeLog, cpt_exchange_log, ADW_TYPE_BIN)

/* --- Rows --- */

static void
show_item (GtkListItem *item, CptEngine *engine)
{
  CptExchangeItem *exchange = gtk_list_item_get_item (item);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);
  CptTime now = cpt_clock_now (cpt_engine_get_clock (engine));

  cpt_exchange_row_show (CPT_EXCHANGE_ROW (gtk_list_item_get_child (item)),
                         cpt_exchange_item_get_exchange (exchange), now, zone);
}

static void
exchange_changed_cb (CptExchangeItem *exchange, GParamSpec *pspec, GtkListItem *item)
{
  show_item (item, g_object_get_data (G_OBJECT (item), "engine"));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CptExchangeLog *self)
{
  g_object_set_data (G_OBJECT (item), "engine", self->engine);
  gtk_list_item_set_child (item, cpt_exchange_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CptExchangeLog *self)
{
  g_signal_connect_object (gtk_list_item_get_item (item), "notify::exchange",
                           G_CALLBACK (exchange_changed_cb), item, 0);
  show_item (item, self->engine);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CptExchangeLog *self)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), exchange_changed_cb, item);
}

static GtkListItemFactory *
new_factory (CptExchangeLog *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  return factory;
}

/* --- Search, filter, older ones, one of them --- */

/* An empty list says why it is empty. */
static void
show_why_empty (CptExchangeLog *self)
{
  gboolean searched = *gtk_editable_get_text (self->search) != '\0';
  const char *title = NULL;
  const char *words = NULL;

  if (searched)
    {
      title = _ ("Nothing found");
      words = _ ("No exchange has these words in its order, its path or its reason.");
    }
  else if (gtk_toggle_button_get_active (self->failures))
    {
      title = _ ("No failures");
      words = _ ("HubRise took every request of the last seven days.");
    }
  else
    {
      title = _ ("No exchanges");
      words = _ ("Every request to HubRise is listed here once it is answered.");
    }
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, words);
}

static void
filter_changed_cb (GtkWidget *widget, CptExchangeLog *self)
{
  show_why_empty (self);
  cpt_exchange_list_set_filter (self->list, gtk_editable_get_text (self->search),
                                gtk_toggle_button_get_active (self->failures));
}

static void
edge_reached_cb (GtkScrolledWindow *window, GtkPositionType edge, CptExchangeLog *self)
{
  if (edge == GTK_POS_BOTTOM)
    cpt_exchange_list_load_older (self->list);
}

static void
activated_cb (GtkListView *view, guint position, CptExchangeLog *self)
{
  g_autoptr (CptExchangeItem) item =
      g_list_model_get_item (cpt_exchange_list_get_model (self->list), position);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (item != NULL)
    gtk_window_present (GTK_WINDOW (
        cpt_exchange_window_new (window, self->engine, cpt_exchange_item_get_exchange (item)->id)));
}

static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  CptExchangeLog *self)
{
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (model) > 0 ? "list" : "empty");
}

/* --- The object --- */

static void
cpt_exchange_log_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cpt_exchange_log_parent_class)->map (widget);
  cpt_exchange_list_set_active (CPT_EXCHANGE_LOG (widget)->list, TRUE);
}

static void
cpt_exchange_log_unmap (GtkWidget *widget)
{
  cpt_exchange_list_set_active (CPT_EXCHANGE_LOG (widget)->list, FALSE);
  GTK_WIDGET_CLASS (cpt_exchange_log_parent_class)->unmap (widget);
}

static void
cpt_exchange_log_dispose (GObject *object)
{
  CptExchangeLog *self = CPT_EXCHANGE_LOG (object);

  g_clear_object (&self->list);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_exchange_log_parent_class)->dispose (object);
}

static void
cpt_exchange_log_class_init (CptExchangeLogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_exchange_log_dispose;
  widget_class->map = cpt_exchange_log_map;
  widget_class->unmap = cpt_exchange_log_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/comptoir/Comptoir/hubrise-page/cpt-exchange-log.ui");
  gtk_widget_class_bind_template_child (widget_class, CptExchangeLog, view);
  gtk_widget_class_bind_template_child (widget_class, CptExchangeLog, search);
  gtk_widget_class_bind_template_child (widget_class, CptExchangeLog, failures);
  gtk_widget_class_bind_template_child (widget_class, CptExchangeLog, stack);
  gtk_widget_class_bind_template_child (widget_class, CptExchangeLog, empty);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
cpt_exchange_log_init (CptExchangeLog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_why_empty (self);
}

/**
 * cpt_exchange_log_new:
 * @engine: the engine whose exchanges are listed
 *
 * Returns: (transfer floating): the log, which reads only while it can be seen
 */
CptExchangeLog *
cpt_exchange_log_new (CptEngine *engine)
{
  CptExchangeLog *self = g_object_new (CPT_TYPE_EXCHANGE_LOG, NULL);
  g_autoptr (GtkListItemFactory) factory = NULL;
  g_autoptr (GtkNoSelection) selection = NULL;

  self->engine = g_object_ref (engine);
  self->list = cpt_exchange_list_new (engine);
  factory = new_factory (self);
  selection = gtk_no_selection_new (g_object_ref (cpt_exchange_list_get_model (self->list)));
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (cpt_exchange_list_get_model (self->list), "items-changed",
                           G_CALLBACK (items_changed_cb), self, 0);
  return self;
}

/**
 * cpt_exchange_log_focus_search:
 * @self: the log
 *
 * Moves the keyboard into the search field.
 */
void
cpt_exchange_log_focus_search (CptExchangeLog *self)
{
  g_return_if_fail (CPT_IS_EXCHANGE_LOG (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (self->search, 0, -1);
}
