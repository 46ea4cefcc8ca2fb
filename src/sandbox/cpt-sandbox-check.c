/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks an object received against a list of fields, collecting every fault. Main loop only. */
#include "cpt-sandbox-private.h"

#include <string.h>

#define CUSTOM_FIELDS_MAX (8 * 1024)

static const char *const statuses[] = { "new",
                                        "received",
                                        "accepted",
                                        "in_preparation",
                                        "awaiting_shipment",
                                        "awaiting_collection",
                                        "in_delivery",
                                        "completed",
                                        "rejected",
                                        "cancelled",
                                        "delivery_failed",
                                        NULL };

static const char *const services[] = { "delivery", "collection", "eat_in", NULL };

/* TRUE for one of the contract's words; `status` may be NULL. */
gboolean
cpt_sandbox_is_status (const char *status)
{
  return status && g_strv_contains (statuses, status);
}

/* "items[0].price" from "items[0]" and "price"; the caller frees it. */
char *
cpt_sandbox_field (const char *prefix, const char *name)
{
  return *prefix ? g_strdup_printf ("%s.%s", prefix, name) : g_strdup (name);
}

static const char *
check_money (CptSandboxCheck *check, const char *text)
{
  CptSandboxMoney money;

  if (!cpt_sandbox_money_parse (text, &money))
    return "must be money such as \"8.90 EUR\"";
  return strcmp (money.currency, CPT_SANDBOX_CURRENCY) == 0 ? NULL
                                                            : "is not in the account's currency";
}

static const char *
check_time (CptSandboxCheck *check, const char *text, gboolean future)
{
  gint64 time;

  if (!cpt_sandbox_time_parse (text, &time))
    return "must be an ISO 8601 time with an offset";
  if (future && !check->foreign && time <= cpt_sandbox_clock_now (check->sandbox->clock))
    return "must be in the future";
  return NULL;
}

static const char *
check_text (const char *text, glong longest)
{
  if (!text)
    return "must be a string";
  return g_utf8_strlen (text, -1) > longest ? "is longer than 255 characters" : NULL;
}

static const char *
check_strings (JsonNode *value)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  if (!array)
    return "must be an array";
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) != G_TYPE_STRING)
      return "must hold strings only";
  return NULL;
}

static const char *
check_custom (JsonNode *value)
{
  g_autofree char *text = JSON_NODE_HOLDS_OBJECT (value) ? cpt_sandbox_json_text (value) : NULL;

  if (!text)
    return "must be an object";
  return strlen (text) > CUSTOM_FIELDS_MAX ? "is larger than 8 kB" : NULL;
}

static const char *
check_type (JsonNode *value, CptSandboxKind kind)
{
  GType type = json_node_get_value_type (value);

  switch (kind)
    {
    case CPT_SANDBOX_BOOLEAN:
      return type == G_TYPE_BOOLEAN ? NULL : "must be true or false";
    case CPT_SANDBOX_COUNT:
      return type == G_TYPE_INT64 && json_node_get_int (value) >= 0 ? NULL
                                                                    : "must be a whole number";
    case CPT_SANDBOX_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (value) ? NULL : "must be an object";
    case CPT_SANDBOX_ARRAY:
      return JSON_NODE_HOLDS_ARRAY (value) ? NULL : "must be an array";
    case CPT_SANDBOX_STRINGS:
      return check_strings (value);
    case CPT_SANDBOX_CUSTOM:
      return check_custom (value);
    default:
      return NULL;
    }
}

/* What is wrong with a value that is not null, or NULL. */
static const char *
check_value (CptSandboxCheck *check, JsonNode *value, CptSandboxKind kind)
{
  gboolean string = json_node_get_value_type (value) == G_TYPE_STRING;
  const char *text = string ? json_node_get_string (value) : NULL;
  gint64 units;

  switch (kind)
    {
    case CPT_SANDBOX_TEXT:
      return check_text (text, G_MAXLONG);
    case CPT_SANDBOX_PRIVATE:
      return check_text (text, 255);
    case CPT_SANDBOX_MONEY:
      return check_money (check, text);
    case CPT_SANDBOX_DECIMAL:
      return cpt_sandbox_decimal_parse (text, &units) ? NULL : "must be a decimal such as \"2.5\"";
    case CPT_SANDBOX_TIME:
    case CPT_SANDBOX_FUTURE:
      return check_time (check, text, kind == CPT_SANDBOX_FUTURE);
    case CPT_SANDBOX_STATUS:
      return cpt_sandbox_is_status (text) ? NULL : "is not a status";
    case CPT_SANDBOX_SERVICE:
      return text && g_strv_contains (services, text) ? NULL : "is not a service type";
    default:
      return check_type (value, kind);
    }
}

static void
check_field (CptSandboxCheck *check,
             const char *prefix,
             JsonObject *object,
             const CptSandboxField *field)
{
  g_autofree char *name = cpt_sandbox_field (prefix, field->name);
  JsonNode *value = json_object_has_member (object, field->name)
                        ? json_object_get_member (object, field->name)
                        : NULL;
  const char *fault = NULL;

  if (!value || JSON_NODE_HOLDS_NULL (value))
    fault = field->required ? "is required" : NULL;
  else
    fault = check_value (check, value, field->kind);
  if (fault)
    cpt_sandbox_add_error (check->errors, name, "%s", fault);
}

/* What only HubRise sets inside an order, and the control path may. */
static const char *const own_members[] = {
  "id", "deleted", "subtotal", "customer_list_id", "nb_orders", "loyalty_cards", "anonymised", NULL
};

static gboolean
may_stand (CptSandboxCheck *check, const char *prefix, const char *name)
{
  return check->foreign && *prefix && g_strv_contains (own_members, name);
}

static gboolean
is_listed (const CptSandboxField *fields, const char *name)
{
  for (; fields->name; fields++)
    if (strcmp (fields->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Checks `object` against `fields`. A name that is not listed is a fault in strict mode and is
 * taken out in lenient mode. */
void
cpt_sandbox_check_object (CptSandboxCheck *check,
                          const char *prefix,
                          JsonObject *object,
                          const CptSandboxField *fields)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l; l = l->next)
    if (!is_listed (fields, l->data) && !may_stand (check, prefix, l->data))
      {
        g_autofree char *name = cpt_sandbox_field (prefix, l->data);

        if (check->strict)
          cpt_sandbox_add_error (check->errors, name, "cannot be set");
        else
          json_object_remove_member (object, l->data);
      }
  for (const CptSandboxField *field = fields; field->name; field++)
    check_field (check, prefix, object, field);
}
