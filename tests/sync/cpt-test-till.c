/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A till without a window. Main thread only. */
#include "cpt-test-till.h"

#include <glib/gstdio.h>

/* So many turns in a row in which nothing happened are believed. */
#define QUIET_TURNS 4

/* --- Waiting for an asynchronous call --- */

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

static GAsyncResult *
wait_for (CptTestTill *self, GAsyncResult **place)
{
  CPT_TILL_WAIT_UNTIL (self, *place != NULL);
  return *place;
}

/* --- Life --- */

static void
alert_cb (CptEngine *engine, int kind, CptOrderRow *row, CptTestTill *self)
{
  g_assert_cmpint (kind, <, CPT_TEST_N_ALERTS);
  self->alerts[kind]++;
}

static void
connected_cb (CptEngine *engine, CptTestTill *self)
{
  self->connected++;
}

static void
make_engine (CptTestTill *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CptProfile) profile = NULL;

  g_setenv ("COMPTOIR_DATA_DIR", self->dir, TRUE);
  profile = cpt_profile_new ("shop", &error);
  g_assert_no_error (error);
  cpt_profile_set_roots (profile, self->shop->api_url, self->shop->oauth_url, self->shop->client_id,
                         self->shop->client_secret);
  self->engine = cpt_engine_new (CPT_CLOCK (self->clock), profile);
  cpt_engine_set_role (self->engine, self->role);
  g_signal_connect (self->engine, "alert", G_CALLBACK (alert_cb), self);
  g_signal_connect (self->engine, "connected", G_CALLBACK (connected_cb), self);
}

CptTestTill *
cpt_test_till_new_at (CptTestShop *shop, const char *dir)
{
  CptTestTill *self = g_new0 (CptTestTill, 1);

  self->shop = shop;
  self->clock = cpt_test_clock_new (cpt_test_shop_get_now (shop));
  self->dir = g_strdup (dir);
  self->borrowed = TRUE;
  return self;
}

CptTestTill *
cpt_test_till_new (CptTestShop *shop)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("cpt-till-XXXXXX", &error);
  CptTestTill *self;

  g_assert_no_error (error);
  self = cpt_test_till_new_at (shop, dir);
  self->borrowed = FALSE;
  cpt_test_till_open (self, &error);
  g_assert_no_error (error);
  return self;
}

CptTestTill *
cpt_test_till_new_connected (CptTestShop *shop)
{
  CptTestTill *self = cpt_test_till_new (shop);

  cpt_test_till_connect (self);
  return self;
}

void
cpt_test_remove_directory (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        cpt_test_remove_directory (path);
      else
        g_unlink (path);
    }
  g_rmdir (dir);
}

void
cpt_test_till_free (CptTestTill *self)
{
  cpt_test_till_close (self);
  if (!self->borrowed)
    cpt_test_remove_directory (self->dir);
  g_assert_finalize_object (self->clock);
  g_free (self->dir);
  g_free (self);
}

gboolean
cpt_test_till_open (CptTestTill *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (self->engine == NULL)
    make_engine (self);
  cpt_engine_open_async (self->engine, NULL, result_cb, &result);
  return cpt_engine_open_finish (self->engine, wait_for (self, &result), error);
}

void
cpt_test_till_close (CptTestTill *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (self->engine == NULL)
    return;
  cpt_engine_close_async (self->engine, result_cb, &result);
  cpt_engine_close_finish (self->engine, wait_for (self, &result), &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  /* What was cancelled lets go of the engine in its own time. */
  g_object_add_weak_pointer (G_OBJECT (self->engine), (gpointer *)&self->engine);
  g_object_unref (self->engine);
  CPT_WAIT_UNTIL (self->engine == NULL);
}

void
cpt_test_till_restart (CptTestTill *self)
{
  g_autoptr (GError) error = NULL;

  cpt_test_till_close (self);
  cpt_test_till_open (self, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (self);
}

/* --- Connection --- */

CptConnectionState
cpt_test_till_get_state (CptTestTill *self)
{
  return cpt_engine_get_connection (self->engine)->state;
}

gboolean
cpt_test_till_connect_with (CptTestTill *self, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_connect_with_code_async (self->engine, text, NULL, result_cb, &result);
  return cpt_engine_connect_with_code_finish (self->engine, wait_for (self, &result), error);
}

void
cpt_test_till_connect (CptTestTill *self)
{
  g_autofree char *code = cpt_test_shop_new_code (self->shop);
  g_autoptr (GError) error = NULL;

  cpt_test_till_connect_with (self, code, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (self);
  g_assert_cmpint (cpt_test_till_get_state (self), ==, CPT_CONNECTION_ONLINE);
}

void
cpt_test_till_connect_to (CptTestTill *self, const char *location)
{
  g_autofree char *code = cpt_test_shop_new_code_for (self->shop, location);
  g_autoptr (GError) error = NULL;

  cpt_test_till_connect_with (self, code, &error);
  g_assert_no_error (error);
  cpt_test_till_settle (self);
  g_assert_cmpstr (cpt_engine_get_connection (self->engine)->location_id, ==, location);
}

gboolean
cpt_test_till_disconnect (CptTestTill *self, gboolean *revoked, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cpt_engine_disconnect_async (self->engine, result_cb, &result);
  return cpt_engine_disconnect_finish (self->engine, wait_for (self, &result), revoked, error);
}

/* --- Time --- */

/* Through both of the store's workers and back. */
static void
cross_the_store (CptTestTill *self)
{
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  cpt_engine_undo_async (self->engine, -1, result_cb, &written);
  g_assert_false (cpt_engine_act_finish (self->engine, wait_for (self, &written), NULL));
  cpt_engine_load_waiting_async (self->engine, NULL, result_cb, &read);
  rows = cpt_engine_load_waiting_finish (self->engine, wait_for (self, &read), NULL);
}

static gboolean
turn (CptTestTill *self)
{
  gboolean busy = FALSE;

  cpt_test_clock_advance (self->clock, 0);
  while (g_main_context_iteration (NULL, FALSE))
    busy = TRUE;
  return busy;
}

static gint64
journal_end (CptTestTill *self)
{
  g_autofree char *path = g_strdup_printf ("/journal?since=%" G_GINT64_FORMAT, G_MAXINT64 / 2);
  g_autoptr (JsonNode) answer = cpt_test_shop_control (self->shop, "GET", path, NULL);

  return json_object_get_int_member (json_node_get_object (answer), "last");
}

/* Under way here, other than what the shop holds back; a list is decoded on a thread of its own.
 * The shop is asked when nothing moved for some turns, not while its answer may just be coming. */
static gboolean
is_working (CptTestTill *self, guint *still)
{
  guint under_way = cpt_engine_count_under_way (self->engine);

  if (cpt_engine_get_connection (self->engine)->progress != NULL)
    under_way = MAX (under_way, 1);
  if (under_way == 0)
    return FALSE;
  if (*still == QUIET_TURNS && under_way <= cpt_test_shop_count_held (self->shop))
    return FALSE;
  *still = *still % QUIET_TURNS + 1;
  return TRUE;
}

/* What others see of the till: in the shop's journal, and through the store. */
static gint64
look_from_outside (CptTestTill *self)
{
  gint64 end = journal_end (self);

  cross_the_store (self);
  return end;
}

void
cpt_test_till_settle (CptTestTill *self)
{
  gint64 limit = cpt_test_wait_limit ();
  gint64 last = -1;
  guint still = 0;
  guint quiet = 0;

  while (quiet < QUIET_TURNS)
    {
      gboolean moved = turn (self);
      gint64 end;

      still = moved ? 0 : still;
      if (moved || is_working (self, &still))
        {
          quiet = 0;
          cpt_test_wait_step (limit, "the till to come to rest");
          continue;
        }
      end = look_from_outside (self);
      quiet = end != last ? 0 : quiet + 1;
      last = end;
    }
}

/* Milliseconds to move in one go: no further than the next timer. */
static gint64
next_stride (CptTestTill *self, gint64 left)
{
  gint64 due = cpt_test_clock_next_due (self->clock);

  return due < 0 || due > left ? left : due;
}

void
cpt_test_till_advance (CptTestTill *self, gint64 ms)
{
  while (ms > 0)
    {
      gint64 stride = MAX (next_stride (self, ms), 1);

      cpt_test_shop_advance (self->shop, stride);
      cpt_test_clock_advance (self->clock, stride);
      cpt_test_till_settle (self);
      ms -= stride;
    }
}

void
cpt_test_till_check (CptTestTill *self)
{
  gint64 next = cpt_engine_get_next_check (self->engine);
  gint64 now = cpt_clock_monotonic (CPT_CLOCK (self->clock));

  g_assert_cmpint (next, >=, 0);
  cpt_test_till_advance (self, MAX (next - now, 1));
}

/* --- Orders --- */

static GPtrArray *
load_rows (CptTestTill *self, GArray *rows)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *loaded;

  cpt_engine_load_rows_async (self->engine, (const gint64 *)(gpointer)rows->data, rows->len, NULL,
                              result_cb, &result);
  loaded = cpt_engine_load_rows_finish (self->engine, wait_for (self, &result), &error);
  g_assert_no_error (error);
  return loaded;
}

GPtrArray *
cpt_test_till_list (CptTestTill *self, CptOrderTab tab)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = NULL;

  cpt_engine_list_orders_async (self->engine, tab, NULL, NULL, result_cb, &result);
  rows = cpt_engine_list_orders_finish (self->engine, wait_for (self, &result), &error);
  g_assert_no_error (error);
  return load_rows (self, rows);
}

CptOrderRow *
cpt_test_till_find (CptTestTill *self, const char *id)
{
  g_autoptr (GPtrArray) rows = cpt_test_till_list (self, CPT_ORDER_TAB_ALL);
  CptOrderRow *found = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      CptOrderRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->id, id) != 0)
        continue;
      g_assert_null (found);
      found = row;
    }
  return found != NULL ? cpt_order_row_ref (found) : NULL;
}

char *
cpt_test_till_receive (CptTestTill *self)
{
  g_autofree char *id = cpt_test_shop_inject (self->shop, NULL);
  g_autofree char *status = NULL;

  cpt_test_till_check (self);
  cpt_test_till_assert_row (self, id, "received received");
  status = cpt_test_shop_dup_status (self->shop, id);
  g_assert_cmpstr (status, ==, "received");
  return g_steal_pointer (&id);
}

gboolean
cpt_test_till_press_with (CptTestTill *self,
                          const char *id,
                          CptOrderStatus to,
                          CptTime confirmed,
                          const char *note,
                          const char *cause,
                          GError **error)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (self, id);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (row);
  cpt_engine_press_async (self->engine, row->row, to, confirmed, note, cause, result_cb, &result);
  return cpt_engine_act_finish (self->engine, wait_for (self, &result), error);
}

void
cpt_test_till_press (CptTestTill *self, const char *id, CptOrderStatus to)
{
  g_autoptr (GError) error = NULL;

  cpt_test_till_press_with (self, id, to, CPT_TIME_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
}

gboolean
cpt_test_till_act (CptTestTill *self, const char *id, CptTestStepDeed deed, GError **error)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (self, id);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (row);
  deed (self->engine, row->send_step, result_cb, &result);
  return cpt_engine_act_finish (self->engine, wait_for (self, &result), error);
}

gboolean
cpt_test_till_mark (CptTestTill *self, const char *id, CptTestStepDeed deed, GError **error)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (self, id);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (row);
  deed (self->engine, row->row, result_cb, &result);
  return cpt_engine_act_finish (self->engine, wait_for (self, &result), error);
}

static const char *const send_names[] = { "", " waiting", " held", " refused" };
static const char *const notice_names[] = {
  "",           " cancelled", " theirs-hold",  " too-late",
  " elsewhere", " changed",   " already-paid", " to-refund"
};

char *
cpt_test_till_describe (CptTestTill *self, const char *id)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (self, id);

  if (row == NULL)
    return g_strdup ("-");
  return g_strdup_printf ("%s %s%s%s", cpt_order_status_to_string (row->status),
                          cpt_order_status_to_string (row->hubrise_status), send_names[row->send],
                          notice_names[row->notice]);
}

void
cpt_test_till_assert_row_at (CptTestTill *self,
                             const char *id,
                             const char *expected,
                             const char *where)
{
  g_autofree char *shown = cpt_test_till_describe (self, id);
  g_autofree char *journal = NULL;

  if (g_str_equal (shown, expected))
    return;
  journal = cpt_test_shop_describe (self->shop);
  g_error ("%s: order %s shows “%s” instead of “%s”; journal:\n%s", where, id, shown, expected,
           journal);
}

/* --- Payments and missing items --- */

gboolean
cpt_test_till_pay (CptTestTill *self, const char *id, gint64 minor, GError **error)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (self, id);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (row);
  cpt_engine_add_payment_async (self->engine, row->row, "Cash", "CASH", cpt_money (minor, "EUR"),
                                result_cb, &result);
  return cpt_engine_act_finish (self->engine, wait_for (self, &result), error);
}

gboolean
cpt_test_till_miss (CptTestTill *self,
                    const char *id,
                    const char *item,
                    const char *note,
                    GError **error)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (self, id);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (row);
  cpt_engine_mark_missing_async (self->engine, row->row, item, note, result_cb, &result);
  return cpt_engine_act_finish (self->engine, wait_for (self, &result), error);
}

gboolean
cpt_test_till_act_on_entry (CptTestTill *self, const char *id, CptTestStepDeed deed, GError **error)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (self, id);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (row);
  deed (self->engine, row->outbox_entry, result_cb, &result);
  return cpt_engine_act_finish (self->engine, wait_for (self, &result), error);
}

char *
cpt_test_till_describe_money (CptTestTill *self, const char *id)
{
  g_autoptr (CptOrderRow) row = cpt_test_till_find (self, id);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "%s%s%s", row->total.minor,
                          row->due.minor, send_names[row->outbox], notice_names[row->notice],
                          row->outbox_reason != NULL ? " reason" : "");
}

/* --- Files --- */

char *
cpt_test_till_dup_path (CptTestTill *self, const char *name)
{
  return g_build_filename (self->dir, "shop", name, NULL);
}

char *
cpt_test_till_dup_token (CptTestTill *self)
{
  g_autofree char *path = cpt_test_till_dup_path (self, "token");
  g_autoptr (GError) error = NULL;
  char *token = NULL;

  g_file_get_contents (path, &token, NULL, &error);
  g_assert_no_error (error);
  return g_strstrip (token);
}
