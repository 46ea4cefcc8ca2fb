/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command on its way to an engine: the running Comptoir's, by its socket, or where none runs one
 * of its own. Main thread only. */
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-cli-private.h"
#include "cpt-system-clock.h"

/* How long a Comptoir that begins or ends is waited for, and how long one that runs has to greet.
 */
#define PATIENCE (10 * CPT_SECOND)
#define GREETING (5 * CPT_SECOND)
#define PAUSE    (CPT_SECOND / 4)

typedef struct
{
  CptProfile *profile; /* (owned) */
  CptClock *clock;     /* (owned) */
  GMainLoop *loop;     /* (owned) */
  JsonObject *request; /* (owned) */
  JsonObject *answer;  /* (owned) (nullable) */
  CptEngine *engine;   /* (owned) (nullable) ours */
  CptEngineRole role;
  gint64 give_up; /* on the monotonic clock */

  GSocketConnection *connection; /* (owned) (nullable) */
  GDataInputStream *lines;       /* (owned) (nullable) */
  GCancellable *cancellable;     /* (owned) ends what the other has not answered */
  char *line;                    /* (owned) (nullable) */
  guint timer;
  gboolean reached; /* another's engine did it */
} Call;

static void
end (Call *call, JsonObject *answer)
{
  call->answer = answer;
  g_main_loop_quit (call->loop);
}

static void
end_with (Call *call, CptCliExit exit_code, const char *why, const char *detail)
{
  JsonObject *answer = json_object_new ();
  const char *outcome = exit_code == CPT_CLI_LOCKED          ? "locked"
                        : exit_code == CPT_CLI_NOT_CONNECTED ? "not-connected"
                                                             : "refused";

  json_object_set_string_member (answer, "outcome", outcome);
  json_object_set_int_member (answer, "exit", exit_code);
  if (why != NULL)
    json_object_set_string_member (answer, "why", why);
  if (detail != NULL)
    json_object_set_string_member (answer, "detail", detail);
  end (call, answer);
}

static void begin (Call *call);
static void open_engine (Call *call);

/* --- An engine of our own --- */

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;

  cpt_engine_close_finish (CPT_ENGINE (source), result, NULL);
  g_main_loop_quit (call->loop);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;

  call->answer = cpt_cli_deed_run_finish (result);
  cpt_engine_close_async (call->engine, closed_cb, call);
}

static gboolean
again_cb (gpointer data)
{
  Call *call = data;

  call->timer = 0;
  begin (call);
  return G_SOURCE_REMOVE;
}

static void
locked_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;

  cpt_engine_close_finish (CPT_ENGINE (source), result, NULL);
  g_clear_object (&call->engine);
  call->timer = cpt_clock_add_timer (call->clock, PAUSE, again_cb, call, NULL);
}

/* Another Comptoir that cannot be asked: it begins, or ends, or hangs. */
static void
meet_lock (Call *call)
{
  gint64 holder = cpt_engine_get_lock_holder (call->engine);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, holder);
  /* TRANSLATORS: %s is the number of a process of this computer */
  g_autofree char *text = g_strdup_printf (_ ("process %s"), number);

  if (cpt_clock_monotonic (call->clock) < call->give_up)
    cpt_engine_close_async (call->engine, locked_closed_cb, call);
  else
    end_with (call, CPT_CLI_LOCKED, "locked", holder > 0 ? text : NULL);
}

/* Who only looks cannot bring an older file up to date. */
static gboolean
needs_to_write (Call *call, const GError *error)
{
  return call->role == CPT_ENGINE_LOOKS &&
         g_error_matches (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_LOCKED);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_open_finish (call->engine, result, &error))
    {
      if (needs_to_write (call, error))
        {
          call->role = CPT_ENGINE_SENDS;
          open_engine (call);
        }
      else if (g_error_matches (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_LOCKED))
        end_with (call, CPT_CLI_LOCKED, "locked", NULL);
      else
        end_with (call, CPT_CLI_REFUSED, NULL, error->message);
    }
  else if (call->role == CPT_ENGINE_SENDS && cpt_engine_get_lock_holder (call->engine) != 0)
    meet_lock (call);
  else
    cpt_cli_deed_run_async (call->engine, call->request, done_cb, call);
}

static void
open_engine (Call *call)
{
  g_autofree char *path = NULL;

  g_clear_object (&call->engine);
  call->engine = cpt_engine_new (call->clock, call->profile);
  path = cpt_engine_dup_database_path (call->engine);
  cpt_engine_set_role (call->engine, call->role);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    cpt_engine_open_async (call->engine, NULL, opened_cb, call);
  else
    end_with (call, CPT_CLI_NOT_CONNECTED, "not-connected", NULL);
}

/* --- The Comptoir that runs --- */

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  JsonObject *answer = cpt_cli_from_text (line);

  call->reached = TRUE;
  if (answer != NULL)
    end (call, answer);
  else
    end_with (call, CPT_CLI_REFUSED, "ended", NULL);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;

  /* Where that failed there is no answer either. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_data_input_stream_read_line_async (call->lines, G_PRIORITY_DEFAULT, NULL, answered_cb, call);
}

static void
ask (Call *call)
{
  g_autofree char *text = cpt_cli_to_text (call->request, FALSE);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (call->connection));

  call->line = g_strconcat (text, "\n", NULL);
  g_output_stream_write_all_async (out, call->line, strlen (call->line), G_PRIORITY_DEFAULT, NULL,
                                   asked_cb, call);
}

/* One that ends has closed its socket before it could greet: then there is none to ask. */
static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  cpt_clock_clear_timer (call->clock, &call->timer);
  if (line != NULL)
    ask (call);
  else if (g_cancellable_is_cancelled (call->cancellable))
    end_with (call, CPT_CLI_LOCKED, "locked", NULL);
  else
    {
      g_clear_object (&call->lines);
      g_clear_object (&call->connection);
      open_engine (call);
    }
}

static gboolean
no_greeting_cb (gpointer data)
{
  Call *call = data;

  call->timer = 0;
  g_cancellable_cancel (call->cancellable);
  return G_SOURCE_REMOVE;
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;

  call->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);
  if (call->connection == NULL)
    {
      open_engine (call);
      return;
    }
  call->lines =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (call->connection)));
  call->timer = cpt_clock_add_timer (call->clock, GREETING, no_greeting_cb, call, NULL);
  g_data_input_stream_read_line_async (call->lines, G_PRIORITY_DEFAULT, call->cancellable,
                                       greeted_cb, call);
}

static void
begin (Call *call)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *path = cpt_cli_dup_socket_path (call->profile);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), NULL, connected_cb, call);
}

static void
call_clear (Call *call)
{
  g_clear_object (&call->lines);
  g_clear_object (&call->connection);
  g_clear_object (&call->cancellable);
  g_clear_object (&call->engine);
  g_object_unref (call->clock);
  g_main_loop_unref (call->loop);
  g_free (call->line);
}

/**
 * cpt_cli_call:
 * @request: what was typed, complete
 *
 * Returns: (transfer full): the answer
 */
JsonObject *
cpt_cli_call (CptProfile *profile, const CptCliCommand *command, JsonObject *request)
{
  gboolean changes = command->changes || cpt_cli_get_flag (request, "changes");
  Call call = {
    .profile = profile,
    .clock = cpt_system_clock_new (),
    .loop = g_main_loop_new (NULL, FALSE),
    .request = request,
    .role = changes ? CPT_ENGINE_SENDS : CPT_ENGINE_LOOKS,
    .cancellable = g_cancellable_new (),
  };

  call.give_up = cpt_clock_monotonic (call.clock) + PATIENCE;
  begin (&call);
  g_main_loop_run (call.loop);
  call_clear (&call);
  json_object_set_boolean_member (call.answer, "running", call.reached);
  return call.answer;
}
