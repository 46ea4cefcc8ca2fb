/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The warning window. Main thread only. */
#include "cpt-alert-window.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "cpt-order-card.h"
#include "cpt-order-deeds.h"
#include "cpt-order-entry.h"
#include "cpt-order-ticker.h"

/* Of the smallest screen there is. */
#define WIDTH 1000
/* Title and buttons, and a card whose text stands on three lines. */
#define FRAME_HEIGHT 150
#define CARD_HEIGHT  140
#define MOST_CARDS   3

struct _CptAlertWindow
{
  GtkWindow parent_instance;

  CptOrderTicker *ticker; /* (owned) */
  CptOrderDeeds *deeds;   /* (owned) */
  GListStore *entries;    /* (owned) (element-type CptOrderEntry) */
  AdwToast *toast;        /* (weak) (nullable) the last failure that was told */

  /* (owned by their parents) */
  AdwToastOverlay *toasts;
  GtkWidget *title, *list, *quiet;
};

enum
{
  SIGNAL_QUIET,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptAlertWindow, cpt_alert_window, GTK_TYPE_WINDOW)

static void
failed_cb (CptAlertWindow *self, const char *message)
{
  g_autofree char *plain = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (plain);

  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_order (CptAlertWindow *self, gint64 row)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  if (app != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (app), "show-order", g_variant_new_int64 (row));
}

static void
row_activated_cb (CptAlertWindow *self, GtkListBoxRow *row)
{
  g_autoptr (CptOrderEntry) entry =
      g_list_model_get_item (G_LIST_MODEL (self->entries), gtk_list_box_row_get_index (row));

  if (entry != NULL)
    show_order (self, cpt_order_entry_get_key (entry));
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  CptAlertWindow *self = data;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *card = cpt_order_card_new (self->ticker);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), card);
  cpt_order_card_set_entry (CPT_ORDER_CARD (card), item);
  return row;
}

static void
quiet_cb (CptAlertWindow *self)
{
  g_signal_emit (self, signals[SIGNAL_QUIET], 0);
}

static GtkWidget *
make_foot (CptAlertWindow *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *later = gtk_button_new_with_label (_ ("Hide this window"));

  self->quiet = gtk_button_new ();
  gtk_widget_add_css_class (self->quiet, "cpt-deed");
  gtk_widget_add_css_class (later, "cpt-deed");
  gtk_widget_set_hexpand (self->quiet, TRUE);
  gtk_widget_set_halign (self->quiet, GTK_ALIGN_START);
  g_signal_connect_swapped (self->quiet, "clicked", G_CALLBACK (quiet_cb), self);
  g_signal_connect_swapped (later, "clicked", G_CALLBACK (gtk_window_close), self);
  gtk_box_append (GTK_BOX (foot), self->quiet);
  gtk_box_append (GTK_BOX (foot), later);
  gtk_widget_add_css_class (foot, "alert-foot");
  return foot;
}

static GtkWidget *
make_list (CptAlertWindow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->entries), make_row, self,
                           NULL);
  gtk_widget_add_css_class (self->list, "cpt-orders");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Orders that wait for a decision"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static gboolean
cpt_alert_window_close_request (GtkWindow *window)
{
  /* The next order brings it back; the sound goes on. */
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  return TRUE;
}

static void
cpt_alert_window_dispose (GObject *object)
{
  CptAlertWindow *self = CPT_ALERT_WINDOW (object);

  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->deeds);
  g_clear_object (&self->entries);
  g_clear_object (&self->ticker);
  G_OBJECT_CLASS (cpt_alert_window_parent_class)->dispose (object);
}

static void
cpt_alert_window_class_init (CptAlertWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_alert_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cpt_alert_window_close_request;

  signals[SIGNAL_QUIET] = g_signal_new ("quiet", CPT_TYPE_ALERT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_alert_window_init (CptAlertWindow *self)
{
  self->entries = g_list_store_new (CPT_TYPE_ORDER_ENTRY);
}

static void
fill (CptAlertWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "alert-title");
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), make_list (self));
  gtk_box_append (GTK_BOX (box), make_foot (self));
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, box);
  gtk_window_set_child (GTK_WINDOW (self), GTK_WIDGET (self->toasts));
  cpt_alert_window_set_quiet (self, 0);
}

/* Of a group of its own: a dialog keeps hands off the windows of its group only, and an order must
 * be answered whatever is open. What asks from here joins this group by itself. */
static void
stand_apart (CptAlertWindow *self)
{
  g_autoptr (GtkWindowGroup) group = gtk_window_group_new ();

  gtk_window_group_add_window (group, GTK_WINDOW (self));
}

/**
 * cpt_alert_window_new:
 * @app: has the action "show-order"
 *
 * Returns: (transfer none): the hidden window; gtk_window_destroy() ends it
 */
CptAlertWindow *
cpt_alert_window_new (CptEngine *engine, GtkApplication *app)
{
  CptAlertWindow *self = g_object_new (CPT_TYPE_ALERT_WINDOW, "application", app, "default-width",
                                       WIDTH, "title", _ ("Orders are waiting"), "icon-name",
                                       "io.github.comptoir.Comptoir", "focus-visible", FALSE, NULL);

  self->ticker = cpt_order_ticker_new (engine);
  self->deeds = cpt_order_deeds_new (engine, GTK_WIDGET (self));
  g_signal_connect_object (self->deeds, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deeds, "show", G_CALLBACK (show_order), self, G_CONNECT_SWAPPED);
  fill (self);
  stand_apart (self);
  return self;
}

static guint
find (CptAlertWindow *self, gint64 key)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CptOrderEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (cpt_order_entry_get_key (entry) == key)
        return i;
    }
  return n;
}

static gboolean
stays (GPtrArray *rows, gint64 key)
{
  for (guint i = 0; i < rows->len; i++)
    if (((const CptOrderRow *)rows->pdata[i])->row == key)
      return TRUE;
  return FALSE;
}

static void
remove_gone (CptAlertWindow *self, GPtrArray *rows)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i-- > 0;)
    {
      g_autoptr (CptOrderEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (!stays (rows, cpt_order_entry_get_key (entry)))
        g_list_store_remove (self->entries, i);
    }
}

static void
put (CptAlertWindow *self, CptOrderRow *row)
{
  guint position = find (self, row->row);
  g_autoptr (CptOrderEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), position);

  if (entry != NULL)
    {
      cpt_order_entry_set_row (entry, row);
      return;
    }
  entry = cpt_order_entry_new (row->row);
  cpt_order_entry_set_row (entry, row);
  g_list_store_append (self->entries, entry);
}

/* A window that is shown does not grow by itself with what it holds. It never shrinks: that would
 * move the buttons under a finger. */
static void
make_room (CptAlertWindow *self, guint n_orders)
{
  int wanted = FRAME_HEIGHT + CARD_HEIGHT * (int)CLAMP (n_orders, 1, MOST_CARDS);
  int width = 0, height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (height < wanted)
    gtk_window_set_default_size (GTK_WINDOW (self), width, wanted);
}

/**
 * cpt_alert_window_set_orders:
 * @rows: (element-type CptOrderRow): all that wait
 *
 * Orders keep their place while they wait: nothing moves under a finger.
 */
void
cpt_alert_window_set_orders (CptAlertWindow *self, GPtrArray *rows)
{
  g_autofree char *title = g_strdup_printf (
      /* TRANSLATORS: the head of the warning window. */
      ngettext ("%u order is waiting", "%u orders are waiting", rows->len), rows->len);

  remove_gone (self, rows);
  for (guint i = 0; i < rows->len; i++)
    put (self, rows->pdata[i]);
  make_room (self, rows->len);
  gtk_label_set_text (GTK_LABEL (self->title), title);
}

/**
 * cpt_alert_window_set_quiet:
 * @seconds: how long there will be no sound; 0: it sounds
 */
void
cpt_alert_window_set_quiet (CptAlertWindow *self, int seconds)
{
  g_autofree char *label = seconds > 0
                               /* TRANSLATORS: on a button; %d is how many seconds are left. */
                               ? g_strdup_printf (_ ("Quiet for %d s more"), seconds)
                               : g_strdup (_ ("Quiet for 60 s"));

  gtk_button_set_label (GTK_BUTTON (self->quiet), label);
  gtk_widget_set_sensitive (self->quiet, seconds == 0);
}

guint
cpt_alert_window_count (CptAlertWindow *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->entries));
}
