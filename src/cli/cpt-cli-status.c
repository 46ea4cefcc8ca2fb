/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoir status. Main thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-cli-private.h"

static const char *const state_words[] = {
  [CPT_CONNECTION_NONE] = "none",
  [CPT_CONNECTION_CONNECTING] = "connecting",
  [CPT_CONNECTION_WAITING_KEYRING] = "waiting-keyring",
  [CPT_CONNECTION_UNPROVEN] = "unproven",
  [CPT_CONNECTION_ONLINE] = "online",
  [CPT_CONNECTION_OFFLINE] = "offline",
  [CPT_CONNECTION_REFUSED] = "refused",
};

static CptConnectionState
parse_state (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (g_strcmp0 (state_words[i], word) == 0)
      return i;
  return CPT_CONNECTION_NONE;
}

static void
set_place (JsonObject *answer, const char *key, const char *id, const char *name)
{
  JsonObject *place = NULL;

  if (id == NULL)
    {
      json_object_set_null_member (answer, key);
      return;
    }
  place = json_object_new ();
  json_object_set_string_member (place, "id", id);
  cpt_cli_set_text (place, "name", name);
  json_object_set_object_member (answer, key, place);
}

static void
set_connection (JsonObject *answer, CptEngine *engine)
{
  CptConnection *connection = cpt_engine_get_connection (engine);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);

  json_object_set_string_member (answer, "state", state_words[connection->state]);
  cpt_cli_set_text (answer, "reason", connection->reason);
  cpt_cli_set_time (answer, "since", connection->since, zone);
  set_place (answer, "account", connection->account_id, connection->account_name);
  set_place (answer, "location", connection->location_id, connection->location_name);
  set_place (answer, "catalog", connection->catalog_id, connection->catalog_name);
  cpt_cli_set_time (answer, "connected_since", connection->connected_since, zone);
  cpt_cli_set_time (answer, "last_contact", connection->last_success, zone);
}

static void
set_orders (JsonObject *answer, CptEngine *engine)
{
  JsonObject *orders = json_object_new ();
  CptEngineCounts counts;

  cpt_engine_get_counts (engine, &counts);
  json_object_set_int_member (orders, "waiting", counts.waiting);
  json_object_set_int_member (orders, "today", counts.today);
  json_object_set_int_member (orders, "later", counts.later);
  json_object_set_int_member (orders, "all", counts.all);
  json_object_set_object_member (answer, "orders", orders);
  json_object_set_int_member (answer, "not_sent", counts.unsent);
  json_object_set_int_member (answer, "refused", counts.refused);
}

static void
set_stock (JsonObject *answer, CptEngine *engine)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);
  CptEngineStock stock;

  cpt_engine_get_stock (engine, &stock);
  json_object_set_int_member (object, "skus", stock.skus);
  json_object_set_int_member (object, "options", stock.options);
  json_object_set_int_member (object, "not_sent", stock.waiting);
  json_object_set_int_member (object, "refused", stock.refused);
  json_object_set_int_member (object, "differing", stock.differing);
  json_object_set_int_member (object, "low", stock.low);
  json_object_set_boolean_member (object, "keeps", stock.keeps);
  cpt_cli_set_time (object, "catalog_read", stock.pulled_at, zone);
  cpt_cli_set_time (object, "synchronised", stock.synced_at, zone);
  json_object_set_object_member (answer, "stock", object);
}

/* The counts are asked for at the opening; what is asked after them is answered after them. */
static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  CptEngine *engine = CPT_ENGINE (source);
  JsonObject *answer = cpt_cli_deed_get_answer (deed);
  CptConnection *connection = cpt_engine_get_connection (engine);
  CptEngineStockCounts counts;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_count_stock_finish (engine, result, &counts, &error))
    {
      cpt_cli_deed_fail (deed, error);
      return;
    }
  json_object_set_string_member (answer, "version", CPT_VERSION);
  json_object_set_string_member (answer, "profile",
                                 cpt_profile_get_name (cpt_engine_get_profile (engine)));
  set_connection (answer, engine);
  set_orders (answer, engine);
  set_stock (answer, engine);
  if (connection->state == CPT_CONNECTION_NONE)
    cpt_cli_deed_end (deed, CPT_CLI_NOT_CONNECTED, "not-connected", connection->reason);
  else if (connection->state == CPT_CONNECTION_REFUSED)
    cpt_cli_deed_end (deed, CPT_CLI_NOT_CONNECTED, "connection-refused", connection->reason);
  else
    cpt_cli_deed_end (deed, CPT_CLI_DONE, NULL, NULL);
}

void
cpt_cli_status_run (CptCliDeed *deed)
{
  CptEngineStockQuery all = { .tab = CPT_ENGINE_STOCK_ALL };

  cpt_engine_count_stock_async (cpt_cli_deed_get_engine (deed), &all, NULL, counted_cb,
                                cpt_cli_deed_ref (deed));
}

/* --- Text --- */

static void
add_place (CptCliTable *table, const char *label, JsonObject *place)
{
  const char *name = cpt_cli_get_text (place, "name");
  g_autofree char *text = NULL;

  if (place == NULL)
    return;
  text = g_strdup_printf ("%s (%s)", name != NULL ? name : "", cpt_cli_get_text (place, "id"));
  cpt_cli_table_add (table, label, g_strstrip (text), NULL);
}

static void
add_number (CptCliTable *table, const char *label, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  cpt_cli_table_add (table, label, text, NULL);
}

void
cpt_cli_status_print (JsonObject *request, JsonObject *answer)
{
  CptCliTable *table = NULL;
  const char *state = cpt_cli_get_text (answer, "state");
  JsonObject *stock = cpt_cli_get_object (answer, "stock");
  g_autofree char *contact = cpt_cli_show_time (cpt_cli_get_text (answer, "last_contact"));

  if (state == NULL)
    return;
  table = cpt_cli_table_new ();
  cpt_cli_table_add (table, "Comptoir",
                     cpt_cli_get_flag (answer, "running")
                         ? C_ ("command line", "runs")
                         : C_ ("command line", "does not run: no order comes in"),
                     NULL);
  /* TRANSLATORS: these stand before a value, on lines of the command "status". */
  cpt_cli_table_add (table, C_ ("command line", "Connection"),
                     cpt_connection_state_label (parse_state (state)), NULL);
  add_place (table, _ ("Location"), cpt_cli_get_object (answer, "location"));
  add_place (table, _ ("Catalog"), cpt_cli_get_object (answer, "catalog"));
  if (*contact != '\0')
    cpt_cli_table_add (table, C_ ("command line", "Last contact"), contact, NULL);
  add_number (table, C_ ("command line", "Orders waiting"),
              cpt_cli_get_number (cpt_cli_get_object (answer, "orders"), "waiting"));
  add_number (table, C_ ("command line", "Not sent yet"), cpt_cli_get_number (answer, "not_sent"));
  add_number (table, C_ ("command line", "Refused by HubRise"),
              cpt_cli_get_number (answer, "refused") + cpt_cli_get_number (stock, "refused"));
  add_number (table, C_ ("command line", "Stock differing"),
              cpt_cli_get_number (stock, "differing"));
  cpt_cli_table_print (table);
}
