/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The buttons of the stock page, changes of its rows and their Undo. Main thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-decimal.h"
#include "cpt-stock-header.h"
#include "cpt-stock-page-private.h"
#include "cpt-stock-status.h"
#include "cpt-stock-undo.h"

#define TOAST_SECONDS 6
/* Who sees a mistake looks for the way back first. */
#define UNDO_SECONDS 15
/* The key for it does a little longer than that: who slipped sees it at once, or after the customer
 * at the counter. Later nobody knows what was changed last, and a key that was pressed by mistake
 * must not put something on sale that is sold out. */
#define UNDO_MS (2 * CPT_MINUTE)

/* The window's own place for messages, so that two never lie on each other. */
static AdwToastOverlay *
get_overlay (CptStockPage *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *above =
      parent != NULL ? gtk_widget_get_ancestor (parent, ADW_TYPE_TOAST_OVERLAY) : NULL;

  return above != NULL ? ADW_TOAST_OVERLAY (above) : self->toasts;
}

static void
name_close_buttons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) == NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Close the message"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_close_buttons (child);
}

/* A toast's own close button has no name in the library. */
static void
name_toasts (AdwToastOverlay *overlay)
{
  GtkWidget *content = adw_toast_overlay_get_child (overlay);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != content)
      name_close_buttons (child);
}

/* What is said now matters more than what was said before: no queue. */
static void
show_toast (CptStockPage *self, AdwToast *toast, guint seconds)
{
  AdwToastOverlay *overlay = get_overlay (self);

  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_set_timeout (toast, seconds);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (overlay, toast);
  name_toasts (overlay);
}

/* Answers may come after the page is gone: then nobody hears them. */
void
cpt_stock_page_tell (CptStockPage *self, const char *text)
{
  g_autofree char *plain = g_markup_escape_text (text, -1);

  if (self->engine == NULL)
    return;
  show_toast (self, adw_toast_new (plain), TOAST_SECONDS);
}

/* --- Changes and their Undo --- */

typedef struct
{
  CptStockPage *self; /* (owned) */
  gint64 row;         /* the first */
  gboolean of_sale;   /* it was put on sale or taken off */
} Undoing;

static void
undoing_free (Undoing *undoing)
{
  g_object_unref (undoing->self);
  g_free (undoing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undoing, undoing_free)

/* What stands there again. */
static char *
dup_undone (CptStockPage *self, const CptStockItem *item, gboolean of_sale)
{
  g_autofree char *title = cpt_stock_item_dup_title (item);
  g_autofree char *number = cpt_decimal_format (cpt_decimal (item->stock.quantity));
  CptTime now = cpt_clock_now (cpt_engine_get_clock (self->engine));
  CptEngineStock stock;

  cpt_engine_get_stock (self->engine, &stock);
  if (of_sale && cpt_stock_is_active (&item->stock, now))
    /* TRANSLATORS: what Undo did; %s is an item */
    return g_strdup_printf (_ ("Undone: %s is for sale again"), title);
  if (of_sale)
    return g_strdup_printf (_ ("Undone: %s is not for sale"), title);
  if (!item->stock.managed)
    return g_strdup_printf (_ ("Undone: the stock of %s is not managed"), title);
  if (stock.mode != CPT_STOCK_QUANTITIES)
    return g_strdup_printf (_ ("Undone: the stock of %s is managed again"), title);
  /* TRANSLATORS: what Undo did; an item, and how many there are again */
  return g_strdup_printf (_ ("Undone: the stock of %s is %s again"), title, number);
}

static void
undone_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Undoing) undoing = data;
  CptStockPage *self = undoing->self;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (CPT_ENGINE (source), result, NULL);
  g_autofree char *words = NULL;

  if (self->engine == NULL)
    return;
  if (items != NULL && items->len > 0)
    words = dup_undone (self, items->pdata[0], undoing->of_sale);
  /* TRANSLATORS: what Undo did, of an item that is not known any more */
  cpt_stock_page_tell (self, words != NULL ? words : _ ("Undone"));
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Undoing) undoing = data;
  CptStockPage *self = undoing->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) undo = cpt_engine_edit_stock_finish (CPT_ENGINE (source), result, &error);
  g_autofree char *words = NULL;

  if (self->engine == NULL)
    return;
  if (undo == NULL)
    {
      cpt_stock_page_tell (self, error->message);
      return;
    }
  if (undo->len == 1)
    {
      cpt_engine_load_stock_async (self->engine, &undoing->row, 1, NULL, undone_loaded_cb, undoing);
      undoing = NULL;
      return;
    }
  words = g_strdup_printf (
      /* TRANSLATORS: what Undo did */
      ngettext ("Undone: %d item is as it was", "Undone: %d items are as they were", undo->len),
      (int)undo->len);
  cpt_stock_page_tell (self, words);
}

/* (transfer full) (nullable) */
static GArray *
take_undo (CptStockPage *self)
{
  GArray *undo = g_steal_pointer (&self->undo);
  CptTime age = cpt_clock_now (cpt_engine_get_clock (self->engine)) - self->undo_at;

  if (age < 0 || age > UNDO_MS)
    g_clear_pointer (&undo, g_array_unref);
  return undo;
}

void
cpt_stock_page_undo (CptStockPage *self)
{
  g_autoptr (GArray) undo = take_undo (self);
  const CptStockUndo *first = NULL;
  Undoing *undoing = NULL;

  if (undo == NULL)
    {
      cpt_stock_page_tell (self, _ ("There is nothing to undo"));
      return;
    }
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  first = &g_array_index (undo, CptStockUndo, 0);
  undoing = g_new0 (Undoing, 1);
  undoing->self = g_object_ref (self);
  undoing->row = self->undo_row;
  undoing->of_sale =
      first->before.active != first->after.active || first->before.back_on != first->after.back_on;
  cpt_engine_undo_stock_async (self->engine, undo, undone_cb, undoing);
}

static char *
dup_words (const CptStockEdit *edit, guint n)
{
  if (n > 1)
    return g_strdup_printf (ngettext ("%d item changed", "%d items changed", n), (int)n);
  if (edit->sets_active)
    return g_strdup (edit->active ? _ ("For sale again") : _ ("Not for sale any more"));
  if (edit->sets_managed && !edit->managed)
    return g_strdup (_ ("Its stock is not managed any more"));
  /* TRANSLATORS: of an item in the stock */
  return g_strdup (_ ("Changed"));
}

static void
offer_undo (CptStockPage *self, GArray *undo, const CptStockEdit *edit)
{
  g_autofree char *words = dup_words (edit, undo->len);
  g_autofree char *plain = g_markup_escape_text (words, -1);
  AdwToast *toast = adw_toast_new (plain);

  g_clear_pointer (&self->undo, g_array_unref);
  self->undo = g_array_ref (undo);
  self->undo_at = cpt_clock_now (cpt_engine_get_clock (self->engine));
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (cpt_stock_page_undo), self,
                           G_CONNECT_SWAPPED);
  show_toast (self, toast, UNDO_SECONDS);
}

/* One more, and one more: Undo goes back to before the first, while it is still offered. */
static gboolean
goes_on (CptStockPage *self, GArray *undo, const CptStockEdit *edit, gint64 row)
{
  return edit->adds_quantity && self->adding && self->toast != NULL && self->undo != NULL &&
         self->undo->len == 1 && undo->len == 1 && self->undo_row == row;
}

static void
go_on (CptStockPage *self, GArray *undo)
{
  cpt_stock_undo_join (&g_array_index (self->undo, CptStockUndo, 0),
                       &g_array_index (undo, CptStockUndo, 0));
  self->undo_at = cpt_clock_now (cpt_engine_get_clock (self->engine));
}

typedef struct
{
  CptStockPage *self; /* (owned) */
  CptStockEdit edit;
  gint64 row; /* the first */
} Edit;

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Edit *edit = data;
  g_autoptr (CptStockPage) self = edit->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) undo = cpt_engine_edit_stock_finish (CPT_ENGINE (source), result, &error);

  if (self->engine == NULL)
    return;
  if (undo == NULL)
    {
      cpt_stock_page_tell (self, error->message);
      /* The switch goes back to what stands on disk. */
      cpt_stock_model_refresh (self->list);
    }
  else if (goes_on (self, undo, &edit->edit, edit->row))
    go_on (self, undo);
  else if (undo->len > 0)
    offer_undo (self, undo, &edit->edit);
  self->adding = edit->edit.adds_quantity;
  self->undo_row = edit->row;
}

void
cpt_stock_page_edit (CptStockPage *self, const gint64 *rows, gsize n, const CptStockEdit *change)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->self = g_object_ref (self);
  edit->edit = *change;
  edit->row = n > 0 ? rows[0] : 0;
  cpt_engine_edit_stock_async (self->engine, rows, n, change, edited_cb, edit);
}

/* --- The row of buttons --- */

static GtkWidget *
add_command (GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

GtkWidget *
cpt_stock_page_make_actions (CptStockPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *synchronise = NULL, *status = NULL;

  gtk_box_append (GTK_BOX (box), self->category);
  self->compare = add_command (box, "", "win.compare-stock");
  synchronise = add_command (box, _ ("Synchronise stock"), "win.synchronise-stock");
  gtk_widget_add_css_class (synchronise, "suggested-action");
  gtk_box_append (GTK_BOX (box), cpt_stock_page_make_choose (self));
  gtk_box_append (GTK_BOX (box), cpt_stock_page_make_files (self));
  status = cpt_stock_status_new (self->engine, 1);
  gtk_widget_set_hexpand (status, TRUE);
  gtk_box_append (GTK_BOX (box), status);
  return box;
}

/* A tab of what is low says nothing where numbers are hidden. */
static void
show_mode (CptStockPage *self, gboolean shows_quantity)
{
  GtkToggleButton *low = GTK_TOGGLE_BUTTON (self->tabs[CPT_STOCK_TAB_LOW]);

  cpt_stock_header_set_shows_quantity (CPT_STOCK_HEADER (self->header), shows_quantity);
  gtk_widget_set_visible (GTK_WIDGET (low), shows_quantity);
  if (!shows_quantity && gtk_toggle_button_get_active (low))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tabs[CPT_ENGINE_STOCK_ALL]), TRUE);
}

void
cpt_stock_page_show_state (CptStockPage *self)
{
  CptEngineStock stock;
  g_autofree char *label = NULL;

  cpt_engine_get_stock (self->engine, &stock);
  show_mode (self, stock.mode == CPT_STOCK_QUANTITIES);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = cpt_engine_dup_zone (self->engine);
  /* TRANSLATORS: a button: shows what differs between the stock here and on HubRise; %d: how many
   * items do */
  label = stock.differing > 0 ? g_strdup_printf (_ ("Compare (%d)"), (int)stock.differing)
                              : g_strdup (_ ("Compare"));
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->compare)), label) != 0)
    gtk_button_set_label (GTK_BUTTON (self->compare), label);
}

/* --- Who keeps the stock --- */

static void
answer (CptStockPage *self, gboolean keeps)
{
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));

  g_settings_set_boolean (settings, "keeps-stock", keeps);
  g_settings_set_boolean (settings, "keeps-stock-asks", FALSE);
}

static void
this_till_cb (CptStockPage *self)
{
  answer (self, TRUE);
}

static void
another_till_cb (CptStockPage *self)
{
  answer (self, FALSE);
}

static void
add_answer (CptStockPage *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "touch-button");
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
}

GtkWidget *
cpt_stock_page_make_question (CptStockPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (_ ("HubRise already had stock, which was taken over. Does this "
                                       "till keep the stock of the shop from now on?"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (box, "notice");
  gtk_widget_add_css_class (box, "notice-quiet");
  gtk_box_append (GTK_BOX (box), label);
  add_answer (self, box, _ ("Yes, this till"), G_CALLBACK (this_till_cb));
  add_answer (self, box, _ ("No, another"), G_CALLBACK (another_till_cb));
  self->question = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->question), box);
  g_settings_bind (cpt_profile_get_settings (cpt_engine_get_profile (self->engine)),
                   "keeps-stock-asks", self->question, "reveal-child", G_SETTINGS_BIND_GET);
  return self->question;
}
