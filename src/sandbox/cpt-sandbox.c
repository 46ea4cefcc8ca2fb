/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo shop: a HubRise that runs here, on loopback. Main loop only. */
#include "cpt-sandbox-private.h"

static void
init_settings (CptSandboxSettings *settings, gboolean strict)
{
  *settings = (CptSandboxSettings){ .strict = strict,
                                    .limits = TRUE,
                                    .limit = { 500, 2500, 10000, 10 },
                                    .unknown_refs = g_strdup ("fields"),
                                    .acceptance_word = g_strdup ("online") };
}

/* A shop with fresh ids and no connection. In strict mode whatever is outside the contract is
 * refused with 404 or 422; else it is ignored. */
CptSandbox *
cpt_sandbox_new (gboolean strict)
{
  CptSandbox *self = g_new0 (CptSandbox, 1);

  init_settings (&self->settings, strict);
  self->server = soup_server_new ("server-header", "comptoir-sandbox", NULL);
  self->zone = g_time_zone_new_identifier (CPT_SANDBOX_ZONE);
  self->clock = cpt_sandbox_clock_new ();
  self->journal = cpt_sandbox_journal_new ();
  self->failures = cpt_sandbox_failures_new ();
  self->control_secret = cpt_sandbox_new_id (24);
  self->client_id = cpt_sandbox_new_id (12);
  self->client_secret = cpt_sandbox_new_id (24);
  self->locations = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  self->catalogs = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_sandbox_catalog_free);
  self->customers = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_sandbox_customer_free);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_sandbox_order_free);
  self->orders_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_sandbox_connection_free);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)cpt_sandbox_code_free);
  self->held = g_ptr_array_new ();
  cpt_sandbox_world_init (self);
  cpt_sandbox_serve (self);
  return self;
}

void
cpt_sandbox_free (CptSandbox *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_ptr_array_unref (self->held);
  g_hash_table_unref (self->codes);
  g_clear_pointer (&self->logins, g_hash_table_unref);
  g_ptr_array_unref (self->connections);
  g_hash_table_unref (self->orders_by_id);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->customers);
  g_ptr_array_unref (self->catalogs);
  g_ptr_array_unref (self->lists);
  g_ptr_array_unref (self->locations);
  json_object_unref (self->account);
  cpt_sandbox_failures_free (self->failures);
  cpt_sandbox_journal_free (self->journal);
  cpt_sandbox_clock_free (self->clock);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->settings.unknown_refs);
  g_free (self->settings.acceptance_word);
  g_free (self->client_secret);
  g_free (self->client_id);
  g_free (self->control_secret);
  g_free (self->root);
  g_free (self);
}

/* Starts answering on 127.0.0.1; port 0 takes a free one. */
gboolean
cpt_sandbox_listen (CptSandbox *self, guint port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16)port);
  GSList *uris;

  if (!soup_server_listen (self->server, address, 0, error))
    return FALSE;
  uris = soup_server_get_uris (self->server);
  self->root = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return TRUE;
}

static void
set_address (JsonObject *line, const char *name, CptSandbox *self, const char *path)
{
  g_autofree char *address = g_strconcat (self->root, path, NULL);

  json_object_set_string_member (line, name, address);
}

/* One line of JSON that says how to reach and to steer this shop, with a code that connects
 * without a browser. The caller frees it. */
char *
cpt_sandbox_describe (CptSandbox *self)
{
  g_autoptr (JsonObject) line = json_object_new ();
  JsonObject *location = self->locations->pdata[0];
  g_autofree char *code =
      cpt_sandbox_code_new (self, json_object_get_string_member (location, "id"),
                            cpt_sandbox_first_catalog (self),
                            json_object_get_string_member (self->lists->pdata[0], "id"), NULL,
                            NULL);

  set_address (line, "api_url", self, "/v1");
  set_address (line, "oauth_url", self, "/oauth2/v1");
  json_object_set_string_member (line, "client_id", self->client_id);
  json_object_set_string_member (line, "client_secret", self->client_secret);
  json_object_set_string_member (line, "code", code);
  set_address (line, "control_url", self, "/_sandbox");
  json_object_set_string_member (line, "control_secret", self->control_secret);
  return cpt_sandbox_json_object_text (line);
}
