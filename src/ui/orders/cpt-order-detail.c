/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of one order, with everything that can be done with it. Main thread only. */
#include "cpt-order-detail.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-deed-button.h"
#include "cpt-foot-layout.h"
#include "cpt-order-sheet-view.h"
#include "cpt-order-sheet.h"
#include "cpt-tone-label.h"

/* Where it is a page of its own, amounts must not stand a metre from their names. */
#define READABLE_WIDTH 760

struct _CptOrderDetail
{
  GtkWidget parent_instance;

  CptEngine *engine;         /* (owned) */
  CptOrderTicker *ticker;    /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of the load under way */
  CptOrderDetails *details;  /* (owned) (nullable) */
  gint64 row;                /* 0 for none */
  CptOrderViewState *state;  /* (owned) (nullable) what the head shows */

  GtkWidget *clamp; /* (owned by self), the rest by it */
  GtkWidget *box, *back, *print, *number, *source, *service, *badges, *messages, *scroller, *foot,
      *rest, *deeds;
};

enum
{
  SIGNAL_CLOSED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptOrderDetail, cpt_order_detail, GTK_TYPE_WIDGET)

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
fill_texts (GtkWidget *box, GPtrArray *texts, gboolean badges)
{
  empty_box (box);
  /* First: what is put into a hidden box does not ask for room. */
  gtk_widget_set_visible (box, texts->len > 0);
  for (guint i = 0; i < texts->len; i++)
    {
      const CptViewText *text = texts->pdata[i];

      gtk_box_append (GTK_BOX (box), cpt_tone_label_new (text->text, text->tone, badges));
    }
}

static void
update_head (CptOrderDetail *self)
{
  CptOrderRow *row = self->details->row;
  CptOrderViewContext context = { 0 };
  const CptOrderViewState *state = NULL;

  cpt_order_ticker_get_context (self->ticker, row, &context);
  g_clear_pointer (&self->state, cpt_order_view_state_free);
  self->state = cpt_order_view_state_new (row, &context);
  state = self->state;
  gtk_label_set_text (GTK_LABEL (self->number), state->number);
  gtk_label_set_text (GTK_LABEL (self->source), state->source);
  gtk_label_set_text (GTK_LABEL (self->service), state->service);
  fill_texts (self->badges, state->badges, TRUE);
  if (state->paid.text != NULL)
    gtk_box_append (GTK_BOX (self->badges),
                    cpt_tone_label_new (state->paid.text, state->paid.tone, TRUE));
  fill_texts (self->messages, state->messages, FALSE);
  cpt_deed_box_update (GTK_BOX (self->rest), state, &context, CPT_PICK_REST);
  cpt_deed_box_update (GTK_BOX (self->deeds), state, &context, CPT_PICK_FIRST);
  gtk_widget_set_visible (self->foot, state->buttons->len > 0);
}

static gboolean
outbox_is_same (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const CptOutboxEntry *left = a->pdata[i], *right = b->pdata[i];

      if (left->id != right->id || left->state != right->state)
        return FALSE;
    }
  return TRUE;
}

/* --- The keyboard --- */

/* (nullable) */
static GtkWidget *
get_focus (CptOrderDetail *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, self->box) && gtk_widget_get_mapped (focus)
             ? focus
             : NULL;
}

static GtkWidget *
find_named (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (g_str_equal (gtk_widget_get_name (widget), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_named (child, name);
  return found;
}

/* What had the keyboard may have been made anew, or be gone: whoever works by keyboard goes on from
 * the same place, or from what is done next. @name: (nullable) of what had it before */
static void
keep_focus (CptOrderDetail *self, const char *name)
{
  GtkWidget *same = name != NULL ? find_named (self->box, name) : NULL;
  GtkWidget *main_deed = gtk_widget_get_last_child (self->deeds);

  if (name == NULL || get_focus (self) != NULL)
    return;
  if (same != NULL && gtk_widget_grab_focus (same))
    return;
  if (main_deed == NULL || !gtk_widget_child_focus (main_deed, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->back);
}

static char *
dup_focus_name (CptOrderDetail *self)
{
  GtkWidget *focus = get_focus (self);

  return focus != NULL ? g_strdup (gtk_widget_get_name (focus)) : NULL;
}

/* --- One order --- */

/* Whether the sheet on screen would look the same: then it stays, with its scroll position and
 * whatever is focused in it. */
static gboolean
sheet_is_same (const CptOrderDetails *a, const CptOrderDetails *b)
{
  if (a == NULL || a->row->row != b->row->row || a->row->foreign != b->row->foreign ||
      a->history->len != b->history->len)
    return FALSE;
  if (a->order->document == NULL || b->order->document == NULL)
    return FALSE;
  return g_bytes_equal (a->order->document, b->order->document) &&
         (a->seen == NULL) == (b->seen == NULL) && a->row->status == b->row->status &&
         a->row->send == b->row->send && a->row->promised_time == b->row->promised_time &&
         outbox_is_same (a->outbox, b->outbox);
}

static void
show_sheet (CptOrderDetail *self)
{
  const CptOrderDetails *details = self->details;
  CptSheetSource source = { details->order,
                            details->row,
                            details->history,
                            details->outbox,
                            details->items,
                            details->seen,
                            cpt_order_ticker_get_now (self->ticker),
                            cpt_order_ticker_get_zone (self->ticker) };
  g_autoptr (GPtrArray) lines = cpt_order_sheet_new (&source);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller),
                                 cpt_order_sheet_view_new (lines, details->row->row));
}

static void
take_details (CptOrderDetail *self, CptOrderDetails *details)
{
  gboolean same = sheet_is_same (self->details, details);
  gboolean other = self->details == NULL || self->details->row->row != details->row->row;
  g_autofree char *focused = dup_focus_name (self);

  g_clear_pointer (&self->details, cpt_order_details_free);
  self->details = details;
  if (!same)
    show_sheet (self);
  if (other)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                  GTK_SCROLLED_WINDOW (self->scroller)),
                              0);
  update_head (self);
  keep_focus (self, focused);
}

/* What is still on the screen must not be taken for the order that was asked for. */
static void
fail (CptOrderDetail *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
  if (self->details == NULL || self->details->row->row != self->row)
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptOrderDetail) self = data;
  g_autoptr (GError) error = NULL;
  CptOrderDetails *details = cpt_engine_load_details_finish (CPT_ENGINE (source), result, &error);

  /* Another order may have been chosen meanwhile. */
  if (details != NULL && details->row->row == self->row)
    take_details (self, details);
  else if (details != NULL)
    cpt_order_details_free (details);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, error->message);
}

static void
stop_loading (CptOrderDetail *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (CptOrderDetail *self)
{
  stop_loading (self);
  self->cancellable = g_cancellable_new ();
  cpt_engine_load_details_async (self->engine, self->row, self->cancellable, loaded_cb,
                                 g_object_ref (self));
}

static void
orders_changed_cb (CptOrderDetail *self, GArray *rows)
{
  gboolean changed = rows->len == 0;

  for (guint i = 0; i < rows->len; i++)
    changed = changed || g_array_index (rows, gint64, i) == self->row;
  if (changed && self->row != 0)
    load (self);
}

static void
tick_cb (CptOrderDetail *self)
{
  g_autofree char *focused = dup_focus_name (self);

  if (self->state != NULL && self->row != 0 && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      cpt_order_view_state_is_old (self->state, cpt_order_ticker_get_now (self->ticker)))
    update_head (self);
  keep_focus (self, focused);
}

static void
close_cb (CptOrderDetail *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  close_cb (CPT_ORDER_DETAIL (widget));
  return TRUE;
}

static void
cpt_order_detail_dispose (GObject *object)
{
  CptOrderDetail *self = CPT_ORDER_DETAIL (object);

  stop_loading (self);
  g_clear_pointer (&self->details, cpt_order_details_free);
  g_clear_pointer (&self->state, cpt_order_view_state_free);
  g_clear_pointer (&self->clamp, gtk_widget_unparent);
  g_clear_object (&self->ticker);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_order_detail_parent_class)->dispose (object);
}

static void
cpt_order_detail_class_init (CptOrderDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_order_detail_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "orderdetail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);

  signals[SIGNAL_CLOSED] = g_signal_new ("closed", CPT_TYPE_ORDER_DETAIL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", CPT_TYPE_ORDER_DETAIL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_ticket (GMenu *menu, const char *label, const char *action, gint64 row, const char *kind)
{
  GMenuItem *item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "(xs)", row, kind);
  g_menu_append_item (menu, item);
  g_object_unref (item);
}

static void
offer_tickets (CptOrderDetail *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  /* TRANSLATORS: what to print of an order. */
  add_ticket (menu, _ ("Kitchen ticket"), "app.print-ticket", self->row, "kitchen");
  add_ticket (menu, _ ("Customer ticket"), "app.print-ticket", self->row, "customer");
  /* TRANSLATORS: of a ticket, before it is printed. */
  add_ticket (menu, _ ("Preview"), "app.preview-ticket", self->row, "kitchen");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->print), G_MENU_MODEL (menu));
}

static GtkWidget *
make_print_button (void)
{
  GtkWidget *print = gtk_menu_button_new ();

  /* TRANSLATORS: a ticket. */
  gtk_menu_button_set_label (GTK_MENU_BUTTON (print), _ ("Print"));
  cpt_compat_name_menu_button (GTK_MENU_BUTTON (print), _ ("Print"));
  gtk_widget_add_css_class (print, "touch-button");
  gtk_widget_add_css_class (print, "cpt-print");
  gtk_widget_set_valign (print, GTK_ALIGN_CENTER);
  return print;
}

static GtkWidget *
make_title (CptOrderDetail *self)
{
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_add_css_class (self->back, "cpt-deed");
  gtk_widget_add_css_class (self->back, "cpt-quiet");
  gtk_widget_set_tooltip_text (self->back, _ ("Back to the list"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back to the list"), -1);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (close_cb), self);
  self->number = make_label ("detail-number");
  self->source = make_label ("detail-source");
  gtk_widget_set_hexpand (self->source, TRUE);
  gtk_box_append (GTK_BOX (title), self->back);
  gtk_box_append (GTK_BOX (title), self->number);
  gtk_box_append (GTK_BOX (title), self->source);
  return title;
}

/* Beside the number it would push the platform's name into two lines. */
static GtkWidget *
make_subtitle (CptOrderDetail *self)
{
  GtkWidget *subtitle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->print = make_print_button ();
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), self->service);
  gtk_box_append (GTK_BOX (texts), self->badges);
  gtk_box_append (GTK_BOX (subtitle), texts);
  gtk_box_append (GTK_BOX (subtitle), self->print);
  return subtitle;
}

static GtkWidget *
make_head (CptOrderDetail *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->service = make_label ("detail-service");
  self->badges = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->messages = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (head), make_title (self));
  gtk_box_append (GTK_BOX (head), make_subtitle (self));
  gtk_box_append (GTK_BOX (head), self->messages);
  gtk_widget_add_css_class (head, "detail-head");
  return head;
}

static void
cpt_order_detail_init (CptOrderDetail *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->scroller = gtk_scrolled_window_new ();
  self->foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->rest = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->deeds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_layout_manager (self->foot, cpt_foot_layout_new ());
  gtk_box_append (GTK_BOX (self->foot), self->rest);
  gtk_box_append (GTK_BOX (self->foot), self->deeds);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_add_css_class (self->foot, "detail-foot");
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_box_append (GTK_BOX (self->box), self->foot);
  self->clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), READABLE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (self->clamp), self->box);
  gtk_widget_set_parent (self->clamp, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The whole order"), -1);
}

/**
 * cpt_order_detail_new:
 *
 * Returns: (transfer full): a floating, empty detail
 */
GtkWidget *
cpt_order_detail_new (CptEngine *engine, CptOrderTicker *ticker)
{
  CptOrderDetail *self = g_object_new (CPT_TYPE_ORDER_DETAIL, NULL);

  self->engine = g_object_ref (engine);
  self->ticker = g_object_ref (ticker);
  g_signal_connect_object (engine, "orders-changed", G_CALLBACK (orders_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ticker, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * cpt_order_detail_set_row:
 * @row: the order to show, 0 for none
 */
void
cpt_order_detail_set_row (CptOrderDetail *self, gint64 row)
{
  if (self->row == row)
    return;
  self->row = row;
  stop_loading (self);
  offer_tickets (self);
  if (row != 0)
    load (self);
}

gint64
cpt_order_detail_get_row (CptOrderDetail *self)
{
  return self->row;
}

/**
 * cpt_order_detail_focus:
 *
 * Moves the keyboard into the detail: a page that opened over the list must be left with it.
 */
void
cpt_order_detail_focus (CptOrderDetail *self)
{
  gtk_widget_grab_focus (self->back);
}
