/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP message under way: its time-outs on the clock that was handed in, its body read as a
 * stream within a limit. Main thread only. */
#include "cpt-hubrise-transfer.h"

#include <string.h>

#define CONNECT_TIMEOUT_MS (10 * CPT_SECOND)
#define REPLY_TIMEOUT_MS   (30 * CPT_SECOND)
#define POST_TIMEOUT_MS    (60 * CPT_SECOND)
/* For all the pieces of what may be large: the slowest line in use brings 64 MB in less. */
#define PATIENCE_MS (10 * CPT_MINUTE)

#define PIECE_SIZE  (64 * 1024)

typedef struct
{
  SoupMessage *message;      /* (owned) */
  CptClock *clock;           /* (owned) */
  GCancellable *cancellable; /* (owned) ours: cancelled by the caller's or by a time-out */
  GCancellable *caller;      /* (owned) (nullable) */
  gulong caller_handler;
  GInputStream *stream; /* (owned) (nullable) */
  GByteArray *pieces;   /* (owned) */
  gsize limit;
  gboolean patient;
  gint64 began;  /* on the steady clock, when the request went out */
  gboolean sent; /* the first byte of the request may have left */
  gboolean timed_out;
  guint timer;
} Job;

static void
stop_waiting (Job *job)
{
  cpt_clock_clear_timer (job->clock, &job->timer);
  if (job->caller_handler != 0)
    g_cancellable_disconnect (job->caller, job->caller_handler);
  job->caller_handler = 0;
  g_signal_handlers_disconnect_by_data (job->message, job);
}

static void
job_free (Job *job)
{
  stop_waiting (job);
  g_clear_object (&job->message);
  g_clear_object (&job->stream);
  g_clear_object (&job->cancellable);
  g_clear_object (&job->caller);
  g_clear_object (&job->clock);
  g_clear_pointer (&job->pieces, g_byte_array_unref);
  g_free (job);
}

void
cpt_transfer_free (CptTransfer *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
timeout_cb (gpointer data)
{
  Job *job = data;

  job->timer = 0;
  job->timed_out = TRUE;
  g_cancellable_cancel (job->cancellable);
  return G_SOURCE_REMOVE;
}

static void
arm_timer (Job *job, gint64 delay_ms)
{
  cpt_clock_clear_timer (job->clock, &job->timer);
  job->timer = cpt_clock_add_timer (job->clock, delay_ms, timeout_cb, job, NULL);
}

static void
arm_reply_timer (Job *job)
{
  gboolean is_post = g_str_equal (soup_message_get_method (job->message), "POST");
  gint64 left = job->began + PATIENCE_MS - cpt_clock_monotonic (job->clock);

  arm_timer (job, MIN (is_post ? POST_TIMEOUT_MS : REPLY_TIMEOUT_MS, MAX (left, 0)));
}

/* The first sign that the message left libsoup's queue and wants a connection: waiting for a free
 * connection is no fault of the network. */
static void
network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *stream, gpointer data)
{
  Job *job = data;

  if (!job->sent && job->timer == 0)
    arm_timer (job, CONNECT_TIMEOUT_MS);
}

/* Connection, proxy and TLS are ready; the request goes out now. */
static void
starting_cb (SoupMessage *message, gpointer data)
{
  Job *job = data;

  job->sent = TRUE;
  job->began = cpt_clock_monotonic (job->clock);
  arm_reply_timer (job);
}

/* libsoup sends an idempotent request again by itself when the connection it had kept open turns
 * out to be closed. On another kept one it may have begun before it hears of the first failure,
 * which it then takes for the second try's: the request fails, and when the reply is there already
 * libsoup 3.2 reads through NULL. A new connection is not ready before that. */
static void
restarted_cb (SoupMessage *message, gpointer data)
{
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer data)
{
  g_cancellable_cancel (G_CANCELLABLE (data));
}

static CptTransfer *
transfer_new (Job *job, CptTransferEnd end)
{
  CptTransfer *transfer = g_new0 (CptTransfer, 1);

  transfer->end = end;
  transfer->timed_out = job->timed_out;
  if (job->sent)
    transfer->status = soup_message_get_status (job->message);
  return transfer;
}

static void
finish (GTask *task, CptTransfer *transfer)
{
  stop_waiting (g_task_get_task_data (task));
  g_task_return_pointer (task, transfer, (GDestroyNotify)cpt_transfer_free);
  g_object_unref (task);
}

static void
finish_with_error (GTask *task, GError *error)
{
  Job *job = g_task_get_task_data (task);
  CptTransfer *transfer = transfer_new (job, job->sent ? CPT_TRANSFER_LOST : CPT_TRANSFER_NOT_SENT);

  transfer->error = error;
  finish (task, transfer);
}

static void
finish_with_body (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  CptTransfer *transfer = transfer_new (job, CPT_TRANSFER_ANSWERED);

  transfer->body = g_byte_array_free_to_bytes (g_steal_pointer (&job->pieces));
  finish (task, transfer);
}

/* Cancelling first keeps the stream from being drained when it goes. */
static void
finish_too_large (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  g_cancellable_cancel (job->cancellable);
  finish (task, transfer_new (job, CPT_TRANSFER_TOO_LARGE));
}

static void read_piece (GTask *task);

static void
piece_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (job->stream, result, &error);

  if (piece == NULL)
    {
      finish_with_error (task, g_steal_pointer (&error));
      return;
    }
  if (g_bytes_get_size (piece) == 0)
    {
      finish_with_body (task);
      return;
    }
  if (job->pieces->len + g_bytes_get_size (piece) > job->limit)
    {
      finish_too_large (task);
      return;
    }

  g_byte_array_append (job->pieces, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
  if (job->patient)
    arm_reply_timer (job);
  read_piece (task);
}

static void
read_piece (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (job->stream, PIECE_SIZE, G_PRIORITY_DEFAULT, job->cancellable,
                                   piece_read_cb, task);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (job->stream == NULL)
    finish_with_error (task, g_steal_pointer (&error));
  else
    read_piece (task);
}

static void
follow_caller (Job *job, GCancellable *caller)
{
  if (caller == NULL)
    return;
  job->caller = g_object_ref (caller);
  job->caller_handler = g_cancellable_connect (caller, G_CALLBACK (caller_cancelled_cb),
                                               g_object_ref (job->cancellable), g_object_unref);
}

/**
 * cpt_transfer_run_async:
 * @limit: bytes of the answer's body
 * @patient: the reply's time-out begins anew with every piece of the body, for ten minutes: for
 *   what may be large
 * @cancellable: (nullable): ends it as a failure like any other; the caller knows why
 *
 * The time-out for connecting runs from the first work on a connection until the request goes
 * out, the one for the reply from there to the end of the body.
 */
void
cpt_transfer_run_async (SoupSession *session,
                        SoupMessage *message,
                        CptClock *clock,
                        gsize limit,
                        gboolean patient,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  GTask *task = g_task_new (session, NULL, callback, data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, cpt_transfer_run_async);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  job->message = g_object_ref (message);
  job->clock = g_object_ref (clock);
  job->cancellable = g_cancellable_new ();
  job->pieces = g_byte_array_new ();
  job->limit = limit;
  job->patient = patient;
  follow_caller (job, cancellable);

  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), job);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), job);
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), job);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, job->cancellable, sent_cb, task);
}

/**
 * cpt_transfer_run_finish:
 *
 * Returns: (transfer full): never NULL
 */
CptTransfer *
cpt_transfer_run_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
