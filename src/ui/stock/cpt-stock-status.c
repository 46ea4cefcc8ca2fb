/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line that says what goes on with the stock. Main thread only. */
#include "cpt-stock-status.h"

#include <glib/gi18n-lib.h>

struct _CptStockStatus
{
  GtkBox parent_instance;

  CptEngine *engine; /* (owned) */
  GtkWidget *spinner, *label;
};

G_DEFINE_FINAL_TYPE (CptStockStatus, cpt_stock_status, GTK_TYPE_BOX)

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
sync_words (CptStockStatus *self, const CptEngineStock *stock)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self->engine);
  g_autofree char *when = NULL;

  if (stock->synced_at == CPT_TIME_NONE)
    return stock->ready ? g_strdup (_ ("Never synchronised as a whole")) : g_strdup ("");
  when = cpt_time_format_day_clock (stock->synced_at,
                                    cpt_clock_now (cpt_engine_get_clock (self->engine)), zone);
  if (stock->sync_differences == 0)
    /* TRANSLATORS: %s is a time */
    return g_strdup_printf (_ ("Last full synchronisation %s, identical"), when);
  /* TRANSLATORS: %s is a time */
  return g_strdup_printf (_ ("Last full synchronisation %s, with differences"), when);
}

static char *
status_words (CptStockStatus *self, const CptEngineStock *stock)
{
  const char *activity = activity_words (stock->activity);

  if (activity != NULL)
    return g_strdup (activity);
  if (stock->trouble != NULL)
    return g_strdup (stock->trouble);
  if (stock->asks)
    return g_strdup (_ ("Both sides hold stock: compare first, nothing is sent before"));
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

static void
show (CptStockStatus *self)
{
  CptEngineStock stock;
  g_autofree char *words = NULL;

  cpt_engine_get_stock (self->engine, &stock);
  words = status_words (self, &stock);
  gtk_label_set_text (GTK_LABEL (self->label), words);
  gtk_widget_set_tooltip_text (self->label, *words != '\0' ? words : NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), stock.activity != CPT_ENGINE_STOCK_IDLE);
  gtk_widget_set_visible (self->spinner, stock.activity != CPT_ENGINE_STOCK_IDLE);
}

static void
cpt_stock_status_dispose (GObject *object)
{
  g_clear_object (&CPT_STOCK_STATUS (object)->engine);
  G_OBJECT_CLASS (cpt_stock_status_parent_class)->dispose (object);
}

static void
cpt_stock_status_class_init (CptStockStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_stock_status_dispose;
}

static void
cpt_stock_status_init (CptStockStatus *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->spinner = gtk_spinner_new ();
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->label), 2);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_add_css_class (self->label, "bar-text");
  gtk_box_append (GTK_BOX (self), self->spinner);
  gtk_box_append (GTK_BOX (self), self->label);
}

GtkWidget *
cpt_stock_status_new (CptEngine *engine, float xalign)
{
  CptStockStatus *self = g_object_new (CPT_TYPE_STOCK_STATUS, NULL);

  self->engine = g_object_ref (engine);
  gtk_label_set_xalign (GTK_LABEL (self->label), xalign);
  gtk_label_set_justify (GTK_LABEL (self->label),
                         xalign > 0 ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  g_signal_connect_object (engine, "stock-state-changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
