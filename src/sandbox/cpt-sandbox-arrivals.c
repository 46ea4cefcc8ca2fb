/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders that arrive by themselves, and what their customers and drivers do next. Main loop
 * only. */
#include "cpt-sandbox-generator.h"

#include <string.h>

#define AT_ONCE     3
#define EARLIER     6
#define FIRST_WAIT  (5 * CPT_SANDBOX_SECOND)
#define DRIVER_WAIT (40 * CPT_SANDBOX_SECOND)
#define CANCEL_WAIT (75 * CPT_SANDBOX_SECOND)

typedef struct
{
  CptSandbox *sandbox;
  char *order_id; /* (owned) */
} Later;

static void
later_free (gpointer data)
{
  Later *later = data;

  g_free (later->order_id);
  g_free (later);
}

static CptSandboxOrder *
later_order (Later *later)
{
  return g_hash_table_lookup (later->sandbox->orders_by_id, later->order_id);
}

static gboolean
has_status (CptSandboxOrder *order, const char *const *statuses)
{
  const char *status = cpt_sandbox_json_string (order->document, "status");

  return status && g_strv_contains (statuses, status);
}

static void
change (Later *later, const char *json)
{
  g_autoptr (JsonNode) changes = json_from_string (json, NULL);

  cpt_sandbox_change_order (later->sandbox, NULL, later_order (later),
                            json_node_get_object (changes));
}

static void
cancel_cb (gpointer data)
{
  Later *later = data;

  if (has_status (later_order (later), (const char *[]){ "new", "received", "accepted", NULL }))
    change (later, "{\"status\":\"cancelled\"}");
}

static void
driver_cb (gpointer data)
{
  Later *later = data;
  JsonObject *delivery = cpt_sandbox_json_object (later_order (later)->document, "delivery");
  g_autoptr (JsonObject) changes = json_object_new ();

  if (!delivery || has_status (later_order (later),
                               (const char *[]){ "rejected", "cancelled", "completed", NULL }))
    return;
  delivery = cpt_sandbox_json_copy_object (delivery);
  json_object_set_string_member (delivery, "status", "pickup_enroute");
  json_object_set_string_member (delivery, "driver_name", "Livreur Démo");
  json_object_set_string_member (delivery, "driver_phone", "+33199000099");
  json_object_set_object_member (changes, "delivery", delivery);
  cpt_sandbox_change_order (later->sandbox, NULL, later_order (later), changes);
}

static void
do_later (CptSandbox *self, CptSandboxOrder *order, gint64 wait, CptSandboxJob job)
{
  Later *later = g_new0 (Later, 1);

  later->sandbox = self;
  later->order_id = g_strdup (order->id);
  cpt_sandbox_clock_at (self->clock, cpt_sandbox_clock_now (self->clock) + wait, job, later,
                        later_free);
}

/* An order of the generator with `overrides` (checked) on top; a lively one goes on by itself: a
 * driver is found, or the customer cancels. */
CptSandboxOrder *
cpt_sandbox_generate_order (CptSandbox *self,
                            const char *location_id,
                            JsonObject *overrides,
                            gboolean lively)
{
  CptSandboxTraits traits = 0;
  CptSandboxOrder *order = cpt_sandbox_make_order (self, location_id, overrides, &traits);

  if (lively && traits & CPT_SANDBOX_DRIVER)
    do_later (self, order, DRIVER_WAIT, driver_cb);
  if (lively && traits & CPT_SANDBOX_CANCEL)
    do_later (self, order, CANCEL_WAIT, cancel_cb);
  return order;
}

static const char *
first_location (CptSandbox *self)
{
  return json_object_get_string_member (self->locations->pdata[0], "id");
}

static void
arrive (CptSandbox *self)
{
  g_autoptr (JsonObject) nothing = json_object_new ();

  cpt_sandbox_generate_order (self, first_location (self), nothing, TRUE);
}

static void
arrive_cb (gpointer data)
{
  CptSandbox *self = data;

  arrive (self);
  cpt_sandbox_clock_at (self->clock,
                        cpt_sandbox_clock_now (self->clock) +
                            self->every_seconds * CPT_SANDBOX_SECOND,
                        arrive_cb, self, NULL);
}

/* What was sold before today. */
static void
add_earlier (CptSandbox *self, guint days)
{
  g_autoptr (JsonObject) overrides = json_object_new ();
  gint64 then = cpt_sandbox_clock_now (self->clock) - days * CPT_SANDBOX_DAY;
  g_autofree char *created = cpt_sandbox_time_text (then, CPT_SANDBOX_ZONE);
  g_autofree char *expected =
      cpt_sandbox_time_text (then + 30 * CPT_SANDBOX_MINUTE, CPT_SANDBOX_ZONE);

  json_object_set_string_member (overrides, "status", days == 2 ? "cancelled" : "completed");
  json_object_set_string_member (overrides, "created_at", created);
  json_object_set_string_member (overrides, "expected_time", expected);
  json_object_set_string_member (overrides, "confirmed_time", expected);
  cpt_sandbox_make_order (self, first_location (self), overrides, NULL);
}

/* A shop in the middle of its day: some counted, some nearly gone, some out of stock, one of them
 * back in a few hours. */
static const struct
{
  const char *kind, *ref, *stock;
  gboolean back_today;
} shelf[] = {
  { "sku_ref", "MARG-M", "24", FALSE },   { "sku_ref", "MARG-G", "12", FALSE },
  { "sku_ref", "TIRAM", "5", FALSE },     { "sku_ref", "PANNA", "0", TRUE },
  { "sku_ref", "BURRATA", "2.5", FALSE }, { "sku_ref", "LASAGNE", "0", FALSE },
  { "sku_ref", "COKE", "112", FALSE },    { "sku_ref", "COKE-Z", "38", FALSE },
  { "sku_ref", "SAL-CHEV", "0", TRUE },   { "option_ref", "OLIVES", "0", FALSE },
};

static void
fill_shelf (CptSandbox *self)
{
  g_autoptr (JsonArray) entries = json_array_new ();
  g_autoptr (JsonArray) changed = NULL;
  gint64 later = cpt_sandbox_clock_now (self->clock) + 3 * 60 * CPT_SANDBOX_MINUTE;
  g_autofree char *back = cpt_sandbox_time_text (later, CPT_SANDBOX_ZONE);

  for (gsize i = 0; i < G_N_ELEMENTS (shelf); i++)
    {
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, shelf[i].kind, shelf[i].ref);
      json_object_set_string_member (entry, "stock", shelf[i].stock);
      if (shelf[i].back_today)
        json_object_set_string_member (entry, "expires_at", back);
      json_array_add_object_element (entries, entry);
    }
  changed = cpt_sandbox_inventory_patch (self, NULL, self->catalogs->pdata[0],
                                         first_location (self), entries);
}

/* Lets orders arrive by themselves: some are there at once, with a few of the days before; the
 * next comes soon, then one every so many seconds of the sandbox clock. */
void
cpt_sandbox_start_orders (CptSandbox *self, guint every_seconds)
{
  self->every_seconds = every_seconds;
  fill_shelf (self);
  for (guint days = EARLIER; days > 0; days--)
    add_earlier (self, days);
  self->generated = 0;
  for (guint i = 0; i < AT_ONCE; i++)
    arrive (self);
  cpt_sandbox_clock_at (self->clock, cpt_sandbox_clock_now (self->clock) + FIRST_WAIT, arrive_cb,
                        self, NULL);
}
