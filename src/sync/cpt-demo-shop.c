/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpt-demo-shop.h"

#include <glib/gi18n-lib.h>

#include "cpt-json.h"

#define SERVER "comptoir-sandbox"

struct _CptDemoShop
{
  GObject parent_instance;

  GSubprocess *process; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CptDemoShop, cpt_demo_shop, G_TYPE_OBJECT)

static void
cpt_demo_shop_dispose (GObject *object)
{
  cpt_demo_shop_stop (CPT_DEMO_SHOP (object));
  G_OBJECT_CLASS (cpt_demo_shop_parent_class)->dispose (object);
}

static void
cpt_demo_shop_class_init (CptDemoShopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_demo_shop_dispose;
}

static void
cpt_demo_shop_init (CptDemoShop *self)
{
}

CptDemoShop *
cpt_demo_shop_new (void)
{
  return g_object_new (CPT_TYPE_DEMO_SHOP, NULL);
}

/* Beside this program first, so that an uninstalled one finds its own. */
static char *
find_server (void)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = own != NULL ? g_path_get_dirname (own) : g_strdup (".");
  g_autofree char *beside = g_build_filename (dir, SERVER, NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_find_program_in_path (SERVER);
}

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptProfile *profile = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  g_autoptr (CptDemoAddress) address =
      line != NULL ? cpt_json_decode_demo_address (line, &error) : NULL;

  if (address == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                               _ ("The demo shop did not start: %s"),
                               error != NULL ? error->message : _ ("it ended at once"));
      return;
    }
  cpt_profile_set_roots (profile, address->api_url, address->oauth_url, address->client_id,
                         address->client_secret);
  g_task_return_pointer (task, g_strdup (address->code), g_free);
}

/**
 * cpt_demo_shop_start_async:
 *
 * The server's standard input is a pipe of ours: it ends when we end, however that happens.
 */
void
cpt_demo_shop_start_async (CptDemoShop *self,
                           CptProfile *profile,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autofree char *server = find_server ();
  g_autoptr (GDataInputStream) lines = NULL;
  GError *error = NULL;

  g_task_set_task_data (task, g_object_ref (profile), g_object_unref);
  if (server == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               _ ("The demo shop (%s) is not installed"), SERVER);
      return;
    }
  self->process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        server, "--port", "0", "--orders", "--exit-with-stdin", NULL);
  if (self->process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, cancellable, line_read_cb,
                                       g_steal_pointer (&task));
}

char *
cpt_demo_shop_start_finish (CptDemoShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_demo_shop_stop (CptDemoShop *self)
{
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
}
