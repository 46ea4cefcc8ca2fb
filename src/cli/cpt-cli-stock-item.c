/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An item of the stock list as --json writes it and as people read it. Main thread only. */
#include <glib/gi18n-lib.h>

#include "cpt-cli-private.h"

static const char *const look_words[] = {
  [CPT_STOCK_NOT_MANAGED] = "not-managed",
  [CPT_STOCK_AVAILABLE] = "available",
  [CPT_STOCK_LOW] = "low",
  [CPT_STOCK_EMPTY] = "empty",
  [CPT_STOCK_INACTIVE] = "inactive",
};

static const struct
{
  const char *word;
  const char *label;
} marks[] = {
  /* TRANSLATORS: how an item of the stock list stands on HubRise. */
  [CPT_STOCK_MARK_NO_REF] = { "no-ref", NC_ ("stock on HubRise", "no code") },
  [CPT_STOCK_MARK_REFUSED] = { "refused", NC_ ("stock on HubRise", "refused") },
  [CPT_STOCK_MARK_DIFFERS] = { "differs", NC_ ("stock on HubRise", "differs") },
  [CPT_STOCK_MARK_WAITING] = { "waiting", NC_ ("stock on HubRise", "not sent yet") },
  [CPT_STOCK_MARK_SENT] = { "sent", NC_ ("stock on HubRise", "sent") },
  [CPT_STOCK_MARK_NOTHING] = { "nothing", "" },
};

static void
set_entry (JsonObject *object, const char *key, CptStockEntry entry)
{
  g_autofree char *stock =
      entry.state == CPT_ENTRY_THERE ? cpt_stock_entry_dup_stock (entry) : NULL;

  cpt_cli_set_text (object, key, stock);
}

static void
set_stock (JsonObject *object, const CptStock *stock, CptTime now, GTimeZone *zone)
{
  json_object_set_boolean_member (object, "managed", stock->managed);
  if (stock->managed)
    cpt_cli_set_quantity (object, "quantity", stock->quantity);
  else
    json_object_set_null_member (object, "quantity");
  json_object_set_boolean_member (object, "active", cpt_stock_is_active (stock, now));
  cpt_cli_set_time (object, "back_on", stock->active ? CPT_TIME_NONE : stock->back_on, zone);
  json_object_set_string_member (object, "state", look_words[cpt_stock_get_look (stock, now)]);
}

/* Returns: (transfer full) */
JsonObject *
cpt_cli_new_item (const CptStockItem *item, CptTime now, GTimeZone *zone)
{
  JsonObject *object = json_object_new ();
  g_autofree char *title = cpt_stock_item_dup_title (item);

  json_object_set_string_member (object, "kind", cpt_item_kind_to_string (item->kind));
  cpt_cli_set_text (object, "ref", item->ref);
  cpt_cli_set_text (object, "name", title);
  cpt_cli_set_text (object, "category", item->category);
  cpt_cli_set_money (object, "price", item->price);
  set_stock (object, &item->stock, now, zone);
  json_object_set_boolean_member (object, "shared", item->shared);
  json_object_set_string_member (object, "hubrise",
                                 marks[cpt_stock_item_get_mark (item, now)].word);
  set_entry (object, "hubrise_stock", item->has_theirs ? item->theirs : item->known);
  cpt_cli_set_text (object, "refusal", item->refusal);
  return object;
}

/* Returns: (transfer full) */
JsonArray *
cpt_cli_new_items (CptEngine *engine, GPtrArray *items)
{
  JsonArray *list = json_array_sized_new (items->len);
  CptTime now = cpt_clock_now (cpt_engine_get_clock (engine));
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);

  for (guint i = 0; i < items->len; i++)
    json_array_add_object_element (list, cpt_cli_new_item (items->pdata[i], now, zone));
  return list;
}

/* --- For people --- */

static CptStockLook
parse_look (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (look_words); i++)
    if (g_strcmp0 (look_words[i], word) == 0)
      return i;
  return CPT_STOCK_NOT_MANAGED;
}

static const char *
mark_label (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_strcmp0 (marks[i].word, word) == 0 && *marks[i].label != '\0')
      return g_dpgettext2 (GETTEXT_PACKAGE, "stock on HubRise", marks[i].label);
  return "";
}

/* Returns: (transfer full): a number as people write it, empty when nobody counts */
char *
cpt_cli_show_quantity (JsonObject *item)
{
  CptDecimal number = { 0 };

  cpt_decimal_parse (cpt_cli_get_text (item, "quantity"), &number);
  return cpt_decimal_format (number);
}

static void
add_row (CptCliTable *table, JsonObject *item)
{
  const char *ref = cpt_cli_get_text (item, "ref");
  const char *name = cpt_cli_get_text (item, "name");
  g_autofree char *quantity = cpt_cli_show_quantity (item);

  cpt_cli_table_add (table, ref != NULL ? ref : "–", quantity,
                     cpt_stock_look_label (parse_look (cpt_cli_get_text (item, "state"))),
                     mark_label (cpt_cli_get_text (item, "hubrise")), name != NULL ? name : "",
                     NULL);
}

void
cpt_cli_print_items (JsonArray *items)
{
  CptCliTable *table = cpt_cli_table_new ();

  /* TRANSLATORS: these are the headings of a list on the command line. */
  cpt_cli_table_add (table, C_ ("command line", "CODE"), C_ ("command line", "QUANTITY"),
                     C_ ("command line", "STOCK"), C_ ("command line", "HUBRISE"),
                     C_ ("command line", "NAME"), NULL);
  for (guint i = 0; i < json_array_get_length (items); i++)
    add_row (table, json_array_get_object_element (items, i));
  cpt_cli_table_print (table);
}
