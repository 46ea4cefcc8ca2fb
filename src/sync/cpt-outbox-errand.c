/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One creation on its way: posted, or looked up where a reply is missing, and what becomes of it.
 */
#include <glib/gi18n-lib.h>

#include "cpt-field-words.h"
#include "cpt-json.h"
#include "cpt-outbox-sender-private.h"

#define PAGE_SIZE 20

static CptOutboxErrand *
errand_new (CptOutboxSender *self, CptOutboxLane *lane)
{
  CptOutboxErrand *errand = g_new0 (CptOutboxErrand, 1);

  errand->self = g_object_ref (self);
  errand->entry = cpt_outbox_entry_ref (lane->next);
  if (errand->entry->kind == CPT_OUTBOX_ORDER)
    errand->order = cpt_json_decode_own_order (errand->entry->body);
  return errand;
}

static void
errand_free (CptOutboxErrand *errand)
{
  g_clear_pointer (&errand->entry, cpt_outbox_entry_unref);
  g_clear_pointer (&errand->order, cpt_order_unref);
  g_clear_pointer (&errand->reply, cpt_hubrise_reply_unref);
  g_object_unref (errand->self);
  g_free (errand);
}

static CptOutboxLane *
get_lane (CptOutboxErrand *errand)
{
  return cpt_outbox_sender_get_lane (errand->self, errand->entry->order);
}

static void
pause_lane (CptOutboxErrand *errand, CptTime retry_at)
{
  CptOutboxSender *self = errand->self;
  CptOutboxLane *lane = get_lane (errand);
  gint64 ms = 0;

  if (lane == NULL)
    return;
  ms = cpt_backoff_next (&lane->backoff);
  if (retry_at != CPT_TIME_NONE)
    ms = MAX (retry_at - cpt_clock_now (self->clock), 1);
  lane->retry_mono = cpt_outbox_sender_mono (self) + ms;
}

/* What the lane holds is old: it waits for the database, else it would begin the same again. */
static void
finish (CptOutboxErrand *errand)
{
  CptOutboxSender *self = errand->self;
  CptOutboxLane *lane = get_lane (errand);

  if (lane != NULL)
    {
      lane->busy = FALSE;
      g_clear_pointer (&lane->next, cpt_outbox_entry_unref);
    }
  cpt_outbox_sender_reload (self);
  errand_free (errand);
}

static void
complain (CptOutboxErrand *errand, const GError *error)
{
  if (errand->self->stopped)
    return;
  g_message ("What is to be sent could not be written to the database: %s", error->message);
  g_signal_emit_by_name (errand->self, "failed", error);
}

/* --- Its fate --- */

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOutboxErrand *errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) applied = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    {
      /* It stays under way in the database: it is looked up first. */
      complain (errand, error);
      pause_lane (errand, CPT_TIME_NONE);
    }
  else if (!errand->self->stopped)
    {
      if (applied->len > 0)
        g_signal_emit_by_name (errand->self, "applied", applied);
      g_signal_emit_by_name (errand->self, "changed", errand->entry->order);
    }
  finish (errand);
}

static void
settle (CptOutboxErrand *errand,
        CptStepState state,
        CptTime not_before,
        const char *reason,
        CptOrderApply *apply)
{
  CptOutboxSender *self = errand->self;

  cpt_store_run_async (self->store,
                       cpt_store_settle_creation (errand->entry->id, state, not_before, reason,
                                                  apply, cpt_clock_now (self->clock)),
                       NULL, settled_cb, errand);
}

static void
settle_done (CptOutboxErrand *errand, CptOrder *order, CptOrderOrigin origin)
{
  g_autoptr (CptOrderApply) apply = order != NULL ? cpt_order_apply_new (order, origin) : NULL;
  CptOutboxLane *lane = get_lane (errand);

  if (lane != NULL)
    cpt_backoff_reset (&lane->backoff);
  settle (errand, CPT_STEP_DONE, CPT_TIME_NONE, NULL, apply);
}

/* The server may still be working: it is asked what it has when it certainly is no more. */
static void
settle_lost (CptOutboxErrand *errand)
{
  CptOutboxSender *self = errand->self;
  CptOutboxLane *lane = get_lane (errand);

  if (lane != NULL)
    {
      lane->lost = errand->entry->id;
      lane->look_up_mono = cpt_outbox_sender_mono (self) + CPT_OUTBOX_LOST_MS;
    }
  settle (errand, CPT_STEP_UNDER_WAY, cpt_clock_now (self->clock) + CPT_OUTBOX_LOST_MS, NULL, NULL);
}

/* Nothing left: should the order be cancelled now, HubRise need not hear of it. */
static void
settle_kept (CptOutboxErrand *errand)
{
  cpt_store_run_async (errand->self->store, cpt_store_keep_creation (errand->entry->id), NULL,
                       settled_cb, errand);
}

static void
settle_later (CptOutboxErrand *errand)
{
  pause_lane (errand, errand->reply->retry_at);
  if (errand->reply->sent)
    settle (errand, CPT_STEP_WAITING, CPT_TIME_NONE, NULL, NULL);
  else
    settle_kept (errand);
}

static gboolean
names_private_ref (GPtrArray *errors)
{
  for (guint i = 0; i < errors->len; i++)
    if (g_str_equal (((CptField *)errors->pdata[i])->path, "private_ref"))
      return TRUE;
  return FALSE;
}

static gpointer
decode_errors (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_decode_field_errors (body);
}

static void
errors_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOutboxErrand *errand = data;
  CptOutboxSender *self = errand->self;
  CptOutboxLane *lane = get_lane (errand);
  g_autoptr (GPtrArray) errors = cpt_json_decode_finish (result, NULL);
  g_autoptr (CptOrder) nothing = cpt_order_new ();
  g_autofree char *words =
      cpt_field_words (errors, errand->order != NULL ? errand->order : nothing);

  /* HubRise has one of this name: ours, of a try whose reply never came. */
  if (lane != NULL && names_private_ref (errors) && !lane->is_taken)
    {
      lane->is_taken = TRUE;
      lane->lost = errand->entry->id;
      lane->look_up_mono = cpt_outbox_sender_mono (self);
      settle (errand, CPT_STEP_UNDER_WAY, cpt_clock_now (self->clock), NULL, NULL);
      return;
    }
  if (lane != NULL)
    lane->is_taken = FALSE;
  settle (errand, CPT_STEP_REFUSED, CPT_TIME_NONE, words != NULL ? words : errand->reply->message,
          NULL);
}

static void
settle_refused (CptOutboxErrand *errand)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  GBytes *body = errand->reply->body;

  cpt_json_decode_async (body != NULL ? body : nothing, decode_errors, NULL, NULL,
                         (GDestroyNotify)g_ptr_array_unref, NULL, errors_decoded_cb, errand);
}

/* --- Posting --- */

/* What creates something counts as perhaps done where another request would not. */
static gboolean
is_lost (const CptHubriseReply *reply)
{
  return reply->outcome == CPT_OUTCOME_UNKNOWN || reply->status == 408 || reply->status == 409 ||
         reply->status >= 500;
}

static gpointer
decode_posted (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_decode_order (body, NULL);
}

static void
posted_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOutboxErrand *errand = data;
  g_autoptr (CptOrder) order = cpt_json_decode_finish (result, NULL);

  if (order->raw_reason != NULL)
    settle_lost (errand);
  else
    settle_done (errand, order, CPT_ORIGIN_REPLY);
}

static void
take_posted (CptOutboxErrand *errand)
{
  if (errand->entry->kind == CPT_OUTBOX_ORDER)
    cpt_json_decode_async (errand->reply->body, decode_posted, NULL, NULL,
                           (GDestroyNotify)cpt_order_unref, NULL, posted_decoded_cb, errand);
  else
    settle_done (errand, NULL, CPT_ORIGIN_REPLY);
}

static void
posted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOutboxErrand *errand = data;

  errand->reply = cpt_link_send_finish (CPT_LINK (source), result);
  /* Broken off by the end of the program: under way in the database, the next start looks it up. */
  if (errand->self->stopped)
    errand_free (errand);
  else if (is_lost (errand->reply))
    settle_lost (errand);
  else if (errand->reply->outcome == CPT_OUTCOME_DONE)
    take_posted (errand);
  else if (errand->reply->outcome == CPT_OUTCOME_NEVER)
    settle_refused (errand);
  else
    settle_later (errand);
}

static CptHubriseRequest *
make_post (CptOutboxErrand *errand)
{
  CptConnection *connection = cpt_link_get_connection (errand->self->link);
  g_autoptr (GTimeZone) zone = cpt_connection_dup_zone (connection);
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  CptTime now = cpt_clock_now (errand->self->clock) + connection->clock_offset_ms;

  if (errand->entry->kind == CPT_OUTBOX_ORDER)
    return cpt_hubrise_request_post_order (errand->order, zone != NULL ? zone : local, now);

  g_autoptr (CptOrderCustomer) customer = cpt_json_decode_customer (errand->entry->body, NULL);
  return cpt_hubrise_request_post_customer (customer);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOutboxErrand *errand = data;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL || errand->self->stopped)
    {
      /* Given up meanwhile, or the disk would not: look again. */
      if (error != NULL && !g_error_matches (error, CPT_STORE_ERROR, CPT_STORE_ERROR_NOT_ALLOWED))
        complain (errand, error);
      pause_lane (errand, CPT_TIME_NONE);
      finish (errand);
      return;
    }
  /* The till is being connected to what may be another place: it is not for that one. */
  if (get_lane (errand) == NULL || !cpt_link_is_open (errand->self->link))
    {
      settle_kept (errand);
      return;
    }
  cpt_link_send_async (errand->self->link, cpt_hubrise_request_by_person (make_post (errand)),
                       posted_cb, errand);
}

void
cpt_outbox_errand_post (CptOutboxSender *self, CptOutboxLane *lane)
{
  cpt_store_run_async (self->store, cpt_store_begin_creation (lane->next->id), NULL, begun_cb,
                       errand_new (self, lane));
}

/* Nobody may want it any more: it is sent when somebody says so. */
void
cpt_outbox_errand_ask_first (CptOutboxSender *self, CptOutboxLane *lane)
{
  settle (errand_new (self, lane), CPT_STEP_REFUSED, CPT_TIME_NONE,
          _ ("It is older than 24 hours and was not sent by itself. Retry sends it."), NULL);
}

/* --- Looking up --- */

static gpointer
decode_found (GBytes *body, gpointer hint, GError **error)
{
  const CptOutboxEntry *entry = hint;

  return entry->kind == CPT_OUTBOX_ORDER ? cpt_json_decode_orders (body, error)
                                         : cpt_json_decode_customers (body, error);
}

static CptOrder *
find_order (GPtrArray *orders, const char *private_ref)
{
  for (guint i = 0; i < orders->len; i++)
    {
      CptOrder *order = orders->pdata[i];

      if (order->raw_reason == NULL && g_strcmp0 (order->private_ref, private_ref) == 0)
        return order;
    }
  return NULL;
}

static gboolean
has_customer (GPtrArray *customers, const char *private_ref)
{
  for (guint i = 0; i < customers->len; i++)
    if (g_strcmp0 (((CptOrderCustomer *)customers->pdata[i])->private_ref, private_ref) == 0)
      return TRUE;
  return FALSE;
}

/* It never arrived: sent again under the same name. */
static void
settle_not_found (CptOutboxErrand *errand)
{
  CptOutboxLane *lane = get_lane (errand);
  CptTime since = cpt_link_get_connection (errand->self->link)->connected_since;
  const char *doubt = _ ("HubRise may have it: the till was connected anew before the answer came. "
                         "Look for it among the web orders; Retry sends it again.");

  if (lane != NULL)
    lane->lost = 0;
  if (errand->entry->kind == CPT_OUTBOX_ORDER &&
      cpt_outbox_entry_is_lost_before (errand->entry, since))
    settle (errand, CPT_STEP_REFUSED, CPT_TIME_NONE, doubt, NULL);
  else
    settle (errand, CPT_STEP_WAITING, CPT_TIME_NONE, NULL, NULL);
}

static void
found_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOutboxErrand *errand = data;
  const CptOutboxEntry *entry = errand->entry;
  g_autoptr (GPtrArray) found = cpt_json_decode_finish (result, NULL);
  CptOrder *order = NULL;

  if (found == NULL)
    {
      pause_lane (errand, CPT_TIME_NONE);
      finish (errand);
      return;
    }
  if (entry->kind == CPT_OUTBOX_ORDER)
    order = find_order (found, entry->private_ref);
  if (order != NULL ||
      (entry->kind == CPT_OUTBOX_CUSTOMER && has_customer (found, entry->private_ref)))
    settle_done (errand, order, CPT_ORIGIN_READ);
  else
    settle_not_found (errand);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CptOutboxErrand *errand = data;

  errand->reply = cpt_link_send_finish (CPT_LINK (source), result);
  if (errand->self->stopped)
    errand_free (errand);
  else if (errand->reply->outcome == CPT_OUTCOME_DONE && errand->reply->body != NULL)
    cpt_json_decode_async (errand->reply->body, decode_found, cpt_outbox_entry_ref (errand->entry),
                           (GDestroyNotify)cpt_outbox_entry_unref,
                           (GDestroyNotify)g_ptr_array_unref, NULL, found_decoded_cb, errand);
  else
    {
      pause_lane (errand, errand->reply->retry_at);
      finish (errand);
    }
}

static CptHubriseRequest *
make_look_up (const CptOutboxEntry *entry)
{
  g_autoptr (CptOrderCustomer) customer = NULL;

  if (entry->kind == CPT_OUTBOX_ORDER)
    return cpt_hubrise_request_list_orders (NULL, entry->private_ref, NULL);
  customer = cpt_json_decode_customer (entry->body, NULL);
  return cpt_hubrise_request_list_customers (customer->customer_list_id, NULL, NULL,
                                             entry->private_ref, PAGE_SIZE);
}

void
cpt_outbox_errand_look_up (CptOutboxSender *self, CptOutboxLane *lane)
{
  cpt_link_send_async (self->link, cpt_hubrise_request_by_person (make_look_up (lane->next)),
                       looked_up_cb, errand_new (self, lane));
}
