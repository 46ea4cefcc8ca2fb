/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The buttons of the stock page, what they do and what they tell. Main thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-compare-dialog.h"
#include "cpt-stock-page-private.h"

#define TOAST_SECONDS 6

void
cpt_stock_page_tell (CptStockPage *self, const char *text)
{
  g_autofree char *plain = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (plain);

  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* --- Changes and their Undo --- */

typedef struct
{
  CptEngine *engine; /* (owned) */
  GArray *undo;      /* (owned) */
} Undo;

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_object_unref (undo->engine);
  g_array_unref (undo->undo);
  g_free (undo);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) undo = cpt_engine_edit_stock_finish (CPT_ENGINE (source), result, &error);

  if (undo == NULL)
    cpt_stock_page_tell (self, error->message);
}

static void
undo_clicked_cb (AdwToast *toast, Undo *undo)
{
  CptStockPage *self = g_object_get_data (G_OBJECT (toast), "page");

  cpt_engine_undo_stock_async (undo->engine, undo->undo, undone_cb, g_object_ref (self));
}

static void
offer_undo (CptStockPage *self, GArray *array, const char *text)
{
  AdwToast *toast = adw_toast_new (text);
  Undo *undo = g_new0 (Undo, 1);

  undo->engine = g_object_ref (self->engine);
  undo->undo = g_array_ref (array);
  g_object_set_data_full (G_OBJECT (toast), "page", g_object_ref (self), g_object_unref);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), undo, undo_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

typedef struct
{
  CptStockPage *self; /* (owned) */
  gboolean puts_away; /* worth an Undo in sight */
} Edit;

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Edit *edit = data;
  g_autoptr (CptStockPage) self = edit->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) undo = cpt_engine_edit_stock_finish (CPT_ENGINE (source), result, &error);

  if (undo == NULL)
    {
      cpt_stock_page_tell (self, error->message);
      /* The switch goes back to what stands on disk. */
      cpt_stock_model_refresh (self->list);
    }
  else if (edit->puts_away && undo->len > 0)
    offer_undo (self, undo, _ ("Not for sale any more"));
}

void
cpt_stock_page_edit (CptStockPage *self, gint64 row, const CptStockEdit *change)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->self = g_object_ref (self);
  edit->puts_away =
      (change->sets_active && !change->active) || (change->sets_managed && !change->managed);
  cpt_engine_edit_stock_async (self->engine, &row, 1, change, edited_cb, edit);
}

/* --- Compare, Synchronise, Read the catalog --- */

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences =
      cpt_engine_load_stock_finish (CPT_ENGINE (source), result, &error);

  if (differences == NULL)
    cpt_stock_page_tell (self, error->message);
  else if (differences->len == 0)
    cpt_stock_page_tell (self, _ ("The stock here and on HubRise is the same"));
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    cpt_compare_dialog_show (GTK_WIDGET (self), self->engine, differences,
                             _ ("The stock here and on HubRise is not the same."));
}

static void
compare_cb (CptStockPage *self)
{
  cpt_engine_compare_stock_async (self->engine, compared_cb, g_object_ref (self));
}

static void
synchronised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences =
      cpt_engine_load_stock_finish (CPT_ENGINE (source), result, &error);

  if (differences == NULL)
    cpt_stock_page_tell (self, error->message);
  else if (differences->len == 0)
    cpt_stock_page_tell (self, _ ("Stock synchronised: read back, identical"));
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    cpt_compare_dialog_show (
        GTK_WIDGET (self), self->engine, differences,
        _ ("The stock was sent and read back. HubRise did not take all of it."));
}

static void
synchronise_cb (CptStockPage *self)
{
  cpt_engine_synchronise_stock_async (self->engine, synchronised_cb, g_object_ref (self));
}

static void
differences_after_pull_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  g_autoptr (GPtrArray) differences =
      cpt_engine_load_stock_finish (CPT_ENGINE (source), result, NULL);
  CptEngineStock stock;

  cpt_engine_get_stock (self->engine, &stock);
  if (differences != NULL && differences->len > 0 && stock.differing > 0 &&
      gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    cpt_compare_dialog_show (GTK_WIDGET (self), self->engine, differences,
                             _ ("The catalog was read. The stock here and on HubRise is not the "
                                "same."));
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_act_finish (CPT_ENGINE (source), result, &error))
    {
      cpt_stock_page_tell (self, error->message);
      return;
    }
  cpt_stock_page_tell (self, _ ("The catalog was read"));
  cpt_engine_load_stock_differences_async (self->engine, NULL, differences_after_pull_cb,
                                           g_object_ref (self));
}

static void
pull_cb (CptStockPage *self)
{
  cpt_engine_pull_catalog_async (self->engine, pulled_cb, g_object_ref (self));
}

static GtkWidget *
add_button (CptStockPage *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "touch-button");
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

GtkWidget *
cpt_stock_page_make_actions (CptStockPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), self->category);
  /* TRANSLATORS: a button: shows what differs between the stock here and on HubRise */
  self->compare = add_button (self, box, _ ("Compare"), G_CALLBACK (compare_cb));
  self->synchronise = add_button (self, box, _ ("Synchronise stock"), G_CALLBACK (synchronise_cb));
  gtk_widget_add_css_class (self->synchronise, "suggested-action");
  self->pull = add_button (self, box, _ ("Pull catalog"), G_CALLBACK (pull_cb));
  gtk_box_append (GTK_BOX (box), cpt_stock_page_make_files (self));
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (box), self->spinner);
  self->status = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->status), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->status), 1);
  gtk_widget_set_hexpand (self->status, TRUE);
  gtk_widget_add_css_class (self->status, "bar-text");
  gtk_box_append (GTK_BOX (box), self->status);
  return box;
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
  add_button (self, box, _ ("Yes, this till"), G_CALLBACK (this_till_cb));
  add_button (self, box, _ ("No, another"), G_CALLBACK (another_till_cb));
  self->question = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->question), box);
  g_settings_bind (cpt_profile_get_settings (cpt_engine_get_profile (self->engine)),
                   "keeps-stock-asks", self->question, "reveal-child", G_SETTINGS_BIND_GET);
  return self->question;
}

/* --- What goes on --- */

static const char *
activity_words (CptEngineStockActivity activity)
{
  switch (activity)
    {
    case CPT_ENGINE_STOCK_PULLING:
      return _ ("Reading the catalog…");
    case CPT_ENGINE_STOCK_READING:
      return _ ("Reading HubRise's stock…");
    case CPT_ENGINE_STOCK_SENDING:
      return _ ("Sending changes…");
    case CPT_ENGINE_STOCK_REPLACING:
      return _ ("Sending the whole stock…");
    case CPT_ENGINE_STOCK_READING_BACK:
      return _ ("Reading it back…");
    case CPT_ENGINE_STOCK_IDLE:
    default:
      return NULL;
    }
}

static char *
sync_words (CptStockPage *self, const CptEngineStock *stock)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self->engine);
  g_autofree char *when = NULL;

  if (stock->synced_at == CPT_TIME_NONE)
    return g_strdup ("");
  when = cpt_time_format_day_clock (stock->synced_at,
                                    cpt_clock_now (cpt_engine_get_clock (self->engine)), zone);
  if (stock->sync_differences == 0)
    /* TRANSLATORS: %s is a time */
    return g_strdup_printf (_ ("Last full synchronisation %s, identical"), when);
  /* TRANSLATORS: %s is a time */
  return g_strdup_printf (_ ("Last full synchronisation %s, with differences"), when);
}

static char *
status_words (CptStockPage *self, const CptEngineStock *stock)
{
  const char *activity = activity_words (stock->activity);

  if (activity != NULL)
    return g_strdup (activity);
  if (stock->trouble != NULL)
    return g_strdup (stock->trouble);
  if (!stock->keeps)
    return g_strdup (_ ("Another till keeps the stock"));
  if (stock->refused > 0)
    return g_strdup_printf (ngettext ("%d item refused", "%d items refused", stock->refused),
                            (int)stock->refused);
  if (stock->differing > 0)
    return g_strdup_printf (ngettext ("%d item differs on HubRise", "%d items differ on HubRise",
                                      stock->differing),
                            (int)stock->differing);
  return sync_words (self, stock);
}

void
cpt_stock_page_show_state (CptStockPage *self)
{
  CptEngineStock stock;
  g_autofree char *words = NULL;
  gboolean idle = FALSE;

  cpt_engine_get_stock (self->engine, &stock);
  idle = stock.activity == CPT_ENGINE_STOCK_IDLE || stock.activity == CPT_ENGINE_STOCK_SENDING;
  words = status_words (self, &stock);
  gtk_label_set_text (GTK_LABEL (self->status), words);
  gtk_widget_set_tooltip_text (self->status, words);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), stock.activity != CPT_ENGINE_STOCK_IDLE);
  gtk_widget_set_sensitive (self->compare, idle && stock.ready);
  gtk_widget_set_sensitive (self->synchronise, idle && stock.ready && stock.keeps);
  gtk_widget_set_sensitive (self->pull, idle);
}
