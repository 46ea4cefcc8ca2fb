/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop's server for a test of the engine. Main thread only. */
#include "cpt-test-shop.h"

#include <gio/gio.h>
#include <locale.h>

#define ORDER_PATH "/location/orders/%s"

void
cpt_test_shop_hold_directories (void)
{
  static GPtrArray *names;

  if (names == NULL)
    names = g_ptr_array_new ();
  g_ptr_array_add (names, (gpointer)g_get_home_dir ());
  g_ptr_array_add (names, (gpointer)g_get_user_cache_dir ());
  g_ptr_array_add (names, (gpointer)g_get_user_config_dir ());
  g_ptr_array_add (names, (gpointer)g_get_user_data_dir ());
  g_ptr_array_add (names, (gpointer)g_get_user_runtime_dir ());
  g_ptr_array_add (names, (gpointer)g_get_user_state_dir ());
  g_ptr_array_add (names, (gpointer)g_get_system_config_dirs ());
  g_ptr_array_add (names, (gpointer)g_get_system_data_dirs ());
}

void
cpt_test_shop_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_unsetenv ("COMPTOIR_API_URL");
  g_unsetenv ("COMPTOIR_OAUTH_URL");
  g_unsetenv ("COMPTOIR_CLIENT_ID");
  g_unsetenv ("COMPTOIR_CLIENT_SECRET");
  g_unsetenv ("COMPTOIR_PROFILE");
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
}

static char *
member (JsonObject *object, const char *name)
{
  return g_strdup (json_object_get_string_member (object, name));
}

static void
take_line (CptTestShop *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (self->line, &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  self->api_url = member (object, "api_url");
  self->oauth_url = member (object, "oauth_url");
  self->client_id = member (object, "client_id");
  self->client_secret = member (object, "client_secret");
  self->code = member (object, "code");
  self->control_url = member (object, "control_url");
  self->control_secret = member (object, "control_secret");
  self->session = soup_session_new_with_options ("proxy-resolver", NULL, "max-conns-per-host", 8,
                                                 "timeout", 60, NULL);
}

static char *
read_line (CptTestShop *self)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr (GError) error = NULL;
  char *line;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

CptTestShop *
cpt_test_shop_new_attached (const char *line)
{
  CptTestShop *self = g_new0 (CptTestShop, 1);

  cpt_test_shop_hold_directories ();
  self->line = g_strdup (line);
  take_line (self);
  return self;
}

CptTestShop *
cpt_test_shop_new (void)
{
  CptTestShop *self = g_new0 (CptTestShop, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *program =
      g_build_filename (g_getenv ("COMPTOIR_BUILD_DIR"), "src", "comptoir-sandbox", NULL);

  cpt_test_shop_hold_directories ();
  self->process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        program, "--port", "0", "--strict", "--exit-with-stdin", NULL);
  g_assert_no_error (error);
  self->line = read_line (self);
  take_line (self);
  cpt_test_shop_do (self, "POST", "/clock", "{\"freeze\": true}");
  return self;
}

void
cpt_test_shop_end (CptTestShop *self)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  g_clear_object (&self->process);
}

void
cpt_test_shop_free (CptTestShop *self)
{
  if (self->process != NULL)
    cpt_test_shop_end (self);
  g_object_unref (self->session);
  g_free (self->line);
  g_free (self->api_url);
  g_free (self->oauth_url);
  g_free (self->client_id);
  g_free (self->client_secret);
  g_free (self->code);
  g_free (self->control_url);
  g_free (self->control_secret);
  g_free (self);
}

static GBytes *
ask (CptTestShop *self, SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  GBytes *body = soup_session_send_and_read (self->session, message, NULL, &error);

  g_assert_no_error (error);
  return body;
}

static char *
text_of (GBytes *bytes)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data != NULL ? data : "", length);
}

/* @body: (nullable) (transfer full) */
static JsonNode *
control (CptTestShop *self, const char *method, const char *path, char *body)
{
  g_autofree char *owned = body;
  g_autofree char *address = g_strconcat (self->control_url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *text = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Sandbox-Secret",
                               self->control_secret);
  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", sent);
  answer = ask (self, message);
  text = text_of (answer);
  if (soup_message_get_status (message) != 200)
    g_error ("%s %s %s: %u %s", method, path, body, soup_message_get_status (message), text);
  return json_from_string (text, NULL);
}

JsonNode *
cpt_test_shop_control (CptTestShop *self,
                       const char *method,
                       const char *path,
                       const char *json,
                       ...)
{
  va_list args;
  char *body;

  va_start (args, json);
  body = json != NULL ? g_strdup_vprintf (json, args) : NULL;
  va_end (args);
  return control (self, method, path, body);
}

void
cpt_test_shop_do (CptTestShop *self, const char *method, const char *path, const char *json, ...)
{
  va_list args;
  char *body;

  va_start (args, json);
  body = json != NULL ? g_strdup_vprintf (json, args) : NULL;
  va_end (args);
  json_node_unref (control (self, method, path, body));
}

char *
cpt_test_shop_inject (CptTestShop *self, const char *json, ...)
{
  va_list args;
  char *body;
  g_autoptr (JsonNode) answer = NULL;

  va_start (args, json);
  body = json != NULL ? g_strdup_vprintf (json, args) : g_strdup ("{\"generate\": true}");
  va_end (args);
  answer = control (self, "POST", "/orders", body);
  return member (json_node_get_object (answer), "id");
}

void
cpt_test_shop_set_status (CptTestShop *self, const char *id, const char *status, const char *as)
{
  g_autofree char *path = g_strconcat ("/orders/", id, as != NULL ? "?as=" : NULL, as, NULL);

  cpt_test_shop_do (self, "PATCH", path, "{\"status\": \"%s\"}", status);
}

JsonObject *
cpt_test_shop_get_order (CptTestShop *self, const char *id)
{
  g_autofree char *path = g_strconcat ("/orders/", id, NULL);
  g_autoptr (JsonNode) answer = control (self, "GET", path, NULL);

  return json_object_ref (json_object_get_object_member (json_node_get_object (answer), "order"));
}

char *
cpt_test_shop_dup_status (CptTestShop *self, const char *id)
{
  g_autoptr (JsonObject) order = cpt_test_shop_get_order (self, id);

  return member (order, "status");
}

char *
cpt_test_shop_new_code (CptTestShop *self)
{
  g_autoptr (JsonNode) answer = control (self, "POST", "/code", g_strdup ("{}"));

  return member (json_node_get_object (answer), "code");
}

char *
cpt_test_shop_dup_second_location (CptTestShop *self)
{
  g_autoptr (JsonNode) answer = control (self, "GET", "/state", NULL);
  JsonArray *locations = json_object_get_array_member (json_node_get_object (answer), "locations");

  g_assert_cmpuint (json_array_get_length (locations), >=, 2);
  return member (json_array_get_object_element (locations, 1), "id");
}

char *
cpt_test_shop_new_code_for (CptTestShop *self, const char *location)
{
  g_autoptr (JsonNode) answer =
      control (self, "POST", "/code", g_strdup_printf ("{\"location_id\": \"%s\"}", location));

  return member (json_node_get_object (answer), "code");
}

guint
cpt_test_shop_count_held (CptTestShop *self)
{
  g_autoptr (JsonNode) answer = control (self, "GET", "/release", NULL);

  return (guint)json_object_get_int_member (json_node_get_object (answer), "held");
}

void
cpt_test_shop_release (CptTestShop *self)
{
  cpt_test_shop_do (self, "POST", "/release", "{}");
}

CptTime
cpt_test_shop_get_now (CptTestShop *self)
{
  g_autoptr (JsonNode) answer = control (self, "GET", "/clock", NULL);
  CptTime now = CPT_TIME_NONE;

  g_assert_true (
      cpt_time_parse (json_object_get_string_member (json_node_get_object (answer), "now"), &now));
  return now;
}

/* Its clock takes whole seconds: what is under one is kept for the next time. */
void
cpt_test_shop_advance (CptTestShop *self, gint64 ms)
{
  gint64 seconds = (self->behind + ms) / 1000;

  self->behind = (self->behind + ms) % 1000;
  if (seconds > 0)
    cpt_test_shop_do (self, "POST", "/clock", "{\"advance\": %" G_GINT64_FORMAT "}", seconds);
}

void
cpt_test_shop_set_offline (CptTestShop *self, gboolean offline)
{
  if (offline)
    cpt_test_shop_do (self, "POST", "/failures",
                      "{\"path\": \"/v1/*\", \"drop\": \"before\", \"times\": 0}");
  else
    cpt_test_shop_do (self, "DELETE", "/failures", NULL);
}

/* --- The journal --- */

static JsonNode *
journal (CptTestShop *self)
{
  g_autofree char *path = g_strdup_printf ("/journal?since=%" G_GINT64_FORMAT, self->mark);

  return control (self, "GET", path, NULL);
}

void
cpt_test_shop_set_mark (CptTestShop *self)
{
  g_autoptr (JsonNode) answer = journal (self);

  self->mark = json_object_get_int_member (json_node_get_object (answer), "last");
}

static gboolean
path_matches (const char *regex, const char *path)
{
  g_autofree char *whole = g_strdup_printf ("^(?:/v1)?(?:%s)$", regex);

  return g_regex_match_simple (whole, path, 0, 0);
}

static gboolean
entry_matches (JsonObject *entry,
               const char *method,
               const char *path,
               const char *body,
               const char *stage)
{
  return (g_str_equal (method, "*") ||
          g_str_equal (json_object_get_string_member (entry, "method"), method)) &&
         path_matches (path, json_object_get_string_member (entry, "path")) &&
         (body == NULL ||
          strstr (json_object_get_string_member (entry, "body_text"), body) != NULL) &&
         (stage == NULL || g_str_equal (json_object_get_string_member (entry, "stage"), stage));
}

guint
cpt_test_shop_count_all (CptTestShop *self,
                         const char *method,
                         const char *path,
                         const char *body,
                         const char *stage)
{
  g_autoptr (JsonNode) answer = journal (self);
  JsonArray *entries = json_object_get_array_member (json_node_get_object (answer), "entries");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    n += entry_matches (json_array_get_object_element (entries, i), method, path, body, stage);
  return n;
}

guint
cpt_test_shop_count (CptTestShop *self, const char *method, const char *path)
{
  return cpt_test_shop_count_all (self, method, path, NULL, NULL);
}

guint
cpt_test_shop_count_status (CptTestShop *self, const char *order, const char *status)
{
  g_autofree char *path = g_strdup_printf (ORDER_PATH, order);
  g_autofree char *body = g_strdup_printf ("\"status\":\"%s\"", status);

  return cpt_test_shop_count_all (self, "PATCH", path, body, NULL);
}

JsonObject *
cpt_test_shop_find (CptTestShop *self, const char *method, const char *path, guint nth)
{
  g_autoptr (JsonNode) answer = journal (self);
  JsonArray *entries = json_object_get_array_member (json_node_get_object (answer), "entries");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (entry_matches (entry, method, path, NULL, NULL) && nth-- == 0)
        return json_object_ref (entry);
    }
  return NULL;
}

char *
cpt_test_shop_dup_sent (CptTestShop *self, const char *order)
{
  g_autoptr (JsonNode) answer = journal (self);
  g_autofree char *path = g_strdup_printf (ORDER_PATH, order);
  JsonArray *entries = json_object_get_array_member (json_node_get_object (answer), "entries");
  GString *sent = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (!entry_matches (entry, "PATCH", path, NULL, NULL))
        continue;
      g_string_append_printf (sent, "%s%s", sent->len > 0 ? " " : "",
                              json_object_get_string_member_with_default (
                                  json_object_get_object_member (entry, "body"), "status", "-"));
    }
  return g_string_free (sent, FALSE);
}

char *
cpt_test_shop_describe (CptTestShop *self)
{
  g_autoptr (JsonNode) answer = journal (self);
  JsonArray *entries = json_object_get_array_member (json_node_get_object (answer), "entries");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      JsonNode *status = json_object_get_member (entry, "status");

      g_string_append_printf (text, "%s %s %s %s %" G_GINT64_FORMAT "\n",
                              json_object_get_string_member (entry, "method"),
                              json_object_get_string_member (entry, "path"),
                              json_object_get_string_member (entry, "body_text"),
                              json_object_get_string_member (entry, "stage"),
                              JSON_NODE_HOLDS_VALUE (status) ? json_node_get_int (status) : 0);
    }
  return g_string_free (text, FALSE);
}

/* --- As others --- */

guint
cpt_test_shop_ask_with_token (CptTestShop *self, const char *token)
{
  g_autofree char *address = g_strconcat (self->api_url, "/location", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) answer = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "X-Access-Token", token);
  answer = ask (self, message);
  return soup_message_get_status (message);
}

char *
cpt_test_shop_browse (CptTestShop *self, const char *address, guint *status)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) answer = NULL;

  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  answer = ask (self, message);
  *status = soup_message_get_status (message);
  return text_of (answer);
}
