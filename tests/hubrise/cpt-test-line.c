/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client on the false clock, connected to a server of the test, and the record of what passed.
 * Main thread only. */
#include "cpt-test-line.h"

#include <gio/gio.h>

#include "cpt-test-wait.h"

static void
exchange_cb (CptHubriseClient *client, CptExchange *exchange, gpointer data)
{
  CptTestLine *self = data;
  g_ptr_array_add (self->exchanges, cpt_exchange_ref (exchange));
}

CptHubriseClient *
cpt_test_line_client_new (CptTestLine *self, const char *api_host, const char *oauth_host)
{
  g_autofree char *api = g_strconcat (api_host, "/v1", NULL);
  g_autofree char *oauth = g_strconcat (oauth_host, "/oauth2/v1/", NULL);
  g_autoptr (GError) error = NULL;
  CptHubriseClient *client =
      cpt_hubrise_client_new (CPT_CLOCK (self->clock), api, oauth, "the-id", "the-secret", &error);

  g_assert_no_error (error);
  g_signal_connect (client, "exchange", G_CALLBACK (exchange_cb), self);
  cpt_hubrise_client_set_token (client, CPT_TEST_LINE_TOKEN);
  return client;
}

void
cpt_test_line_set_up (CptTestLine *self, gconstpointer data)
{
  self->clock = cpt_test_clock_new (CPT_TEST_LINE_START);
  self->server = cpt_test_server_new ();
  self->exchanges = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_exchange_unref);
  self->client = cpt_test_line_client_new (self, cpt_test_server_get_root (self->server),
                                           cpt_test_server_get_root (self->server));
}

void
cpt_test_line_tear_down (CptTestLine *self, gconstpointer data)
{
  g_assert_cmpuint (cpt_test_clock_count_timers (self->clock), ==, 0);
  g_assert_finalize_object (self->client);
  g_clear_object (&self->server);
  g_ptr_array_unref (self->exchanges);
  g_assert_finalize_object (self->clock);
}

void
cpt_test_line_keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;
  *kept = g_object_ref (result);
}

CptHubriseReply *
cpt_test_line_ask (CptTestLine *self, CptHubriseRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CptHubriseReply *reply = NULL;

  cpt_hubrise_client_send_async (self->client, request, NULL, cpt_test_line_keep_result_cb,
                                 &result);
  cpt_hubrise_request_unref (request);
  CPT_WAIT_UNTIL (result != NULL);
  reply = cpt_hubrise_client_send_finish (self->client, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reply);
  return reply;
}

CptHubriseReply *
cpt_test_line_ask_and_wait (CptTestLine *self, CptHubriseRequest *request, gint64 ms)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_hubrise_client_send_async (self->client, request, NULL, cpt_test_line_keep_result_cb,
                                 &result);
  cpt_hubrise_request_unref (request);
  CPT_WAIT_UNTIL (cpt_test_server_count (self->server) == 1);
  cpt_test_clock_advance (self->clock, ms - 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);
  cpt_test_clock_advance (self->clock, 1);
  CPT_WAIT_UNTIL (result != NULL);
  return cpt_hubrise_client_send_finish (self->client, result, NULL);
}

const CptExchange *
cpt_test_line_only_exchange (CptTestLine *self)
{
  g_assert_cmpuint (self->exchanges->len, ==, 1);
  return g_ptr_array_index (self->exchanges, 0);
}
