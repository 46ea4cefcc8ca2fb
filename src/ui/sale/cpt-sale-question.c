/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions with a yes and a no. Main thread only. */
#include "cpt-sale-question.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  CptSaleAnswer answer;
  GObject *object; /* (owned) */
  gpointer data;
  GDestroyNotify free_data; /* (nullable) */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  if (question->free_data != NULL)
    question->free_data (question->data);
  g_object_unref (question->object);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_str_equal (response, "yes"))
    question->answer (question->object, question->data);
}

/**
 * cpt_sale_ask:
 * @over: the widget over whose window the question stands
 * @yes: what the button that does it says
 * @destroys: whether something is lost by it
 * @answer: called when the answer is yes
 * @object: kept until then
 * @free_data: (nullable): for @data, whatever the answer is
 */
void
cpt_sale_ask (GtkWidget *over,
              const char *heading,
              const char *body,
              const char *yes,
              gboolean destroys,
              CptSaleAnswer answer,
              GObject *object,
              gpointer data,
              GDestroyNotify free_data)
{
  GtkRoot *root = gtk_widget_get_root (over);
  GtkWidget *widget =
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  Question *question = g_new0 (Question, 1);

  question->answer = answer;
  question->object = g_object_ref (object);
  question->data = data;
  question->free_data = free_data;
  adw_message_dialog_add_response (dialog, "back", _ ("Back"));
  adw_message_dialog_add_response (dialog, "yes", yes);
  adw_message_dialog_set_response_appearance (dialog, "yes",
                                              destroys ? ADW_RESPONSE_DESTRUCTIVE
                                                       : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "back");
  adw_message_dialog_set_default_response (dialog, destroys ? "back" : "yes");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (widget));
}

/**
 * cpt_sale_ask_inactive:
 * @name: what is not for sale
 *
 * Asks before something INACTIF goes into an order.
 */
void
cpt_sale_ask_inactive (GtkWidget *over,
                       const char *name,
                       CptSaleAnswer answer,
                       GObject *object,
                       gpointer data,
                       GDestroyNotify free_data)
{
  /* TRANSLATORS: %s is a product; INACTIF is the word on its badge and stays as it is. */
  g_autofree char *heading = g_strdup_printf (_ ("%s is INACTIF"), name);

  cpt_sale_ask (over, heading, _ ("It is not for sale at the moment. It can still be ordered."),
                _ ("Order it"), FALSE, answer, object, data, free_data);
}
