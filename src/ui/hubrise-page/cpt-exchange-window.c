/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange in full: request and reply, key and personal data hidden. Main thread only. */
#include "cpt-exchange-window.h"

#include <glib/gi18n-lib.h>

#include "cpt-exchange-words.h"

struct _CptExchangeWindow
{
  AdwWindow parent_instance;

  CptEngine *engine; /* (owned) */
  char *text;        /* (owned) (nullable) all of it, to be copied */

  GtkLabel *line;
  GtkLabel *result;
  GtkTextView *request;
  GtkTextView *reply;
};

G_DEFINE_FINAL_TYPE (CptExchangeWindow, cpt_exchange_window, ADW_TYPE_WINDOW)

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CptExchangeWindow *self = CPT_EXCHANGE_WINDOW (widget);

  if (self->text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->text);
}

static void
cpt_exchange_window_dispose (GObject *object)
{
  CptExchangeWindow *self = CPT_EXCHANGE_WINDOW (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (cpt_exchange_window_parent_class)->dispose (object);
}

static void
cpt_exchange_window_class_init (CptExchangeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_exchange_window_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/comptoir/Comptoir/hubrise-page/cpt-exchange-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CptExchangeWindow, line);
  gtk_widget_class_bind_template_child (widget_class, CptExchangeWindow, result);
  gtk_widget_class_bind_template_child (widget_class, CptExchangeWindow, request);
  gtk_widget_class_bind_template_child (widget_class, CptExchangeWindow, reply);
  gtk_widget_class_install_action (widget_class, "exchange.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cpt_exchange_window_init (CptExchangeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_body (GtkTextView *view, const char *body)
{
  /* TRANSLATORS: a request or a reply without text. */
  const char *text = body != NULL && *body != '\0' ? body : _ ("(empty)");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
}

static char *
result_text (CptExchangeWindow *self, const CptExchange *exchange)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self->engine);
  g_autofree char *result = cpt_exchange_words_result (exchange);
  g_autofree char *duration = cpt_exchange_words_duration (exchange->duration_ms);
  g_autofree char *time = cpt_time_format_full (exchange->at, zone);

  if (exchange->failure != NULL)
    return g_strjoin (" · ", result, duration, time, exchange->failure, NULL);
  return g_strjoin (" · ", result, duration, time, NULL);
}

static void
show (CptExchangeWindow *self, const CptExchange *exchange)
{
  g_autofree char *line = g_strdup_printf ("%s %s", exchange->method, exchange->path);
  g_autofree char *result = result_text (self, exchange);

  gtk_window_set_title (GTK_WINDOW (self),
                        cpt_exchange_words_what (exchange->method, exchange->path));
  gtk_label_set_text (self->line, line);
  gtk_label_set_text (self->result, result);
  set_body (self->request, exchange->request_body);
  set_body (self->reply, exchange->reply_body);
  g_free (self->text);
  self->text =
      g_strjoin ("\n\n", line, result, exchange->request_body != NULL ? exchange->request_body : "",
                 exchange->reply_body != NULL ? exchange->reply_body : "", NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptExchangeWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CptExchange) exchange =
      cpt_engine_load_exchange_finish (CPT_ENGINE (source), result, &error);

  if (self->engine == NULL)
    return;
  if (exchange != NULL)
    show (self, exchange);
  else
    gtk_label_set_text (self->result, error->message);
}

/**
 * cpt_exchange_window_new:
 * @parent: the window behind
 * @engine: the engine whose log holds the exchange
 * @id: the exchange
 *
 * Returns: (transfer none): the window, which GTK owns
 */
CptExchangeWindow *
cpt_exchange_window_new (GtkWindow *parent, CptEngine *engine, gint64 id)
{
  CptExchangeWindow *self =
      g_object_new (CPT_TYPE_EXCHANGE_WINDOW, "transient-for", parent, "modal", TRUE, NULL);

  self->engine = g_object_ref (engine);
  cpt_engine_load_exchange_async (engine, id, NULL, loaded_cb, g_object_ref (self));
  return self;
}
