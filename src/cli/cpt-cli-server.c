/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands typed elsewhere, on this process's engine. One line of JSON each way, after a first one
 * that says who answers. The folder is the user's own, and so is the socket. Main thread only. */
#include "cpt-cli-server.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cpt-cli-private.h"

/* What the system's address of a socket holds, with its end. */
#define MAX_PATH 108

struct _CptCliServer
{
  GObject parent_instance;

  CptEngine *engine;       /* (owned) */
  GSocketService *service; /* (owned) (nullable) while the engine is open */
};

G_DEFINE_FINAL_TYPE (CptCliServer, cpt_cli_server, G_TYPE_OBJECT)

char *
cpt_cli_dup_socket_path (CptProfile *profile)
{
  return g_build_filename (cpt_profile_get_data_dir (profile), "commands", NULL);
}

static void
stop (CptCliServer *self)
{
  g_autofree char *path = cpt_cli_dup_socket_path (cpt_engine_get_profile (self->engine));

  if (self->service == NULL)
    return;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_unlink (path);
}

static void
cpt_cli_server_dispose (GObject *object)
{
  CptCliServer *self = CPT_CLI_SERVER (object);

  if (self->engine != NULL)
    {
      stop (self);
      g_signal_handlers_disconnect_by_data (self->engine, self);
    }
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_cli_server_parent_class)->dispose (object);
}

static void
cpt_cli_server_class_init (CptCliServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_cli_server_dispose;
}

static void
cpt_cli_server_init (CptCliServer *self)
{
}

/* --- One caller --- */

typedef struct
{
  CptEngine *engine;         /* (owned) */
  GSocketConnection *caller; /* (owned) */
  GDataInputStream *lines;   /* (owned) */
  char *line;                /* (owned) (nullable) being written */
} Call;

static void
call_free (Call *call)
{
  g_io_stream_close_async (G_IO_STREAM (call->caller), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (call->lines);
  g_object_unref (call->caller);
  g_object_unref (call->engine);
  g_free (call->line);
  g_free (call);
}

static void
write_line (Call *call, const char *text, GAsyncReadyCallback callback)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (call->caller));

  g_free (call->line);
  call->line = g_strconcat (text, "\n", NULL);
  g_output_stream_write_all_async (out, call->line, strlen (call->line), G_PRIORITY_DEFAULT, NULL,
                                   callback, call);
}

/* Who asked may be gone by now: what was done is done. */
static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  call_free (data);
}

static void
put_into_words (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, cpt_cli_to_text (data, FALSE), g_free);
}

static void
worded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);

  write_line (data, text, answered_cb);
}

/* A long list is put into words on a thread of its own; nobody else has the answer now. */
static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, worded_cb, data);

  g_task_set_task_data (task, cpt_cli_deed_run_finish (result), (GDestroyNotify)json_object_unref);
  g_task_run_in_thread (task, put_into_words);
}

static void
read_request (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, cpt_cli_from_text (data), (GDestroyNotify)json_object_unref);
}

static void
request_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autoptr (JsonObject) request = g_task_propagate_pointer (G_TASK (result), NULL);

  if (request != NULL)
    cpt_cli_deed_run_async (call->engine, request, done_cb, call);
  else
    call_free (call);
}

/* A file of a hundred thousand lines is read on a thread of its own. */
static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, request_read_cb, data);

  g_task_set_task_data (task,
                        g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result,
                                                              NULL, NULL),
                        g_free);
  g_task_run_in_thread (task, read_request);
}

static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      call_free (call);
      return;
    }
  g_data_input_stream_read_line_async (call->lines, G_PRIORITY_DEFAULT, NULL, asked_cb, call);
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *caller,
             GObject *source,
             CptCliServer *self)
{
  Call *call = g_new0 (Call, 1);
  g_autofree char *greeting = g_strdup_printf ("{\"pid\":%ld}", (long)getpid ());

  call->engine = g_object_ref (self->engine);
  call->caller = g_object_ref (caller);
  call->lines = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (caller)));
  write_line (call, greeting, greeted_cb);
  return TRUE;
}

/* --- The socket --- */

/* Nobody else may call, not even in the moment between binding and a change of its mode. What
 * another thread makes meanwhile is for the user alone, too. */
static gboolean
listen_alone (CptCliServer *self, GSocketAddress *address, GError **error)
{
  mode_t usual = umask (0077);
  gboolean listens = g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                                    G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                    NULL, NULL, error);

  umask (usual);
  return listens;
}

/* A socket that is there was left behind: the lock is ours. */
static void
start (CptCliServer *self)
{
  g_autofree char *path = cpt_cli_dup_socket_path (cpt_engine_get_profile (self->engine));
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  if (self->service != NULL || cpt_engine_get_lock_holder (self->engine) != 0)
    return;
  if (strlen (path) >= MAX_PATH)
    {
      g_message ("Commands cannot reach this program: %s is too long for a socket", path);
      return;
    }
  g_unlink (path);
  address = g_unix_socket_address_new (path);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  if (!listen_alone (self, address, &error))
    g_message ("Commands cannot reach this program: %s", error->message);
}

/**
 * cpt_cli_server_new:
 * @engine: served from its opening to its closing
 *
 * Returns: (transfer full): a server
 */
CptCliServer *
cpt_cli_server_new (CptEngine *engine)
{
  CptCliServer *self = g_object_new (CPT_TYPE_CLI_SERVER, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_swapped (engine, "opened", G_CALLBACK (start), self);
  g_signal_connect_swapped (engine, "closing", G_CALLBACK (stop), self);
  return self;
}
