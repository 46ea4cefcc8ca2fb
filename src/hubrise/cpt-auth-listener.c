/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits on a loopback port for the browser that comes back from HubRise, takes one valid answer,
 * shows a page and closes. Main thread only. */
#include "cpt-hubrise-auth.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "cpt-hubrise-auth-private.h"
#include "cpt-hubrise-client.h"

#define ANSWER_PATH "/callback"

struct _CptAuthListener
{
  GObject parent_instance;

  char *state;        /* (owned) */
  char *redirect_uri; /* (owned) (nullable) */
  SoupServer *server; /* (owned) (nullable) */
  SoupServerMessage
      *message;  /* (unowned) (nullable) the one with the valid answer: compared only */
  char *code;    /* (owned) (nullable) */
  char *refusal; /* (owned) (nullable) */
};

enum
{
  SIGNAL_CODE,
  SIGNAL_REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptAuthListener, cpt_auth_listener, G_TYPE_OBJECT)

static void
cpt_auth_listener_dispose (GObject *object)
{
  CptAuthListener *self = CPT_AUTH_LISTENER (object);

  cpt_auth_listener_stop (self);
  G_OBJECT_CLASS (cpt_auth_listener_parent_class)->dispose (object);
}

static void
cpt_auth_listener_finalize (GObject *object)
{
  CptAuthListener *self = CPT_AUTH_LISTENER (object);

  g_free (self->state);
  g_free (self->redirect_uri);
  g_free (self->code);
  g_free (self->refusal);
  G_OBJECT_CLASS (cpt_auth_listener_parent_class)->finalize (object);
}

static void
cpt_auth_listener_class_init (CptAuthListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_auth_listener_dispose;
  object_class->finalize = cpt_auth_listener_finalize;

  signals[SIGNAL_CODE] = g_signal_new ("code", CPT_TYPE_AUTH_LISTENER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", CPT_TYPE_AUTH_LISTENER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpt_auth_listener_init (CptAuthListener *self)
{
}

/**
 * cpt_auth_listener_new:
 * @state: the only one that is taken
 */
CptAuthListener *
cpt_auth_listener_new (const char *state)
{
  CptAuthListener *self = g_object_new (CPT_TYPE_AUTH_LISTENER, NULL);

  self->state = g_strdup (state);
  return self;
}

/* Whole in itself: the page asks for nothing else, and could not. */
#define PAGE_STYLE                                                                                 \
  ":root{color-scheme:light dark}"                                                                 \
  "body{margin:0;min-height:100vh;display:grid;place-items:center;"                                \
  "font:18px/1.5 sans-serif;background:#f4f4f4;color:#1e1e1e}"                                     \
  "main{max-width:28em;margin:1em;padding:2.5em;border-radius:16px;background:#fff;"               \
  "text-align:center;box-shadow:0 1px 6px #0003}"                                                  \
  "h1{font-size:26px;line-height:1.25;margin:.8em 0 .4em}p{margin:0}"                              \
  "svg{width:72px;height:72px}"                                                                    \
  "path{fill:none;stroke:#fff;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}"          \
  "@media(prefers-color-scheme:dark){body{background:#222;color:#fff}main{background:#333}}"

#define MARK_DONE                                                                                  \
  "<circle cx=\"12\" cy=\"12\" r=\"12\" fill=\"#1f8a4c\"/><path d=\"m7 12.5 3.5 3.5L17 9\"/>"
#define MARK_NOT                                                                                   \
  "<circle cx=\"12\" cy=\"12\" r=\"12\" fill=\"#c01c28\"/><path d=\"M12 6.5v6M12 17v.01\"/>"

static char *
build_page (gboolean done, const char *title, const char *text)
{
  /* TRANSLATORS: the two-letter code of the language you translate into */
  const char *language = C_ ("language of the page", "en");
  g_autofree char *words = g_markup_printf_escaped ("<h1>%s</h1>\n<p>%s</p>", title, text);

  return g_strdup_printf (
      "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Comptoir</title>\n"
      "<style>" PAGE_STYLE "</style>\n</head>\n<body>\n<main>\n"
      "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\">%s</svg>\n%s\n"
      "</main>\n</body>\n</html>\n",
      language, done ? MARK_DONE : MARK_NOT, words);
}

static void
send_page (SoupServerMessage *message,
           guint status,
           gboolean done,
           const char *title,
           const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *page = build_page (done, title, text);
  gsize length = strlen (page);

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE,
                                    g_steal_pointer (&page), length);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'");
  soup_message_headers_replace (headers, "Connection", "close");
}

static void
send_result (CptAuthListener *self, SoupServerMessage *message)
{
  if (self->code != NULL)
    send_page (message, SOUP_STATUS_OK, TRUE, _ ("Comptoir has its answer"),
               _ ("You can close this page and go back to the till."));
  else
    send_page (message, SOUP_STATUS_OK, FALSE, _ ("Comptoir is not connected"), self->refusal);
}

static void
take_answer (CptAuthListener *self, SoupServerMessage *message, GHashTable *query)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = cpt_hubrise_auth_read_answer (query, self->state, &error);

  if (code == NULL && !g_error_matches (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_REFUSED))
    {
      send_page (message, SOUP_STATUS_BAD_REQUEST, FALSE, _ ("This is not the awaited answer"),
                 error->message);
      return;
    }

  self->message = message;
  self->code = g_steal_pointer (&code);
  if (self->code == NULL)
    self->refusal = g_strdup (error->message);
  send_result (self, message);
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  CptAuthListener *self = data;

  if (!g_str_equal (path, ANSWER_PATH) || query == NULL)
    send_page (message, SOUP_STATUS_NOT_FOUND, FALSE, _ ("Nothing here"),
               _ ("Comptoir waits for HubRise's answer at another address."));
  else if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    send_page (message, SOUP_STATUS_METHOD_NOT_ALLOWED, FALSE, _ ("Nothing here"),
               _ ("Comptoir waits for HubRise's answer at another address."));
  else if (self->message != NULL)
    send_page (message, SOUP_STATUS_GONE, TRUE, _ ("Comptoir has its answer"),
               _ ("You can close this page and go back to the till."));
  else
    take_answer (self, message, query);
}

/* The page has been delivered, or the browser did not wait for it: either way the answer is ours.
 * Closing earlier, in the handler, would lose the page. */
static void
request_ended_cb (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  CptAuthListener *self = data;

  if (self->message != message)
    return;

  g_object_ref (self);
  self->message = NULL;
  cpt_auth_listener_stop (self);
  if (self->code != NULL)
    g_signal_emit (self, signals[SIGNAL_CODE], 0, self->code);
  else
    g_signal_emit (self, signals[SIGNAL_REFUSED], 0, self->refusal);
  g_object_unref (self);
}

static gboolean
listen_on_free_port (CptAuthListener *self, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  GSList *uris = NULL;

  if (!soup_server_listen (self->server, address, 0, error))
    return FALSE;

  uris = soup_server_get_uris (self->server);
  self->redirect_uri =
      g_strdup_printf ("http://127.0.0.1:%d" ANSWER_PATH, g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return TRUE;
}

/**
 * cpt_auth_listener_start:
 *
 * Listens on a free port of 127.0.0.1.
 */
gboolean
cpt_auth_listener_start (CptAuthListener *self, GError **error)
{
  g_return_val_if_fail (self->server == NULL, FALSE);

  self->server = soup_server_new ("server-header", NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  g_signal_connect (self->server, "request-finished", G_CALLBACK (request_ended_cb), self);
  g_signal_connect (self->server, "request-aborted", G_CALLBACK (request_ended_cb), self);
  if (listen_on_free_port (self, error))
    return TRUE;

  cpt_auth_listener_stop (self);
  return FALSE;
}

/**
 * cpt_auth_listener_get_redirect_uri:
 *
 * Returns: (nullable) (transfer none): NULL before it was started
 */
const char *
cpt_auth_listener_get_redirect_uri (CptAuthListener *self)
{
  return self->redirect_uri;
}

/**
 * cpt_auth_listener_stop:
 *
 * Closes the port; no signal comes any more. Harmless when it is closed already.
 */
void
cpt_auth_listener_stop (CptAuthListener *self)
{
  if (self->server == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->server, self);
  soup_server_remove_handler (self->server, NULL);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  self->message = NULL;
}
