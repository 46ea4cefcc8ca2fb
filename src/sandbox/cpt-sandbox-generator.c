/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Believable orders. Main loop only. */
#include "cpt-sandbox-private.h"

/* An order as another program would send it, with `overrides` on top. */
CptSandboxOrder *
cpt_sandbox_generate_order (CptSandbox *self, const char *location_id, JsonObject *overrides)
{
  g_autoptr (JsonNode) node = json_from_string (
      "{\"status\":\"new\",\"created_by\":\"Deliveroo\",\"channel\":\"Deliveroo\",\"items\":[{"
      "\"product_name\":\"Margherita\",\"sku_ref\":\"PZ-MARG-M\",\"price\":\"9.50 EUR\","
      "\"quantity\":\"1\"}]}",
      NULL);
  JsonObject *order = json_node_get_object (node);

  cpt_sandbox_json_merge (order, overrides, FALSE);
  return cpt_sandbox_add_order (self, NULL, location_id, order);
}

/* Lets orders arrive by themselves. */
void
cpt_sandbox_start_orders (CptSandbox *self, guint every_seconds)
{
  g_autoptr (JsonObject) nothing = json_object_new ();

  cpt_sandbox_generate_order (self, json_object_get_string_member (self->locations->pdata[0], "id"),
                              nothing);
}
