/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks once before this till gives its connection back. Main thread only. */
#include "cpt-disconnect-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  CptEngine *engine; /* (owned) */
  CptDisconnectedFunc done;
  gpointer data; /* an object of the caller, owned by the callback */
} Disconnecting;

static void
disconnecting_free (Disconnecting *disconnecting)
{
  g_object_unref (disconnecting->engine);
  g_free (disconnecting);
}

static void
disconnected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Disconnecting *disconnecting = data;
  g_autoptr (GError) error = NULL;
  gboolean revoked = FALSE;

  if (!cpt_engine_disconnect_finish (CPT_ENGINE (source), result, &revoked, &error))
    disconnecting->done (error->message, disconnecting->data);
  else if (revoked)
    disconnecting->done (_ ("Disconnected. Orders are kept on this till."), disconnecting->data);
  else
    disconnecting->done (_ ("Disconnected here, but HubRise could not be told: remove this till "
                            "among the connections on HubRise."),
                         disconnecting->data);
  disconnecting_free (disconnecting);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Disconnecting *disconnecting)
{
  if (g_strcmp0 (response, "disconnect") != 0)
    {
      g_object_unref (disconnecting->data);
      disconnecting_free (disconnecting);
      return;
    }
  cpt_engine_disconnect_async (disconnecting->engine, disconnected_cb, disconnecting);
}

static char *
explain (CptEngine *engine)
{
  CptEngineCounts counts = { 0 };
  g_autofree char *waiting = NULL;

  cpt_engine_get_counts (engine, &counts);
  if (counts.unsent == 0)
    return g_strdup (
        _ ("No more web orders will come to this till. Orders and stock are kept here; "
           "nothing waits to be sent."));
  waiting =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d change has not been sent to HubRise yet.",
                                    "%d changes have not been sent to HubRise yet.", counts.unsent),
                       (int)counts.unsent);
  return g_strdup_printf (
      /* TRANSLATORS: %s is a whole sentence about what has not been sent yet. */
      _ ("%s It is kept and goes out once this till is connected to the same location again. No "
         "more web orders will come to this till; orders and stock are kept here."),
      waiting);
}

/**
 * cpt_disconnect_dialog_run:
 * @parent: the window behind
 * @engine: the engine to disconnect
 * @done: told what happened
 * @data: (transfer full): an object, handed to @done or released when the answer is no
 */
void
cpt_disconnect_dialog_run (GtkWindow *parent,
                           CptEngine *engine,
                           CptDisconnectedFunc done,
                           gpointer data)
{
  GtkWidget *dialog =
      adw_message_dialog_new (parent, _ ("Disconnect this till from HubRise?"), NULL);
  g_autofree char *body = explain (engine);
  Disconnecting *disconnecting = g_new0 (Disconnecting, 1);

  disconnecting->engine = g_object_ref (engine);
  disconnecting->done = done;
  disconnecting->data = data;
  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Disconnect this till from HubRise?"));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                    /* TRANSLATORS: this till remains connected. */
                                    _ ("Stay connected"), "disconnect",
                                    /* TRANSLATORS: this till from HubRise. */
                                    _ ("Disconnect"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "disconnect",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), disconnecting);
  gtk_window_present (GTK_WINDOW (dialog));
}
