/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order as --json writes it. Main thread only. */
#include "cpt-cli-order-private.h"

static const CptCliVerb verbs[] = {
  { "accept", CPT_CLI_VERB_STEP, CPT_ORDER_ACCEPTED },
  { "reject", CPT_CLI_VERB_STEP, CPT_ORDER_REJECTED },
  { "take-charge", CPT_CLI_VERB_STEP, CPT_ORDER_IN_PREPARATION },
  { "ready", CPT_CLI_VERB_READY, CPT_ORDER_UNKNOWN },
  { "in-delivery", CPT_CLI_VERB_STEP, CPT_ORDER_IN_DELIVERY },
  { "complete", CPT_CLI_VERB_STEP, CPT_ORDER_COMPLETED },
  { "cancel", CPT_CLI_VERB_STEP, CPT_ORDER_CANCELLED },
  { "delivery-failed", CPT_CLI_VERB_STEP, CPT_ORDER_DELIVERY_FAILED },
  { "elsewhere", CPT_CLI_VERB_ELSEWHERE, CPT_ORDER_UNKNOWN },
  { "seen", CPT_CLI_VERB_SEEN, CPT_ORDER_UNKNOWN },
  { "undo", CPT_CLI_VERB_UNDO, CPT_ORDER_UNKNOWN },
  { "retry", CPT_CLI_VERB_RETRY, CPT_ORDER_UNKNOWN },
  { "give-up", CPT_CLI_VERB_GIVE_UP, CPT_ORDER_UNKNOWN },
};

/* Returns: (transfer none) (nullable) */
const CptCliVerb *
cpt_cli_find_verb (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_strcmp0 (verbs[i].word, word) == 0)
      return &verbs[i];
  return NULL;
}

/* Returns: (transfer full): "accept, reject, …" */
char *
cpt_cli_list_verbs (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", verbs[i].word);
  return g_string_free (text, FALSE);
}

static gboolean
is_ready (CptOrderStatus status)
{
  return status == CPT_ORDER_AWAITING_COLLECTION || status == CPT_ORDER_AWAITING_SHIPMENT;
}

/* Returns: where the step leads; UNKNOWN where the order allows none by this verb */
CptOrderStatus
cpt_cli_verb_get_status (const CptCliVerb *self, const CptOrderRow *row)
{
  gsize n = 0;
  const CptOrderStatus *next = cpt_order_status_next (row->status, row->service_type, &n);

  for (gsize i = 0; i < n; i++)
    if (self->kind == CPT_CLI_VERB_READY ? is_ready (next[i]) : next[i] == self->to)
      return next[i];
  return CPT_ORDER_UNKNOWN;
}

static void
set_next (JsonObject *order, const CptOrderRow *row)
{
  JsonArray *next = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if ((verbs[i].kind == CPT_CLI_VERB_STEP || verbs[i].kind == CPT_CLI_VERB_READY) &&
        cpt_cli_verb_get_status (&verbs[i], row) != CPT_ORDER_UNKNOWN)
      json_array_add_string_element (next, verbs[i].word);
  json_object_set_array_member (order, "next", next);
}

static const char *const paid_words[] = {
  [CPT_PAID_UNKNOWN] = "unknown", [CPT_PAID_NOTHING] = "nothing",   [CPT_PAID_PARTLY] = "partly",
  [CPT_PAID_FULLY] = "fully",     [CPT_PAID_TOO_MUCH] = "too-much",
};

static const char *const send_words[] = {
  [CPT_SEND_NOTHING] = "sent",
  [CPT_SEND_WAITING] = "waiting",
  [CPT_SEND_HELD] = "held",
  [CPT_SEND_REFUSED] = "refused",
};

static const char *const notice_words[] = {
  [CPT_NOTICE_NONE] = NULL,
  [CPT_NOTICE_CANCELLED] = "cancelled",
  [CPT_NOTICE_THEIRS_HOLD] = "theirs-hold",
  [CPT_NOTICE_TOO_LATE] = "too-late",
  [CPT_NOTICE_DONE_ELSEWHERE] = "done-elsewhere",
  [CPT_NOTICE_CHANGED] = "changed",
  [CPT_NOTICE_ALREADY_PAID] = "already-paid",
  [CPT_NOTICE_TO_REFUND] = "to-refund",
};

static void
set_times (JsonObject *order, CptEngine *engine, const CptOrderRow *row)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);

  cpt_cli_set_time (order, "created_at", row->created_at, zone);
  cpt_cli_set_time (order, "expected_time", row->expected_time, zone);
  cpt_cli_set_time (order, "confirmed_time", cpt_order_row_get_promised (row), zone);
  if (row->waiting)
    cpt_cli_set_time (order, "answer_by", cpt_engine_get_deadline (engine, row), zone);
}

static void
set_sending (JsonObject *order, const CptOrderRow *row)
{
  json_object_set_string_member (order, "send", send_words[row->send]);
  cpt_cli_set_text (order, "send_reason", row->send_reason);
  json_object_set_boolean_member (order, "local_only", row->local_only);
  json_object_set_boolean_member (order, "till", row->till);
  json_object_set_string_member (order, "outbox", send_words[row->outbox]);
  cpt_cli_set_text (order, "outbox_reason", row->outbox_reason);
  cpt_cli_set_text (order, "notice", notice_words[row->notice]);
  cpt_cli_set_text (order, "notice_text", row->notice_text);
  json_object_set_boolean_member (order, "handled_elsewhere", row->handled_elsewhere);
  json_object_set_boolean_member (order, "other_connection", row->foreign);
  cpt_cli_set_text (order, "unreadable", row->raw_reason);
}

static const char *
status_word (CptOrderStatus status, const char *text)
{
  const char *word = cpt_order_status_to_string (status);

  return word != NULL ? word : text;
}

/* Returns: (transfer full) */
JsonObject *
cpt_cli_new_order (CptEngine *engine, const CptOrderRow *row)
{
  JsonObject *order = json_object_new ();

  cpt_cli_set_text (order, "id", row->id);
  cpt_cli_set_text (order, "number", row->number);
  cpt_cli_set_text (order, "source", row->source);
  cpt_cli_set_text (order, "status", status_word (row->status, row->status_text));
  cpt_cli_set_text (order, "hubrise_status", status_word (row->hubrise_status, row->status_text));
  json_object_set_boolean_member (order, "waiting", row->waiting);
  cpt_cli_set_text (order, "service_type", row->service_type_text);
  set_times (order, engine, row);
  cpt_cli_set_text (order, "customer", row->customer);
  cpt_cli_set_text (order, "summary", row->items);
  cpt_cli_set_money (order, "total", row->total);
  cpt_cli_set_money (order, "due", row->due);
  json_object_set_string_member (order, "paid", paid_words[row->paid]);
  set_sending (order, row);
  set_next (order, row);
  return order;
}

/* --- All of one order --- */

static JsonArray *
new_options (const CptOrderItem *item)
{
  JsonArray *options = json_array_new ();

  for (guint i = 0; i < item->options->len; i++)
    {
      const CptOrderOption *option = item->options->pdata[i];
      JsonObject *object = json_object_new ();

      cpt_cli_set_text (object, "name", option->name);
      cpt_cli_set_text (object, "ref", option->ref);
      cpt_cli_set_money (object, "price", option->price);
      json_object_set_int_member (object, "quantity", option->quantity);
      json_object_set_boolean_member (object, "removed", option->removed);
      json_array_add_object_element (options, object);
    }
  return options;
}

static JsonObject *
new_line (const CptOrderItem *item)
{
  JsonObject *object = json_object_new ();

  cpt_cli_set_text (object, "product", item->product_name);
  cpt_cli_set_text (object, "sku", item->sku_name);
  cpt_cli_set_text (object, "ref", item->sku_ref);
  if (item->quantity.state == CPT_AMOUNT_KNOWN)
    cpt_cli_set_quantity (object, "quantity", item->quantity.thousandths);
  else
    cpt_cli_set_text (object, "quantity", NULL);
  cpt_cli_set_money (object, "price", item->price);
  cpt_cli_set_money (object, "subtotal", item->subtotal);
  cpt_cli_set_text (object, "notes", item->customer_notes);
  json_object_set_boolean_member (object, "deleted", item->deleted);
  json_object_set_array_member (object, "options", new_options (item));
  return object;
}

static void
set_customer (JsonObject *order, const CptOrderCustomer *customer)
{
  JsonObject *object = NULL;

  if (customer == NULL)
    return;
  object = json_object_new ();
  cpt_cli_set_text (object, "first_name", customer->first_name);
  cpt_cli_set_text (object, "last_name", customer->last_name);
  cpt_cli_set_text (object, "phone", customer->phone);
  cpt_cli_set_text (object, "address_1", customer->address_1);
  cpt_cli_set_text (object, "address_2", customer->address_2);
  cpt_cli_set_text (object, "postal_code", customer->postal_code);
  cpt_cli_set_text (object, "city", customer->city);
  cpt_cli_set_text (object, "delivery_notes", customer->delivery_notes);
  json_object_set_object_member (order, "customer_details", object);
}

static void
set_history (JsonObject *order, CptEngine *engine, GPtrArray *entries)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);
  JsonArray *history = json_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      const CptHistoryEntry *entry = entries->pdata[i];
      JsonObject *object = json_object_new ();

      cpt_cli_set_time (object, "at", entry->at, zone);
      cpt_cli_set_text (object, "what", entry->what);
      cpt_cli_set_text (object, "status", cpt_order_status_to_string (entry->status));
      cpt_cli_set_text (object, "text", entry->text);
      cpt_cli_set_text (object, "seller", entry->seller);
      json_array_add_object_element (history, object);
    }
  json_object_set_array_member (order, "history", history);
}

/* What the list does not say. */
void
cpt_cli_set_details (JsonObject *order, CptEngine *engine, const CptOrderDetails *details)
{
  JsonArray *items = json_array_new ();

  for (guint i = 0; i < details->order->items->len; i++)
    json_array_add_object_element (items, new_line (details->order->items->pdata[i]));
  json_object_set_array_member (order, "items", items);
  set_customer (order, details->order->customer);
  cpt_cli_set_text (order, "customer_notes", details->order->customer_notes);
  cpt_cli_set_text (order, "seller_notes", details->order->seller_notes);
  set_history (order, engine, details->history);
}
