/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the log of exchanges. Main thread only. */
#include "cpt-exchange-row.h"

#include <glib/gi18n-lib.h>

#include "cpt-exchange-words.h"

struct _CptExchangeRow
{
  GtkBox parent_instance;

  GtkWidget *time; /* (unowned) children */
  GtkWidget *what;
  GtkWidget *order;
  GtkWidget *result;
  GtkWidget *duration;
};

G_DEFINE_FINAL_TYPE (CptExchangeRow, cpt_exchange_row, GTK_TYPE_BOX)

static void
cpt_exchange_row_class_init (CptExchangeRowClass *klass)
{
}

static GtkWidget *
add_label (CptExchangeRow *self, int width_chars, gboolean expands, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), width_chars);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, expands);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
cpt_exchange_row_init (CptExchangeRow *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "exchange-row");
  self->time = add_label (self, 9, FALSE, "numeric");
  self->what = add_label (self, 12, TRUE, "exchange-what");
  self->order = add_label (self, 6, FALSE, "bar-id");
  self->result = add_label (self, 9, FALSE, "exchange-result");
  self->duration = add_label (self, 7, FALSE, "numeric");
  gtk_label_set_xalign (GTK_LABEL (self->duration), 1);
}

GtkWidget *
cpt_exchange_row_new (void)
{
  return g_object_new (CPT_TYPE_EXCHANGE_ROW, NULL);
}

static char *
what_text (const CptExchange *exchange)
{
  const char *what = cpt_exchange_words_what (exchange->method, exchange->path);

  if (exchange->repeats <= 1)
    return g_strdup (what);
  /* TRANSLATORS: 1: what was asked, 2: how many times in a row. */
  return g_strdup_printf (_ ("%1$s (%2$d times)"), what, (int)exchange->repeats);
}

/* With seconds: several exchanges share a minute. */
static char *
time_text (CptTime at, CptTime now, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = NULL;

  if (ABS (now - at) > 12 * CPT_HOUR)
    return cpt_time_format_day_clock (at, now, zone);
  local = cpt_time_to_date_time (at, zone);
  if (local == NULL)
    return g_strdup ("");
  /* TRANSLATORS: a time of day with seconds, as strftime() takes it. */
  return g_date_time_format (local, C_ ("time of day", "%H:%M:%S"));
}

/* What has the focus is the list's own item around the row. */
static void
name_item (CptExchangeRow *self, const char *name)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));

  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * cpt_exchange_row_show:
 * @self: the row
 * @exchange: what it shows from now on
 * @now: decides whether the day is told
 * @zone: (nullable): NULL for UTC
 */
void
cpt_exchange_row_show (CptExchangeRow *self, CptExchange *exchange, CptTime now, GTimeZone *zone)
{
  g_autofree char *time = time_text (exchange->at, now, zone);
  g_autofree char *what = what_text (exchange);
  g_autofree char *result = cpt_exchange_words_result (exchange);
  g_autofree char *duration = cpt_exchange_words_duration (exchange->duration_ms);
  const char *order = exchange->order_id != NULL ? exchange->order_id : "";
  g_autofree char *name = g_strjoin (", ", what, result, time, NULL);

  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_label_set_text (GTK_LABEL (self->what), what);
  gtk_label_set_text (GTK_LABEL (self->order), order);
  gtk_label_set_text (GTK_LABEL (self->result), result);
  gtk_label_set_text (GTK_LABEL (self->duration), duration);
  if (cpt_exchange_words_is_failure (exchange))
    gtk_widget_add_css_class (GTK_WIDGET (self), "exchange-failed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "exchange-failed");
  gtk_widget_set_visible (self->order, *order != '\0');
  name_item (self, name);
}
