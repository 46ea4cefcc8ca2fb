/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changes stock without a person at this till: other programs that write to the database, the
 * clock, and orders. */
#include "cpt-json.h"
#include "cpt-stock-sync-private.h"

#define LEDGER_BATCH 50
/* When the next morning reset is due, in milliseconds; 0 while it is off. */
#define MORNING_KEY "morning-reset-at"

/* How often the file may tell of changes; a program that writes all the time is looked at so often.
 */
#define WATCH_MS 200

/* --- Other programs --- */

static void
followed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockSync) self = data;

  cpt_store_run_finish (CPT_STORE (source), result, NULL);
  cpt_stock_sync_note_other_change (self);
}

/* What is shown is HubRise's where another till keeps the stock. */
static void
note_others (CptStockSync *self)
{
  if (cpt_stock_sync_keeps (self))
    cpt_stock_sync_note_other_change (self);
  else
    cpt_store_run_async (self->store, cpt_store_follow_stock (cpt_clock_now (self->clock)), NULL,
                         followed_cb, g_object_ref (self));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockSync) self = data;
  g_autofree gint64 *version = cpt_store_run_finish (CPT_STORE (source), result, NULL);
  gboolean others = FALSE;

  self->looking = FALSE;
  if (version == NULL || self->stopped)
    return;
  /* Before the first look others may have written as well: what waits is sent at a start. */
  others =
      *version != self->data_version && (self->data_version >= 0 || !cpt_stock_sync_keeps (self));
  self->data_version = *version;
  if (others)
    note_others (self);
  if (self->look_again)
    cpt_stock_sync_look_for_others (self);
}

void
cpt_stock_sync_look_for_others (CptStockSync *self)
{
  self->look_again = self->looking;
  if (self->looking || self->stopped)
    return;
  self->looking = TRUE;
  cpt_store_run_async (self->store, cpt_store_look_for_others (), NULL, looked_cb,
                       g_object_ref (self));
}

static void
file_changed_cb (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other,
                 GFileMonitorEvent event,
                 CptStockSync *self)
{
  cpt_stock_sync_look_for_others (self);
}

/* Every commit, of whichever program, writes to the log beside the database; whether it was
 * another's says SQLite. Each check looks as well, where the file system does not tell. */
void
cpt_stock_sync_watch (CptStockSync *self)
{
  g_autofree char *path = g_strconcat (cpt_store_get_path (self->store), "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->watch = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->watch == NULL)
    return;
  g_file_monitor_set_rate_limit (self->watch, WATCH_MS);
  g_signal_connect (self->watch, "changed", G_CALLBACK (file_changed_cb), self);
  cpt_stock_sync_look_for_others (self);
}

/* --- The clock --- */

/* What failed is tried again with the next check. */
static void
woken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockSync) self = data;
  g_autofree gint64 *woken = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  if (self->stopped || woken == NULL)
    return;
  if (*woken > 0)
    cpt_stock_sync_note_other_change (self);
  else
    cpt_stock_sync_refresh_state (self);
}

static gboolean
back_due_cb (gpointer data)
{
  CptStockSync *self = data;

  self->back_timer = 0;
  cpt_store_run_async (self->store, cpt_store_wake_stock (cpt_clock_now (self->clock)), NULL,
                       woken_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static CptTime
next_morning (CptStockSync *self)
{
  const CptConnection *connection = cpt_link_get_connection (self->link);
  g_autoptr (GTimeZone) zone = cpt_connection_dup_zone (connection);

  return cpt_time_next_clock (cpt_clock_now (self->clock),
                              connection->cutoff_time != NULL ? connection->cutoff_time : "06:00",
                              zone);
}

/* Only now that it is on disk, this morning is over. */
static void
reset_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockSync) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *reset = cpt_store_run_finish (CPT_STORE (source), result, &error);

  self->resetting = FALSE;
  if (reset == NULL)
    {
      g_message ("The morning could not bring items back: %s", error->message);
      return;
    }
  g_settings_set_int64 (self->settings, MORNING_KEY, next_morning (self));
  if (*reset > 0)
    cpt_stock_sync_note_other_change (self);
  else
    cpt_stock_sync_refresh_state (self);
}

static gboolean
morning_due_cb (gpointer data)
{
  CptStockSync *self = data;

  self->morning_timer = 0;
  self->resetting = TRUE;
  cpt_store_run_async (self->store, cpt_store_reset_stock (), NULL, reset_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
set_back_alarm (CptStockSync *self)
{
  CptTime now = cpt_clock_now (self->clock);

  cpt_clock_clear_timer (self->clock, &self->back_timer);
  if (self->state.next_back == CPT_TIME_NONE)
    return;
  self->back_timer = cpt_clock_add_timer (self->clock, MAX (self->state.next_back - now, 1),
                                          back_due_cb, self, NULL);
}

/* Whoever does not keep the stock brings nothing back. */
static gboolean
wants_morning (CptStockSync *self)
{
  return g_settings_get_boolean (self->settings, "morning-reset") && cpt_stock_sync_keeps (self);
}

/* The next morning is kept: a till that is switched on later still does what was due. */
static void
set_morning_alarm (CptStockSync *self)
{
  CptTime planned = g_settings_get_int64 (self->settings, MORNING_KEY);
  CptTime next = next_morning (self);
  gboolean wanted = wants_morning (self);

  cpt_clock_clear_timer (self->clock, &self->morning_timer);
  if (self->resetting || (wanted && next == CPT_TIME_NONE))
    return;
  if (!wanted || planned == 0 || planned > next)
    planned = wanted ? next : 0;
  if (planned != g_settings_get_int64 (self->settings, MORNING_KEY))
    g_settings_set_int64 (self->settings, MORNING_KEY, planned);
  if (wanted)
    self->morning_timer =
        cpt_clock_add_timer (self->clock, MAX (planned - cpt_clock_now (self->clock), 1),
                             morning_due_cb, self, NULL);
}

/* After every look at the state: the next time may be another. With every check: timers stand still
 * while the PC sleeps, and what failed is still due. */
void
cpt_stock_sync_set_alarms (CptStockSync *self)
{
  if (cpt_store_is_read_only (self->store))
    return;
  set_back_alarm (self);
  set_morning_alarm (self);
}

void
cpt_stock_sync_stop_alarms (CptStockSync *self)
{
  cpt_clock_clear_timer (self->clock, &self->back_timer);
  cpt_clock_clear_timer (self->clock, &self->morning_timer);
  if (self->watch != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->watch, self);
      g_file_monitor_cancel (self->watch);
    }
  g_clear_object (&self->watch);
}

/* --- The ledger --- */

static void
add_line (GPtrArray *lines,
          const char *key,
          CptItemKind kind,
          const char *ref,
          gint64 quantity,
          gboolean deleted)
{
  CptLedgerLine *line = NULL;

  if (ref == NULL)
    return;
  line = g_new0 (CptLedgerLine, 1);
  line->line = g_strdup (key);
  line->kind = kind;
  line->ref = g_strdup (ref);
  line->quantity = quantity;
  line->deleted = deleted;
  g_ptr_array_add (lines, line);
}

static void
add_options (GPtrArray *lines, const CptOrderItem *item, const char *key)
{
  for (guint i = 0; i < item->options->len; i++)
    {
      const CptOrderOption *option = g_ptr_array_index (item->options, i);
      g_autofree char *own = g_strdup_printf ("%s/%u", key, i);
      gint64 quantity = 0;

      if (!option->removed &&
          !__builtin_mul_overflow (item->quantity.thousandths, option->quantity, &quantity))
        add_line (lines, own, CPT_ITEM_OPTION, option->ref, quantity, item->deleted);
    }
}

/* An item of this till has a name of ours before HubRise gives it an id. */
static char *
dup_line_key (const CptOrderItem *item, guint i)
{
  if (item->private_ref != NULL)
    return g_strdup (item->private_ref);
  return item->id != NULL ? g_strdup (item->id) : g_strdup_printf ("#%u", i);
}

/* On the store's writer. An amount that cannot be read takes nothing off. */
static GPtrArray *
read_lines (GBytes *document, const char *id)
{
  g_autoptr (CptOrder) order = cpt_json_decode_stored_order (document, id);
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_ledger_line_free);

  for (guint i = 0; i < order->items->len; i++)
    {
      const CptOrderItem *item = g_ptr_array_index (order->items, i);
      g_autofree char *key = dup_line_key (item, i);

      if (item->quantity.state != CPT_AMOUNT_KNOWN || item->quantity.thousandths <= 0)
        continue;
      add_line (lines, key, CPT_ITEM_SKU, item->sku_ref, item->quantity.thousandths, item->deleted);
      add_options (lines, item, key);
    }
  return lines;
}

static void
booked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockSync) self = data;
  g_autoptr (GError) error = NULL;

  cpt_store_run_finish (CPT_STORE (source), result, &error);
  if (error != NULL)
    g_message ("An order could not be taken off the stock: %s", error->message);
  else
    cpt_stock_sync_note_other_change (self);
}

static void
due_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockSync) self = data;
  g_autoptr (GArray) due = cpt_store_run_finish (CPT_STORE (source), result, NULL);

  self->booking = FALSE;
  if (self->stopped || due == NULL)
    return;
  for (guint i = 0; i < due->len; i++)
    cpt_store_run_async (self->store, cpt_store_book (g_array_index (due, gint64, i), read_lines),
                         NULL, booked_cb, g_object_ref (self));
  if (self->book_again || due->len == LEDGER_BATCH)
    cpt_stock_sync_note_orders (self);
}

static void
skipped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockSync) self = data;

  cpt_store_run_finish (CPT_STORE (source), result, NULL);
  self->booking = FALSE;
}

void
cpt_stock_sync_note_orders (CptStockSync *self)
{
  gboolean deducts =
      g_settings_get_boolean (self->settings, "deduct-stock") && cpt_stock_sync_keeps (self);

  self->book_again = self->booking;
  if (self->booking || self->stopped || !self->started)
    return;
  self->booking = TRUE;
  if (deducts)
    cpt_store_run_async (self->store, cpt_store_load_ledger_due (LEDGER_BATCH), NULL, due_loaded_cb,
                         g_object_ref (self));
  else
    cpt_store_run_async (self->store, cpt_store_skip_ledger (), NULL, skipped_cb,
                         g_object_ref (self));
}
