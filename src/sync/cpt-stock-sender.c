/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending: what differs in one PATCH, split until a refused entry stands alone, or everything in
 * one PUT that is read back. */
#include <glib/gi18n-lib.h>

#include "cpt-json-stock.h"
#include "cpt-json.h"
#include "cpt-stock-sync-private.h"

/* Entries a PATCH carries at most. */
#define BATCH 1000
/* Requests one batch may cost: enough to find a few refused entries among a thousand by halving.
 * Where there are more of them, each batch finds some. */
#define MAX_REQUESTS 60
/* Between two such batches: orders need the requests that HubRise allows in an hour, too. */
#define DELAY_MS (3 * CPT_MINUTE)

static void send_next_group (CptStockSync *self);

void
cpt_stock_sync_drop_batch (CptStockSync *self)
{
  GPtrArray *group = NULL;

  while ((group = g_queue_pop_head (&self->groups)) != NULL)
    g_ptr_array_unref (group);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
}

/* Entries to write, borrowed. */
static GPtrArray *
list_entries (GPtrArray *group, gboolean with_none)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < group->len; i++)
    {
      CptStockChange *change = g_ptr_array_index (group, i);

      if (with_none || change->entry->entry.state == CPT_ENTRY_THERE)
        g_ptr_array_add (entries, change->entry);
    }
  return entries;
}

static GTimeZone *
dup_zone (CptStockSync *self)
{
  return cpt_connection_dup_zone (cpt_link_get_connection (self->link));
}

/* --- The end of a batch --- */

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (cpt_stock_errand_is_stale (errand))
    return;
  if (error != NULL)
    {
      /* On disk everything is still unknown: it will be sent again. */
      cpt_stock_sync_set_trouble (self, error->message);
      cpt_stock_sync_postpone (self, CPT_TIME_NONE);
      return;
    }
  cpt_stock_sync_done (self, TRUE);
}

/* The pause after a failure has begun already. */
static void
settled_in_pause_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL && !cpt_stock_errand_is_stale (errand))
    cpt_stock_sync_set_trouble (self, error->message);
  cpt_stock_sync_emit_changed (self);
}

static void
settle_batch (CptStockSync *self, GAsyncReadyCallback callback)
{
  g_autoptr (GPtrArray) batch = g_steal_pointer (&self->batch);

  cpt_stock_sync_drop_batch (self);
  cpt_store_run_async (self->store, cpt_store_settle_stock (batch), NULL, callback,
                       cpt_stock_errand_new (self));
}

static void
set_fate (GPtrArray *group, CptStockFate fate, const char *reason)
{
  for (guint i = 0; i < group->len; i++)
    {
      CptStockChange *change = g_ptr_array_index (group, i);

      change->fate = fate;
      g_free (change->reason);
      change->reason = g_strdup (reason);
    }
}

/* What was still to be sent has not been: the refused request that held it changed nothing. */
static void
abandon (CptStockSync *self, CptHubriseReply *reply)
{
  for (GList *l = self->groups.head; l != NULL; l = l->next)
    set_fate (l->data, CPT_STOCK_FATE_NOT_SENT, NULL);
  settle_batch (self, settled_in_pause_cb);
  cpt_stock_sync_failed (self, reply);
}

/* --- Answers to a PATCH --- */

static gboolean
stands_in (GHashTable *taken, const CptStockChange *change)
{
  g_autofree char *key = g_strdup_printf ("%d%s", change->entry->kind, change->entry->ref);

  return g_hash_table_contains (taken, key);
}

/* The reply holds the changed entries; a removed one may be left out of it. */
static void
confirm_group (GPtrArray *group, GPtrArray *entries)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const CptInventoryEntry *entry = g_ptr_array_index (entries, i);

      g_hash_table_add (taken, g_strdup_printf ("%d%s", entry->kind, entry->ref));
    }
  for (guint i = 0; i < group->len; i++)
    {
      CptStockChange *change = g_ptr_array_index (group, i);
      gboolean removed = change->entry->entry.state == CPT_ENTRY_NONE;

      change->fate =
          removed || stands_in (taken, change) ? CPT_STOCK_FATE_CONFIRMED : CPT_STOCK_FATE_REFUSED;
      if (change->fate == CPT_STOCK_FATE_REFUSED)
        change->reason =
            g_strdup (_ ("HubRise did not take it: it may not know this code any more"));
    }
}

static gpointer
decode_entries (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_decode_inventory (body, error);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GPtrArray) entries = cpt_json_decode_finish (result, NULL);

  if (cpt_stock_errand_is_stale (errand))
    return;
  /* An answer that cannot be read proves nothing: what stands there is read. */
  if (entries == NULL)
    self->wants_read = TRUE;
  else
    confirm_group (errand->group, entries);
  send_next_group (self);
}

static GPtrArray *
slice (GPtrArray *group, guint from, guint to)
{
  GPtrArray *part = g_ptr_array_new ();

  for (guint i = from; i < to; i++)
    g_ptr_array_add (part, g_ptr_array_index (group, i));
  return part;
}

static gboolean
delay_over_cb (gpointer data)
{
  CptStockSync *self = data;

  self->delay_timer = 0;
  cpt_stock_sync_end_delays (self);
  self->wants_send = TRUE;
  cpt_stock_sync_pump (self);
  return G_SOURCE_REMOVE;
}

void
cpt_stock_sync_end_delays (CptStockSync *self)
{
  cpt_clock_clear_timer (self->clock, &self->delay_timer);
  g_array_set_size (self->delays, 0);
}

/* One of them is to blame, and this batch does not find out which. */
static void
put_off (CptStockSync *self, GPtrArray *group)
{
  set_fate (group, CPT_STOCK_FATE_PUT_OFF, NULL);
  for (guint i = 0; i < group->len; i++)
    {
      const CptStockChange *change = g_ptr_array_index (group, i);
      CptStockDelay delay = { change->stock, change->entry->entry };

      g_array_append_val (self->delays, delay);
    }
  if (self->delay_timer == 0)
    self->delay_timer = cpt_clock_add_timer (self->clock, DELAY_MS, delay_over_cb, self, NULL);
}

static void
halve (CptStockSync *self, GPtrArray *group)
{
  guint middle = group->len / 2;

  g_queue_push_head (&self->groups, slice (group, middle, group->len));
  g_queue_push_head (&self->groups, slice (group, 0, middle));
}

/* Without those that were named. */
static void
isolate (CptStockSync *self, GPtrArray *group, GPtrArray *refusals)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  for (guint i = 0; i < refusals->len; i++)
    {
      const CptInventoryRefusal *refusal = g_ptr_array_index (refusals, i);
      CptStockChange *change = g_ptr_array_index (group, refusal->index);

      change->fate = CPT_STOCK_FATE_REFUSED;
      g_free (change->reason);
      change->reason = g_strdup (refusal->reason != NULL ? refusal->reason : "");
    }
  for (guint i = 0; i < group->len; i++)
    if (((CptStockChange *)group->pdata[i])->fate != CPT_STOCK_FATE_REFUSED)
      g_ptr_array_add (rest, group->pdata[i]);
  if (rest->len > 0 && self->requests >= MAX_REQUESTS)
    put_off (self, rest);
  else if (rest->len > 0)
    g_queue_push_head (&self->groups, g_steal_pointer (&rest));
}

static void
refuse_group (CptStockSync *self,
              GPtrArray *group,
              GPtrArray *refusals,
              const CptHubriseReply *reply)
{
  gboolean about_entries = reply->status == 422 || reply->status == 400;

  set_fate (group, CPT_STOCK_FATE_LOST, NULL);
  if (about_entries && refusals->len > 0)
    isolate (self, group, refusals);
  else if (about_entries && group->len > 1 && self->requests >= MAX_REQUESTS)
    put_off (self, group);
  else if (about_entries && group->len > 1)
    halve (self, group);
  else
    set_fate (group, CPT_STOCK_FATE_REFUSED, reply->message);
  send_next_group (self);
}

static gpointer
decode_refusals (GBytes *body, gpointer n_entries, GError **error)
{
  return cpt_json_decode_inventory_refusals (body, GPOINTER_TO_UINT (n_entries));
}

static void
refusals_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  g_autoptr (GPtrArray) refusals = cpt_json_decode_finish (result, NULL);

  if (!cpt_stock_errand_is_stale (errand))
    refuse_group (errand->self, errand->group, refusals, errand->reply);
}

/* A thousand entries may each have a reason. */
static void
read_refusals (CptStockErrand *errand)
{
  GBytes *body = errand->reply->body;
  g_autoptr (GBytes) read = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);

  cpt_json_decode_async (read, decode_refusals, GUINT_TO_POINTER (errand->group->len), NULL,
                         (GDestroyNotify)g_ptr_array_unref, NULL, refusals_cb, errand);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);
  gboolean untouched = !reply->sent || reply->status == 429 || reply->outcome == CPT_OUTCOME_STOP;

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (reply->outcome == CPT_OUTCOME_DONE && reply->body != NULL)
    {
      cpt_stock_sync_failed (self, reply);
      cpt_json_decode_async (reply->body, decode_entries, NULL, NULL,
                             (GDestroyNotify)g_ptr_array_unref, NULL, confirmed_cb,
                             g_steal_pointer (&errand));
    }
  else if (reply->outcome == CPT_OUTCOME_NEVER)
    {
      errand->reply = g_steal_pointer (&reply);
      read_refusals (g_steal_pointer (&errand));
    }
  else
    {
      set_fate (errand->group, untouched ? CPT_STOCK_FATE_NOT_SENT : CPT_STOCK_FATE_LOST, NULL);
      abandon (self, reply);
    }
}

/* The last of the limits are for what somebody waits for. */
static CptHubriseRequest *
new_patch (CptStockSync *self, GPtrArray *entries, GTimeZone *zone)
{
  CptHubriseRequest *request =
      cpt_hubrise_request_patch_inventory (cpt_stock_sync_get_catalog (self), entries, zone);

  return self->by_person ? cpt_hubrise_request_by_person (request) : request;
}

static void
send_next_group (CptStockSync *self)
{
  CptStockErrand *errand = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (g_queue_is_empty (&self->groups))
    {
      settle_batch (self, settled_cb);
      return;
    }
  zone = dup_zone (self);
  errand = cpt_stock_errand_new (self);
  errand->group = g_queue_pop_head (&self->groups);
  entries = list_entries (errand->group, TRUE);
  self->requests++;
  self->sent_at = cpt_clock_monotonic (self->clock);
  cpt_link_send_async (self->link, new_patch (self, entries, zone), answered_cb, errand);
}

/* It is on disk that what HubRise knows is unknown: the request may leave. */
static void
left_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (changes == NULL)
    {
      cpt_stock_sync_set_trouble (self, error->message);
      cpt_stock_sync_postpone (self, CPT_TIME_NONE);
      return;
    }
  if (changes->len == 0)
    {
      self->wants_send = self->by_person = FALSE;
      self->wants_read = self->wants_read || self->replacing;
      cpt_stock_sync_done (self, FALSE);
      return;
    }
  cpt_stock_sync_set_activity (self, CPT_STOCK_SENDING);
  cpt_stock_sync_emit_changed (self);
  self->batch = g_ptr_array_ref (changes);
  self->requests = 0;
  g_queue_push_tail (&self->groups, slice (changes, 0, changes->len));
  send_next_group (self);
}

void
cpt_stock_sync_send (CptStockSync *self)
{
  self->busy = TRUE;
  cpt_store_run_async (self->store,
                       cpt_store_leave_stock (BATCH, cpt_stock_sync_sends_owed_only (self),
                                              self->delays, cpt_stock_sync_get_mode (self),
                                              cpt_clock_now (self->clock)),
                       NULL, left_cb, cpt_stock_errand_new (self));
}

/* --- The whole inventory --- */

static void put (CptStockSync *self, GPtrArray *group);

/* What the PUT could not do by itself PATCHes do: each refused entry is found on its own. */
static void
finish_by_patches (CptStockSync *self)
{
  cpt_stock_sync_end_delays (self);
  self->wants_send = TRUE;
  settle_batch (self, settled_cb);
}

static void
put_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);
  gboolean untouched = !reply->sent || reply->status == 429 || reply->outcome == CPT_OUTCOME_STOP;

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (reply->outcome == CPT_OUTCOME_NEVER)
    {
      if (reply->status == 422 || reply->status == 400)
        finish_by_patches (self);
      else
        {
          set_fate (errand->group, CPT_STOCK_FATE_NOT_SENT, NULL);
          abandon (self, reply);
        }
      return;
    }
  if (reply->outcome != CPT_OUTCOME_DONE && untouched)
    {
      set_fate (errand->group, CPT_STOCK_FATE_NOT_SENT, NULL);
      abandon (self, reply);
      return;
    }
  /* Done, or perhaps done: everything is unknown until it is read back. */
  self->wants_read = TRUE;
  settle_batch (self, settled_cb);
}

static void
put (CptStockSync *self, GPtrArray *group)
{
  CptStockErrand *errand = cpt_stock_errand_new (self);
  g_autoptr (GTimeZone) zone = dup_zone (self);
  g_autoptr (GPtrArray) entries = list_entries (group, FALSE);

  errand->group = g_ptr_array_ref (group);
  cpt_link_send_async (self->link,
                       cpt_hubrise_request_by_person (
                           cpt_hubrise_request_put_inventory (cpt_stock_sync_get_catalog (self),
                                                              entries, zone)),
                       put_answered_cb, errand);
}

static void
all_left_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockErrand) errand = data;
  CptStockSync *self = errand->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = cpt_store_run_finish (CPT_STORE (source), result, &error);
  g_autoptr (GPtrArray) group = NULL;

  if (cpt_stock_errand_is_stale (errand))
    return;
  if (changes == NULL)
    {
      self->replacing = FALSE;
      cpt_stock_sync_fail_tasks (self, &self->replaces, error->message);
      cpt_stock_sync_done (self, FALSE);
      return;
    }
  self->batch = g_ptr_array_ref (changes);
  group = slice (changes, 0, changes->len);
  cpt_stock_sync_emit_changed (self);
  put (self, group);
}

void
cpt_stock_sync_replace (CptStockSync *self)
{
  self->busy = TRUE;
  self->wants_replace = FALSE;
  self->replacing = TRUE;
  cpt_stock_sync_set_activity (self, CPT_STOCK_REPLACING);
  cpt_store_run_async (self->store,
                       cpt_store_leave_all_stock (cpt_stock_sync_get_mode (self),
                                                  cpt_clock_now (self->clock)),
                       NULL, all_left_cb, cpt_stock_errand_new (self));
}
