/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments, missing items, and what becomes of an entry that HubRise refused: each deed is one
 * transaction, then the network. */
#include "cpt-engine-private.h"
#include "cpt-engine-stock.h"
#include "cpt-engine-till.h"
#include "cpt-pay-jobs.h"

static CptOutboxEntry *
make_entry (CptEngine *self, CptOutboxKind kind, gint64 row)
{
  CptOutboxEntry *entry = cpt_outbox_entry_new (kind, row, NULL);
  g_autofree char *seller = g_settings_get_string (self->settings, "seller");

  entry->pressed_at = cpt_clock_now (self->clock);
  if (*seller != '\0')
    entry->seller = g_steal_pointer (&seller);
  return entry;
}

void
cpt_engine_add_payment_async (CptEngine *self,
                              gint64 row,
                              const char *name,
                              const char *ref,
                              CptMoney amount,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (CptOutboxEntry) entry = make_entry (self, CPT_OUTBOX_PAYMENT, row);

  entry->private_ref = g_uuid_string_random ();
  entry->name = g_strdup (name);
  entry->ref = g_strdup (ref);
  entry->amount = amount;
  cpt_engine_act (g_task_new (self, NULL, callback, data),
                  cpt_store_press_entry (entry, CPT_TIME_NONE, cpt_json_decode_stored_order), row);
}

CptTime
cpt_engine_get_missing_until (CptEngine *self)
{
  return g_settings_get_boolean (self->settings, "keeps-stock")
             ? cpt_engine_get_stock_tomorrow (self)
             : CPT_TIME_NONE;
}

void
cpt_engine_mark_missing_async (CptEngine *self,
                               gint64 row,
                               const char *item,
                               const char *note,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autoptr (CptOutboxEntry) entry = make_entry (self, CPT_OUTBOX_DELETION, row);

  g_task_set_source_tag (task, cpt_engine_mark_missing_async);
  entry->element = g_strdup (item);
  if (note != NULL && *note != '\0')
    entry->seller_note = g_strdup (note);
  cpt_engine_act (task,
                  cpt_store_press_entry (entry, cpt_engine_get_missing_until (self),
                                         cpt_json_decode_stored_order),
                  row);
}

void
cpt_engine_retry_entry_async (CptEngine *self,
                              gint64 entry,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  cpt_engine_act (g_task_new (self, NULL, callback, data),
                  cpt_store_retry_entry (entry, cpt_json_decode_stored_order,
                                         cpt_clock_now (self->clock)),
                  0);
}

void
cpt_engine_give_up_entry_async (CptEngine *self,
                                gint64 entry,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  cpt_engine_act (g_task_new (self, NULL, callback, data),
                  cpt_store_give_up_entry (entry, cpt_json_decode_stored_order,
                                           cpt_clock_now (self->clock)),
                  0);
}
