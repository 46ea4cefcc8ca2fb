/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line to HubRise: sends one request, gives one reply, decides nothing and repeats nothing.
 * Main thread only; everything is asynchronous. */
#include "cpt-hubrise-client.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "cpt-hubrise-reply-private.h"
#include "cpt-hubrise-transfer.h"
#include "cpt-json-private.h"

/* Enough that a few slow answers do not hold up the next request to the same host. */
#define CONNECTIONS_PER_HOST 4

/* A wait longer than the longest window of the limits is a mistake of somebody's clock. */
#define LONGEST_RETRY_AFTER CPT_DAY

/* What a person waits for never queues behind a catalog; the authorisation has its own host. */
typedef enum
{
  LINE_BACKGROUND,
  LINE_PERSON,
  LINE_OAUTH,
  N_LINES,
} Line;

struct _CptHubriseClient
{
  GObject parent_instance;

  CptClock *clock;             /* (owned) */
  CptHubriseBudget *budget;    /* (owned) */
  char *api_root, *oauth_root; /* (owned) without trailing slash */
  char *client_id, *client_secret;
  char *token; /* (owned) (nullable) */
  SoupSession *sessions[N_LINES];
};

enum
{
  SIGNAL_EXCHANGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One request on its way. */
typedef struct
{
  CptHubriseRequest *request; /* (owned) */
  CptHubriseReply *reply;     /* (owned) being filled */
  SoupMessage *message;       /* (owned) (nullable) */
  CptTransfer *transfer;      /* (owned) (nullable) */
  CptTime began;
} Call;

G_DEFINE_FINAL_TYPE (CptHubriseClient, cpt_hubrise_client, G_TYPE_OBJECT)

static void
wipe (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

static void
cpt_hubrise_client_dispose (GObject *object)
{
  CptHubriseClient *self = CPT_HUBRISE_CLIENT (object);

  for (int i = 0; i < N_LINES; i++)
    g_clear_object (&self->sessions[i]);
  g_clear_object (&self->budget);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (cpt_hubrise_client_parent_class)->dispose (object);
}

static void
cpt_hubrise_client_finalize (GObject *object)
{
  CptHubriseClient *self = CPT_HUBRISE_CLIENT (object);

  g_free (self->api_root);
  g_free (self->oauth_root);
  g_free (self->client_id);
  wipe (&self->client_secret);
  wipe (&self->token);
  G_OBJECT_CLASS (cpt_hubrise_client_parent_class)->finalize (object);
}

static void
cpt_hubrise_client_class_init (CptHubriseClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_hubrise_client_dispose;
  object_class->finalize = cpt_hubrise_client_finalize;

  signals[SIGNAL_EXCHANGE] = g_signal_new ("exchange", CPT_TYPE_HUBRISE_CLIENT, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, CPT_TYPE_EXCHANGE);
}

static void
cpt_hubrise_client_init (CptHubriseClient *self)
{
}

static void
call_free (Call *call)
{
  g_clear_pointer (&call->request, cpt_hubrise_request_unref);
  g_clear_pointer (&call->reply, cpt_hubrise_reply_unref);
  g_clear_pointer (&call->transfer, cpt_transfer_free);
  g_clear_object (&call->message);
  g_free (call);
}

static gboolean
is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
fail_address (GError **error, const char *root, const char *why)
{
  /* TRANSLATORS: first an address somebody typed, then what is wrong with it */
  g_set_error (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_ADDRESS, _ ("%s: %s"), root, why);
  return FALSE;
}

static gboolean
is_plain (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

static gboolean
check_root (GUri *uri, const char *root, GError **error)
{
  const char *host = g_uri_get_host (uri);

  if (host == NULL || host[0] == '\0')
    return fail_address (error, root, _ ("the address has no host name"));
  if (g_uri_get_userinfo (uri) != NULL)
    return fail_address (error, root, _ ("the address must not hold a name or password"));
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return fail_address (error, root, _ ("the address must not hold “?” or “#”"));
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  if (!g_str_equal (g_uri_get_scheme (uri), "http"))
    return fail_address (error, root, _ ("the address must begin with https://"));
  if (!is_loopback (uri))
    return fail_address (error, root, _ ("http:// is for this computer itself only; use https://"));
  return TRUE;
}

/* The root without trailing slashes, and whether it is on this computer. */
static char *
normalize_root (const char *root, gboolean *loopback, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (root != NULL ? root : ""));
  g_autoptr (GUri) uri = NULL;

  while (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';

  uri = is_plain (text) ? g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  if (uri == NULL)
    {
      fail_address (error, text, _ ("this is not an address"));
      return NULL;
    }
  if (!check_root (uri, text, error))
    return NULL;
  *loopback = is_loopback (uri);
  return g_steal_pointer (&text);
}

/**
 * cpt_hubrise_check_address:
 * @root: what somebody typed
 *
 * Returns: whether a client takes it as a root; else %CPT_HUBRISE_ERROR_ADDRESS says why not
 */
gboolean
cpt_hubrise_check_address (const char *root, GError **error)
{
  gboolean loopback = FALSE;
  g_autofree char *normal = normalize_root (root, &loopback, error);

  return normal != NULL;
}

/**
 * cpt_hubrise_init:
 *
 * HTTP/1.1 for every message from now on. By HTTP/2 all would share one connection: what a person
 * did would wait behind a catalog, and everything behind a connection that is still being made.
 * Besides, libsoup 3.2 takes a server's orderly end of such a connection for a failure of what was
 * sent on it, and has no switch but this variable of the environment: call it before there are
 * threads, as setting one is not safe beside them.
 */
void
cpt_hubrise_init (void)
{
  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);
}

/* Time-outs are the transfer's, on the program's clock. No cookies, no cache, no redirects, and
 * no answer to a server's challenge: the credentials are ours to place. */
static SoupSession *
session_new (gboolean loopback)
{
  SoupSession *session =
      soup_session_new_with_options ("timeout", 0, "max-conns-per-host", CONNECTIONS_PER_HOST,
                                     "user-agent", "Comptoir", NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (loopback)
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

/**
 * cpt_hubrise_client_new:
 * @clock: for every time-out and every instant
 * @api_root: such as https://api.hubrise.com/v1
 * @oauth_root: such as https://manager.hubrise.com/oauth2/v1
 * @client_id: (nullable)
 * @client_secret: (nullable)
 *
 * Returns: (transfer full): NULL with %CPT_HUBRISE_ERROR_ADDRESS when a root is neither https nor
 * http on this computer
 */
CptHubriseClient *
cpt_hubrise_client_new (CptClock *clock,
                        const char *api_root,
                        const char *oauth_root,
                        const char *client_id,
                        const char *client_secret,
                        GError **error)
{
  g_autoptr (CptHubriseClient) self = g_object_new (CPT_TYPE_HUBRISE_CLIENT, NULL);
  gboolean api_loopback = FALSE;
  gboolean oauth_loopback = FALSE;

  self->clock = g_object_ref (clock);
  self->budget = cpt_hubrise_budget_new (clock);
  self->client_id = g_strdup (client_id != NULL ? client_id : "");
  self->client_secret = g_strdup (client_secret != NULL ? client_secret : "");
  self->api_root = normalize_root (api_root, &api_loopback, error);
  if (self->api_root == NULL)
    return NULL;
  self->oauth_root = normalize_root (oauth_root, &oauth_loopback, error);
  if (self->oauth_root == NULL)
    return NULL;

  self->sessions[LINE_BACKGROUND] = session_new (api_loopback);
  self->sessions[LINE_PERSON] = session_new (api_loopback);
  self->sessions[LINE_OAUTH] = session_new (oauth_loopback);
  return g_steal_pointer (&self);
}

/**
 * cpt_hubrise_client_set_token:
 * @token: (nullable): sent to the API root only, never logged; what cannot stand in a header
 *   counts as none
 */
void
cpt_hubrise_client_set_token (CptHubriseClient *self, const char *token)
{
  wipe (&self->token);
  if (token != NULL && token[0] != '\0' && is_plain (token))
    self->token = g_strdup (token);
}

gboolean
cpt_hubrise_client_has_token (CptHubriseClient *self)
{
  return self->token != NULL;
}

const char *
cpt_hubrise_client_get_token (CptHubriseClient *self)
{
  return self->token;
}

/**
 * cpt_hubrise_client_get_budget:
 *
 * Returns: (transfer none)
 */
CptHubriseBudget *
cpt_hubrise_client_get_budget (CptHubriseClient *self)
{
  return self->budget;
}

static CptExchange *
exchange_new (CptHubriseClient *self, Call *call, const CptBodyDigest *digest)
{
  const CptHubriseRequest *request = call->request;
  CptExchange *exchange = cpt_exchange_new ();

  exchange->at = call->began;
  exchange->method = g_strdup (request->method);
  exchange->path = cpt_hubrise_request_dup_shown_path (request);
  exchange->status = call->reply->status;
  exchange->duration_ms = cpt_clock_monotonic (self->clock) - call->reply->began_mono;
  exchange->order_id = g_strdup (request->order_id);
  exchange->failure = g_strdup (call->reply->technical);
  exchange->repeats = 1;
  if (call->reply->body != NULL)
    exchange->bytes = (gint64)g_bytes_get_size (call->reply->body);
  if (request->secret)
    {
      exchange->request_body = g_strdup (_ ("(secret, not kept)"));
      exchange->reply_body = digest != NULL ? g_strdup (_ ("(secret, not kept)")) : NULL;
      return exchange;
    }

  if (request->body != NULL && !cpt_json_is_long (request->body))
    exchange->request_body = cpt_json_mask (request->body);
  exchange->reply_body = digest != NULL ? g_strdup (digest->masked) : NULL;
  return exchange;
}

/* Takes @task and the reply in it. */
static void
hand_over (GTask *task, CptExchange *exchange)
{
  Call *call = g_task_get_task_data (task);

  g_signal_emit (g_task_get_source_object (task), signals[SIGNAL_EXCHANGE], 0, exchange);
  g_task_return_pointer (task, g_steal_pointer (&call->reply),
                         (GDestroyNotify)cpt_hubrise_reply_unref);
  g_object_unref (task);
}

typedef struct
{
  GTask *task;           /* (owned) */
  CptExchange *exchange; /* (owned) */
} Masking;

static gpointer
mask_body (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_mask (body);
}

static void
masked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Masking *masking = data;
  g_autoptr (CptExchange) exchange = masking->exchange;

  exchange->request_body = cpt_json_decode_finish (result, NULL);
  hand_over (masking->task, exchange);
}

static void
complete (GTask *task, const CptBodyDigest *digest)
{
  CptHubriseClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  const CptHubriseRequest *request = call->request;
  g_autoptr (CptExchange) exchange = NULL;
  Masking *masking = NULL;

  call->reply->received_at = cpt_clock_now (self->clock);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_free (call->reply->technical);
      call->reply->technical = g_strdup ("cancelled");
    }
  exchange = exchange_new (self, call, digest);
  if (request->secret || request->body == NULL || !cpt_json_is_long (request->body))
    {
      hand_over (task, exchange);
      return;
    }
  /* The whole stock: masked for the log on a thread of its own. */
  masking = g_new0 (Masking, 1);
  masking->task = task;
  masking->exchange = g_steal_pointer (&exchange);
  cpt_json_decode_async (request->body, mask_body, NULL, NULL, g_free, NULL, masked_cb, masking);
}

/* Retry-After in seconds or as a date by the server's clock; on this PC's clock. */
static CptTime
parse_retry_after (const char *text, CptTime now, CptTime server_date)
{
  guint64 seconds = 0;
  CptTime date = CPT_TIME_NONE;

  if (text == NULL)
    return CPT_TIME_NONE;
  if (g_ascii_string_to_unsigned (text, 10, 0, LONGEST_RETRY_AFTER / CPT_SECOND, &seconds, NULL))
    return now + (gint64)seconds * CPT_SECOND;
  if (!cpt_time_parse_http_date (text, &date))
    return CPT_TIME_NONE;

  gint64 offset = server_date != CPT_TIME_NONE ? server_date - now : 0;
  return CLAMP (date - offset, now, now + LONGEST_RETRY_AFTER);
}

static void
read_date (CptHubriseClient *self, Call *call, SoupMessageHeaders *headers)
{
  const char *date = soup_message_headers_get_one (headers, "Date");

  if (date == NULL || !cpt_time_parse_http_date (date, &call->reply->server_date))
    {
      call->reply->server_date = CPT_TIME_NONE;
      return;
    }
  if (!call->request->oauth)
    cpt_hubrise_budget_set_offset (self->budget,
                                   call->reply->server_date - cpt_clock_now (self->clock));
}

static void
tell_budget (CptHubriseClient *self, Call *call, SoupMessageHeaders *headers)
{
  const char *retry_after = soup_message_headers_get_one (headers, "Retry-After");
  CptHubriseReply *reply = call->reply;

  if (call->transfer->status != 429)
    {
      if (!call->request->oauth)
        cpt_hubrise_budget_answered (self->budget);
      return;
    }

  reply->retry_at =
      parse_retry_after (retry_after, cpt_clock_now (self->clock), reply->server_date);
  if (call->request->oauth)
    return;
  cpt_hubrise_budget_refused (self->budget, reply->retry_at);
  if (reply->retry_at == CPT_TIME_NONE)
    reply->retry_at = cpt_hubrise_budget_get_blocked_until (self->budget);
}

static void
read_headers (CptHubriseClient *self, Call *call)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);

  if (call->transfer->status == 0)
    return;
  read_date (self, call, headers);
  tell_budget (self, call, headers);
  call->reply->next_cursor = g_strdup (soup_message_headers_get_one (headers, "X-Cursor-Next"));
}

/* What a thread needs to digest a body. */
typedef struct
{
  char *token; /* (owned) (nullable) */
  gboolean is_error;
} Digesting;

static void
digesting_free (gpointer data)
{
  Digesting *digesting = data;

  if (digesting->token != NULL)
    explicit_bzero (digesting->token, strlen (digesting->token));
  g_free (digesting->token);
  g_free (digesting);
}

/* The answer to a code is asked for because of the token in it. */
static Digesting *
digesting_new (CptHubriseClient *self, const Call *call)
{
  Digesting *digesting = g_new0 (Digesting, 1);

  if (!call->request->oauth && cpt_hubrise_client_has_token (self))
    digesting->token = g_strdup (self->token);
  digesting->is_error = call->transfer->status >= 300;
  return digesting;
}

static gpointer
digest_body (GBytes *body, gpointer hint, GError **error)
{
  const Digesting *digesting = hint;

  return cpt_body_digest_new (body, digesting->is_error, digesting->token);
}

static void
digested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (CptBodyDigest) digest = cpt_json_decode_finish (result, NULL);

  cpt_hubrise_reply_set_answer (call->reply, call->request, call->transfer, digest);
  complete (task, digest);
}

static void
transferred_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  CptHubriseClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  call->transfer = cpt_transfer_run_finish (result);
  read_headers (self, call);
  if (call->transfer->end == CPT_TRANSFER_ANSWERED)
    {
      cpt_json_decode_async (call->transfer->body, digest_body, digesting_new (self, call),
                             digesting_free, (GDestroyNotify)cpt_body_digest_free, NULL,
                             digested_cb, task);
      return;
    }
  cpt_hubrise_reply_set_failure (call->reply, call->transfer);
  complete (task, NULL);
}

static void
add_credentials (CptHubriseClient *self, Call *call, SoupMessageHeaders *headers)
{
  g_autofree char *pair = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *value = NULL;

  if (!call->request->oauth)
    {
      soup_message_headers_replace (headers, "X-Access-Token", self->token);
      return;
    }
  pair = g_strconcat (self->client_id, ":", self->client_secret, NULL);
  encoded = g_base64_encode ((const guchar *)pair, strlen (pair));
  value = g_strconcat ("Basic ", encoded, NULL);
  soup_message_headers_replace (headers, "Authorization", value);
}

static SoupMessage *
message_new (CptHubriseClient *self, Call *call)
{
  const CptHubriseRequest *request = call->request;
  g_autoptr (GUri) uri =
      cpt_hubrise_request_dup_uri (request, request->oauth ? self->oauth_root : self->api_root);
  SoupMessage *message = uri != NULL ? soup_message_new_from_uri (request->method, uri) : NULL;

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (request->priority == CPT_PRIORITY_PERSON)
    soup_message_set_priority (message, SOUP_MESSAGE_PRIORITY_HIGH);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "application/json");
  add_credentials (self, call, soup_message_get_request_headers (message));
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->body_type, request->body);
  return message;
}

static SoupSession *
choose_session (CptHubriseClient *self, const CptHubriseRequest *request)
{
  if (request->oauth)
    return self->sessions[LINE_OAUTH];
  return self->sessions[request->priority == CPT_PRIORITY_PERSON ? LINE_PERSON : LINE_BACKGROUND];
}

/* A reply to something that did not leave: no exchange took place. */
static void
keep_here (GTask *task, CptTime retry_at, const char *message)
{
  CptHubriseClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  call->reply->outcome = CPT_OUTCOME_LATER;
  call->reply->received_at = cpt_clock_now (self->clock);
  call->reply->retry_at = retry_at;
  call->reply->message = g_strdup (message);
  g_task_return_pointer (task, g_steal_pointer (&call->reply),
                         (GDestroyNotify)cpt_hubrise_reply_unref);
  g_object_unref (task);
}

/* Answers are ordered over every client of this process: a new connection must not begin again
 * below what was already applied. */
static gint64 last_sequence;

static gint64
next_sequence (void)
{
  return ++last_sequence;
}

gint64
cpt_hubrise_client_get_last_sequence (void)
{
  return last_sequence;
}

static Call *
call_new (CptHubriseClient *self, CptHubriseRequest *request)
{
  Call *call = g_new0 (Call, 1);

  call->request = cpt_hubrise_request_ref (request);
  call->began = cpt_clock_now (self->clock);
  call->reply = cpt_hubrise_reply_new ();
  call->reply->sequence = next_sequence ();
  call->reply->began_mono = cpt_clock_monotonic (self->clock);
  return call;
}

/**
 * cpt_hubrise_client_send_async:
 *
 * Sends @request once. No budget, no token: the reply says so and nothing has left.
 */
void
cpt_hubrise_client_send_async (CptHubriseClient *self,
                               CptHubriseRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Call *call = call_new (self, request);
  CptTime again = 0;

  g_task_set_source_tag (task, cpt_hubrise_client_send_async);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);

  if (!request->oauth && self->token == NULL)
    {
      keep_here (task, CPT_TIME_NONE, _ ("This till is not connected to HubRise."));
      return;
    }
  if (!request->oauth)
    again = cpt_hubrise_budget_take (self->budget, request->priority, request->heavy);
  if (again != 0)
    {
      keep_here (task, again, _ ("The requests HubRise allows are used up for the moment."));
      return;
    }

  call->message = message_new (self, call);
  if (call->message == NULL)
    {
      keep_here (task, CPT_TIME_NONE, _ ("The address of this request cannot be built."));
      return;
    }
  cpt_transfer_run_async (choose_session (self, request), call->message, self->clock,
                          request->limit, request->heavy, cancellable, transferred_cb, task);
}

CptHubriseReply *
cpt_hubrise_client_send_finish (CptHubriseClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
