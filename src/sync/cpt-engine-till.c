/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window asks before there is an order of the till's own: what can be sold, and to whom;
 * and what HubRise makes of those that were sent. Placing one is in cpt-engine-place.c. */
#include "cpt-engine-till.h"

#include <glib/gi18n-lib.h>

#include "cpt-engine-private.h"
#include "cpt-json-stock.h"
#include "cpt-store-stock-jobs.h"

#define MOST_CUSTOMERS 20
/* So many digits of a telephone number are the same with and without its country. */
#define PHONE_DIGITS 9

/* --- What becomes of what was sent --- */

static void
applied_cb (CptOutboxSender *outbox, GPtrArray *applied, CptEngine *self)
{
  cpt_engine_applied_cb (self->sender, applied, self);
  /* What was pressed meanwhile can go now. */
  cpt_order_sender_reload (self->sender);
}

static void
changed_cb (CptOutboxSender *outbox, gint64 row, CptEngine *self)
{
  cpt_engine_set_trouble (self, NULL);
  cpt_engine_emit_row (self, row);
  cpt_engine_refresh_counts (self);
}

static void
failed_cb (CptOutboxSender *outbox, GError *error, CptEngine *self)
{
  cpt_engine_set_trouble (self, error);
}

void
cpt_engine_make_outbox (CptEngine *self)
{
  self->outbox = cpt_outbox_sender_new (self->link, self->settings);
  g_signal_connect (self->outbox, "applied", G_CALLBACK (applied_cb), self);
  g_signal_connect (self->outbox, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->outbox, "failed", G_CALLBACK (failed_cb), self);
}

void
cpt_engine_drop_outbox (CptEngine *self)
{
  if (self->outbox == NULL)
    return;
  cpt_outbox_sender_stop (self->outbox);
  g_signal_handlers_disconnect_by_data (self->outbox, self);
}

/* --- What can be sold --- */

static gpointer
decode_menu (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_decode_menu (body, error);
}

static void
menu_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  CptStoredCatalog *catalog = g_task_get_task_data (task);
  GError *error = NULL;
  CptMenu *menu = cpt_json_decode_finish (result, &error);

  if (menu == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->menu, cpt_menu_unref);
  self->menu = cpt_menu_ref (menu);
  self->menu_binding = catalog->binding;
  self->menu_pulled_at = catalog->pulled_at;
  g_task_return_pointer (task, menu, (GDestroyNotify)cpt_menu_unref);
}

/* A database of before the catalogs were kept knows its items and not what can be sold. */
static void
refuse_without_catalog (CptEngine *self, GTask *task, CptTime pulled_at)
{
  if (pulled_at != CPT_TIME_NONE && self->stock != NULL && !self->closing)
    cpt_stock_sync_pull_async (self->stock, NULL, NULL);
  g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_FOUND, "%s",
                           _ ("The catalog has not been read from HubRise yet"));
}

static void
catalog_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CptEngine *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  CptStoredCatalog *catalog = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (catalog == NULL)
    {
      g_task_return_error (task, cpt_engine_translate_error (error));
      return;
    }
  g_task_set_task_data (task, catalog, (GDestroyNotify)cpt_stored_catalog_free);
  if (catalog->unchanged && self->menu != NULL)
    g_task_return_pointer (task, cpt_menu_ref (self->menu), (GDestroyNotify)cpt_menu_unref);
  else if (catalog->document == NULL)
    refuse_without_catalog (self, task, catalog->pulled_at);
  else
    cpt_json_decode_async (catalog->document, decode_menu, NULL, NULL,
                           (GDestroyNotify)cpt_menu_unref, NULL, menu_decoded_cb,
                           g_steal_pointer (&task));
}

void
cpt_engine_load_menu_async (CptEngine *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  gint64 binding = self->menu != NULL ? self->menu_binding : 0;

  cpt_store_run_async (self->store, cpt_store_load_catalog (binding, self->menu_pulled_at),
                       cancellable, catalog_loaded_cb, task);
}

CptMenu *
cpt_engine_load_menu_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Customers of the HubRise list --- */

gboolean
cpt_engine_has_customer_list (CptEngine *self)
{
  return cpt_engine_get_connection (self)->customer_list_id != NULL;
}

static gpointer
decode_customers (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_decode_customers (body, error);
}

static void
customers_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *customers = cpt_json_decode_finish (result, &error);

  if (customers == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (customers->len > MOST_CUSTOMERS)
    g_ptr_array_set_size (customers, MOST_CUSTOMERS);
  g_task_return_pointer (task, customers, (GDestroyNotify)g_ptr_array_unref);
}

static void
customers_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);
  g_autofree char *words = cpt_hubrise_reply_dup_words (reply);

  if (reply->outcome == CPT_OUTCOME_DONE && reply->body != NULL)
    cpt_json_decode_async (reply->body, decode_customers, NULL, NULL,
                           (GDestroyNotify)g_ptr_array_unref, NULL, customers_decoded_cb,
                           g_steal_pointer (&task));
  else
    g_task_return_new_error (task, CPT_ENGINE_ERROR,
                             reply->outcome == CPT_OUTCOME_NEVER ? CPT_ENGINE_ERROR_FAILED
                                                                 : CPT_ENGINE_ERROR_OFFLINE,
                             "%s",
                             words != NULL ? words : _ ("HubRise's answer could not be read"));
}

/* As HubRise may have it: with its country or without. */
static char *
make_phone_pattern (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  if (digits->len == 0)
    return NULL;
  if (digits->len > PHONE_DIGITS)
    g_string_erase (digits, 0, (gssize)digits->len - PHONE_DIGITS);
  return g_strconcat ("*", digits->str, NULL);
}

static gboolean
looks_like_phone (const char *text)
{
  return text[strspn (text, "0123456789 .+-/()")] == '\0';
}

static CptHubriseRequest *
make_search (CptEngine *self, const char *typed)
{
  const char *list = cpt_engine_get_connection (self)->customer_list_id;
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *phone = looks_like_phone (text) ? make_phone_pattern (text) : NULL;
  g_autofree char *email = NULL;

  if (list == NULL || *text == '\0' || (phone == NULL && looks_like_phone (text)))
    return NULL;
  if (phone == NULL)
    email = strchr (text, '@') != NULL ? g_strdup (text) : g_strconcat ("*", text, "*", NULL);
  return cpt_hubrise_request_by_person (
      cpt_hubrise_request_list_customers (list, email, phone, NULL, MOST_CUSTOMERS));
}

void
cpt_engine_search_customers_async (CptEngine *self,
                                   const char *text,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  CptHubriseRequest *request = make_search (self, text);

  if (request == NULL)
    g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify)g_ptr_array_unref);
  else
    cpt_link_send_async (self->link, request, customers_cb, g_steal_pointer (&task));
}

GPtrArray *
cpt_engine_search_customers_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
