/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connection reads first: the location, and the orders of the last 30 days. */
#include "cpt-engine-private.h"

#include <glib/gi18n-lib.h>

#define FIRST_LIST_MS (30 * CPT_DAY)

/* --- The location --- */

/* What is to be sent is for another location than this key: none of it may leave, now or after the
 * next start. */
static void
distrust_key (CptEngine *self)
{
  cpt_engine_leave_place (self);
  cpt_link_set_client (self->link, NULL);
  cpt_store_run_async (self->store, cpt_store_save_value (CPT_KEY_MARK_VALUE, ""), NULL,
                       cpt_engine_ignored_cb, (gpointer) "Noting a key of another location");
  cpt_engine_set_state (self, CPT_CONNECTION_NONE, cpt_engine_explain_other_key ());
}

/* FALSE where it cannot be read, and where it is another one than this till is bound to: then the
 * connection ends. */
gboolean
cpt_engine_decode_location (CptEngine *self, GBytes *body, CptConnection *edited)
{
  g_autofree char *bound = g_strdup (edited->location_id);

  if (!cpt_json_decode_location (body, edited, NULL))
    return FALSE;
  if (g_strcmp0 (edited->location_id, bound) == 0)
    return TRUE;
  distrust_key (self);
  return FALSE;
}

/* One request and its answer, until that is on disk. */
typedef struct
{
  CptEngine *self;        /* (owned) */
  guint round;            /* of the place it was asked for */
  char *cursor;           /* (owned) (nullable) */
  CptHubriseReply *reply; /* (owned) (nullable) */
} Page;

static Page *
page_new (CptEngine *self)
{
  Page *page = g_new0 (Page, 1);

  page->self = g_object_ref (self);
  page->round = self->round;
  return page;
}

static void
page_free (Page *page)
{
  g_object_unref (page->self);
  g_clear_pointer (&page->reply, cpt_hubrise_reply_unref);
  g_free (page->cursor);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static gboolean
page_is_stale (Page *page)
{
  return page->self->closing || page->round != page->self->round;
}

/* What is known of the location is newer than all that was asked until now. */
void
cpt_engine_note_location (CptEngine *self)
{
  self->location_sequence = cpt_hubrise_client_get_last_sequence ();
}

static void
location_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Page) page = data;
  CptEngine *self = page->self;
  g_autoptr (CptHubriseReply) reply = cpt_link_send_finish (CPT_LINK (source), result);
  g_autoptr (CptConnection) edited = NULL;

  if (page_is_stale (page) || reply->outcome != CPT_OUTCOME_DONE || reply->body == NULL)
    return;
  /* It may have been written before what we set meanwhile. */
  if (reply->sequence <= self->location_sequence)
    {
      cpt_engine_read_location (self);
      return;
    }
  edited = cpt_connection_copy (cpt_link_get_connection (self->link));
  if (edited->binding != 0 && cpt_engine_decode_location (self, reply->body, edited))
    {
      self->location_read = TRUE;
      cpt_engine_note_location (self);
      cpt_link_take_connection (self->link, g_steal_pointer (&edited), TRUE);
      cpt_engine_plan_day (self);
    }
}

void
cpt_engine_read_location (CptEngine *self)
{
  cpt_link_send_async (self->link, cpt_hubrise_request_get_location (), location_read_cb,
                       page_new (self));
}

/* Once since the start, for what is not on disk; and when it could not be read as the connection
 * was made: after every check it is tried. */
void
cpt_engine_complete_location (CptEngine *self)
{
  CptConnection *connection = cpt_link_get_connection (self->link);

  if ((connection->time_zone == NULL || !self->location_read) &&
      connection->state == CPT_CONNECTION_ONLINE)
    cpt_engine_read_location (self);
}

/* --- The first list --- */

static void list_page (CptEngine *self, const char *cursor);

void
cpt_engine_want_first_list (CptEngine *self)
{
  self->wants_first_list = TRUE;
  cpt_store_run_async (self->store, cpt_store_save_value (CPT_FIRST_LIST_KEY, "1"), NULL,
                       cpt_engine_ignored_cb, (gpointer) "Noting the first list");
}

static void
end_first_list (CptEngine *self, gboolean complete)
{
  self->listing = FALSE;
  cpt_engine_set_progress (self, NULL);
  if (!complete)
    return;
  self->wants_first_list = FALSE;
  cpt_store_run_async (self->store, cpt_store_save_value (CPT_FIRST_LIST_KEY, ""), NULL,
                       cpt_engine_ignored_cb, (gpointer) "Noting the first list");
}

static void
page_applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Page) page = data;
  CptEngine *self = page->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) applied = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (page_is_stale (page))
    return;
  if (applied == NULL)
    {
      cpt_engine_set_trouble (self, error);
      end_first_list (self, FALSE);
      return;
    }
  cpt_engine_applied_cb (self->sender, applied, self);
  self->listed += applied->len;
  /* A page that names itself would go round for ever. */
  if (page->reply->next_cursor != NULL && g_strcmp0 (page->reply->next_cursor, page->cursor) != 0)
    list_page (self, page->reply->next_cursor);
  else
    {
      end_first_list (self, TRUE);
      cpt_order_sender_reload (self->sender);
    }
}

static CptOrderApply *
first_list_apply (CptEngine *self, CptOrder *order)
{
  CptOrderApply *apply = cpt_order_apply_new (order, CPT_ORIGIN_FIRST_LIST);

  apply->want_received = g_settings_get_boolean (self->settings, "send-received") &&
                         cpt_order_step_needs_received (order->created_at, order->expected_time,
                                                        cpt_clock_now (self->clock));
  return apply;
}

static void
page_decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Page) page = data;
  CptEngine *self = page->self;
  g_autoptr (GPtrArray) orders = cpt_json_decode_finish (result, NULL);
  g_autoptr (GPtrArray) applies =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_order_apply_free);

  if (page_is_stale (page))
    return;
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      CptOrder *order = g_ptr_array_index (orders, i);

      if (order->id == NULL ||
          cpt_order_sender_admits (self->sender, order->id, page->reply->sequence))
        g_ptr_array_add (applies, first_list_apply (self, order));
    }
  cpt_store_run_async (self->store, cpt_store_apply_orders (applies, cpt_clock_now (self->clock)),
                       NULL, page_applied_cb, g_steal_pointer (&page));
}

static gpointer
decode_page (GBytes *body, gpointer hint, GError **error)
{
  return cpt_json_decode_orders (body, error);
}

/* The request that could not be made is the next check's first: nothing is read twice but a page.
 */
static void
page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Page) page = data;
  CptHubriseReply *reply = cpt_link_send_finish (CPT_LINK (source), result);

  page->reply = reply;
  if (page_is_stale (page))
    return;
  if (reply->outcome != CPT_OUTCOME_DONE || reply->body == NULL)
    {
      end_first_list (page->self, FALSE);
      return;
    }
  cpt_json_decode_async (reply->body, decode_page, NULL, NULL, (GDestroyNotify)g_ptr_array_unref,
                         NULL, page_decoded_cb, g_steal_pointer (&page));
}

static void
list_page (CptEngine *self, const char *cursor)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self);
  g_autofree char *after = cpt_time_to_string (cpt_clock_now (self->clock) - FIRST_LIST_MS, zone);
  /* TRANSLATORS: %u is how many orders were read so far */
  g_autofree char *progress =
      g_strdup_printf (_ ("Reading the orders of the last 30 days: %u"), self->listed);
  Page *page = page_new (self);

  page->cursor = g_strdup (cursor);
  cpt_engine_set_progress (self, progress);
  cpt_link_send_async (self->link, cpt_hubrise_request_list_orders (after, NULL, cursor), page_cb,
                       page);
}

/* After every check: the callback stands, so that nothing falls between it and the list. */
void
cpt_engine_list_first (CptEngine *self)
{
  if (!self->wants_first_list || self->listing || !cpt_link_is_open (self->link))
    return;
  self->listing = TRUE;
  self->listed = 0;
  list_page (self, NULL);
}
