/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server on loopback that answers what a test told it to, or fails the way it was told, and
 * remembers every request. Main thread only. */
#include "cpt-test-server.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct
{
  CptServeHow how;
  guint status;
  char *body;
  GStrv headers;
} Turn;

struct _CptTestServer
{
  GObject parent_instance;

  SoupServer *server; /* (owned) */
  char *root;
  GQueue turns;
  GPtrArray *served;
  GPtrArray *silent;  /* messages that are never answered */
  GIOStream *stalled; /* (nullable) a connection in the middle of a body */
};

G_DEFINE_FINAL_TYPE (CptTestServer, cpt_test_server, G_TYPE_OBJECT)

static void
turn_free (Turn *turn)
{
  g_free (turn->body);
  g_strfreev (turn->headers);
  g_free (turn);
}

static void
served_free (CptServed *served)
{
  g_free (served->method);
  g_free (served->path);
  g_free (served->query);
  g_free (served->token);
  g_free (served->authorization);
  g_free (served->type);
  g_free (served->body);
  g_free (served);
}

static void
cpt_test_server_finalize (GObject *object)
{
  CptTestServer *self = CPT_TEST_SERVER (object);

  soup_server_disconnect (self->server);
  g_clear_pointer (&self->silent, g_ptr_array_unref);
  g_clear_object (&self->stalled);
  g_clear_object (&self->server);
  g_free (self->root);
  g_queue_clear_full (&self->turns, (GDestroyNotify)turn_free);
  g_ptr_array_unref (self->served);
  G_OBJECT_CLASS (cpt_test_server_parent_class)->finalize (object);
}

static void
cpt_test_server_class_init (CptTestServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_test_server_finalize;
}

static void
cpt_test_server_init (CptTestServer *self)
{
  g_queue_init (&self->turns);
  self->served = g_ptr_array_new_with_free_func ((GDestroyNotify)served_free);
  self->silent = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
remember (CptTestServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  GUri *uri = soup_server_message_get_uri (message);
  CptServed *served = g_new0 (CptServed, 1);

  served->method = g_strdup (soup_server_message_get_method (message));
  served->path = g_strdup (g_uri_get_path (uri));
  served->query = g_strdup (g_uri_get_query (uri));
  served->token = g_strdup (soup_message_headers_get_one (headers, "X-Access-Token"));
  served->authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  served->type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  served->body = g_strndup (body->data, body->length);
  served->from = g_inet_socket_address_get_port (
      G_INET_SOCKET_ADDRESS (soup_server_message_get_remote_address (message)));
  served->http2 = soup_server_message_get_http_version (message) == SOUP_HTTP_2_0;
  g_ptr_array_add (self->served, served);
}

static void
answer (SoupServerMessage *message, const Turn *turn)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, turn->status, NULL);
  if (turn->body != NULL)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, turn->body,
                                      strlen (turn->body));
  for (char **line = turn->headers; line != NULL && *line != NULL; line++)
    {
      g_auto (GStrv) parts = g_strsplit (*line, ": ", 2);
      soup_message_headers_replace (headers, parts[0], parts[1]);
    }
}

#define HALF_BODY "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\":\"half"

void
cpt_test_server_feed (CptTestServer *self, const char *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (self->stalled), text, strlen (text),
                             NULL, NULL, NULL);
}

static void
write_and_close (SoupServerMessage *message, const char *text)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text), NULL,
                             NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

/* As many bytes as the socket takes each time; the reader's limit ends it. */
static void
wrote_endless_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  static char spaces[64 * 1024];
  g_autoptr (GIOStream) stream = data;
  GOutputStream *out = G_OUTPUT_STREAM (source);

  memset (spaces, ' ', sizeof spaces);
  if (result != NULL && g_output_stream_write_finish (out, result, NULL) <= 0)
    return;
  g_output_stream_write_async (out, spaces, sizeof spaces, G_PRIORITY_DEFAULT, NULL,
                               wrote_endless_cb, g_steal_pointer (&stream));
}

static void
write_without_end (SoupServerMessage *message)
{
  static const char head[] = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[";
  GIOStream *stream = soup_server_message_steal_connection (message);
  GOutputStream *out = g_io_stream_get_output_stream (stream);

  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  wrote_endless_cb (G_OBJECT (out), NULL, stream);
}

static void
fail (CptTestServer *self, SoupServerMessage *message, CptServeHow how)
{
  switch (how)
    {
    case CPT_SERVE_NEVER:
      g_ptr_array_add (self->silent, g_object_ref (message));
      soup_server_message_pause (message);
      break;
    case CPT_SERVE_DROP:
      write_and_close (message, "");
      break;
    case CPT_SERVE_DROP_HEAD:
      write_and_close (message, "HTTP/1.1 200 OK\r\nContent-Ty");
      break;
    case CPT_SERVE_DROP_BODY:
      write_and_close (message, "HTTP/1.1 200 OK\r\n" HALF_BODY);
      break;
    case CPT_SERVE_DROP_REFUSAL:
      write_and_close (message, "HTTP/1.1 422 Unprocessable\r\n" HALF_BODY);
      break;
    case CPT_SERVE_STALL:
      self->stalled = soup_server_message_steal_connection (message);
      cpt_test_server_feed (self, "HTTP/1.1 200 OK\r\n" HALF_BODY);
      break;
    case CPT_SERVE_ENDLESS:
      write_without_end (message);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  CptTestServer *self = data;
  Turn *turn = g_queue_pop_head (&self->turns);

  remember (self, message);
  if (turn == NULL)
    {
      Turn plain = { CPT_SERVE_ANSWER, 200, (char *)"{}", NULL };
      answer (message, &plain);
      return;
    }
  if (turn->how == CPT_SERVE_ANSWER)
    answer (message, turn);
  else
    fail (self, message, turn->how);
  turn_free (turn);
}

static CptTestServer *
server_new (GTlsCertificate *certificate)
{
  CptTestServer *self = g_object_new (CPT_TYPE_TEST_SERVER, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;
  GSList *uris = NULL;

  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen (self->server, address, certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0,
                      &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->root = g_strdup_printf ("%s://127.0.0.1:%d", certificate != NULL ? "https" : "http",
                                g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return self;
}

CptTestServer *
cpt_test_server_new (void)
{
  return server_new (NULL);
}

CptTestServer *
cpt_test_server_new_untrusted (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "hubrise", "untrusted-server.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return server_new (certificate);
}

const char *
cpt_test_server_get_root (CptTestServer *self)
{
  return self->root;
}

static Turn *
add_turn (CptTestServer *self, CptServeHow how)
{
  Turn *turn = g_new0 (Turn, 1);

  turn->how = how;
  g_queue_push_tail (&self->turns, turn);
  return turn;
}

void
cpt_test_server_answer (CptTestServer *self,
                        guint status,
                        const char *body,
                        const char *const *headers)
{
  Turn *turn = add_turn (self, CPT_SERVE_ANSWER);

  turn->status = status;
  turn->body = g_strdup (body);
  turn->headers = g_strdupv ((GStrv)headers);
}

void
cpt_test_server_fail (CptTestServer *self, CptServeHow how)
{
  add_turn (self, how);
}

guint
cpt_test_server_count (CptTestServer *self)
{
  return self->served->len;
}

const CptServed *
cpt_test_server_get (CptTestServer *self, guint i)
{
  g_assert_cmpuint (i, <, self->served->len);
  return g_ptr_array_index (self->served, i);
}

void
cpt_test_server_forget (CptTestServer *self)
{
  g_ptr_array_set_size (self->served, 0);
}
