/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders of a tab and a search. Main thread only.
 *
 * The keys of all orders are in memory, 8 bytes each; entries exist for what somebody holds or
 * has looked at lately. A position that is asked for and not loaded brings the hundred around it
 * in one request. What could not be read is asked for again by itself: nobody scrolls to make a row
 * appear that is in sight already. */
#include "cpt-order-model.h"

#include <gio/gio.h>

#include "cpt-order-pool.h"
#include "cpt-span.h"

#define BLOCK 100
/* More than a list view builds rows for. */
#define HEAD 300
/* Before what could not be read is asked for again: twice as long each time. */
#define FIRST_PAUSE (2 * CPT_SECOND)
#define MOST_PAUSE  (64 * CPT_SECOND)

struct _CptOrderModel
{
  GObject parent_instance;

  CptEngine *engine;  /* (owned) */
  GArray *keys;       /* (owned) (element-type gint64) */
  CptOrderPool *pool; /* (owned) */

  CptOrderTab tab;
  char *text; /* (owned) (nullable) */
  gboolean listed;
  gboolean listing;                  /* an answer is under way */
  gboolean list_again;               /* and will be old */
  GCancellable *listing_cancellable; /* (owned) (nullable) */
  GCancellable *cancellable;         /* (owned) ends with the list */

  GHashTable *blocks; /* (owned) (element-type guint) asked for, not requested yet */
  guint load_id;

  gboolean rows_missed, keys_missed; /* could not be read */
  gboolean asked;                    /* the answer is to what a person chose */
  CptTime pause;                     /* before the next try, 0 when all could be read */
  guint retry_timer;
};

enum
{
  SIGNAL_LISTED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void cpt_order_model_iface_init (GListModelInterface *iface);
static void list_keys (CptOrderModel *self);
static gboolean retry_cb (gpointer data);

G_DEFINE_FINAL_TYPE_WITH_CODE (CptOrderModel,
                               cpt_order_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      cpt_order_model_iface_init))

static gint64
key_at (CptOrderModel *self, guint position)
{
  return g_array_index (self->keys, gint64, position);
}

/* Told once: the tries that follow are nobody's deed. */
static void
note_failure (CptOrderModel *self, const char *message)
{
  if (message != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
  if (self->retry_timer != 0)
    return;
  self->pause = CLAMP (2 * self->pause, FIRST_PAUSE, MOST_PAUSE);
  self->retry_timer =
      cpt_clock_add_timer (cpt_engine_get_clock (self->engine), self->pause, retry_cb, self, NULL);
}

static void
note_success (CptOrderModel *self)
{
  if (self->rows_missed || self->keys_missed)
    return;
  self->pause = 0;
  cpt_clock_clear_timer (cpt_engine_get_clock (self->engine), &self->retry_timer);
}

static void
rows_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptOrderModel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cpt_engine_load_rows_finish (CPT_ENGINE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (rows == NULL)
    {
      self->rows_missed = TRUE;
      note_failure (self, self->pause == 0 ? error->message : NULL);
      return;
    }
  note_success (self);
  for (guint i = 0; i < rows->len; i++)
    {
      CptOrderRow *row = rows->pdata[i];
      g_autoptr (CptOrderEntry) entry = cpt_order_pool_get (self->pool, row->row);

      cpt_order_entry_set_row (entry, row);
    }
}

static void
load_rows (CptOrderModel *self, GArray *wanted)
{
  if (wanted->len > 0 && !g_cancellable_is_cancelled (self->cancellable))
    cpt_engine_load_rows_async (self->engine, (const gint64 *)(gpointer)wanted->data, wanted->len,
                                self->cancellable, rows_loaded_cb, g_object_ref (self));
}

/* All that have an entry: which of them were missed does not pay to remember. */
static void
reload_rows (CptOrderModel *self)
{
  g_autoptr (GArray) wanted = cpt_order_pool_list (self->pool);

  self->rows_missed = FALSE;
  load_rows (self, wanted);
}

static gboolean
retry_cb (gpointer data)
{
  CptOrderModel *self = data;

  self->retry_timer = 0;
  if (self->rows_missed)
    reload_rows (self);
  if (self->keys_missed)
    list_keys (self);
  return G_SOURCE_REMOVE;
}

static void
add_block (CptOrderModel *self, guint block, GArray *wanted)
{
  for (guint i = block * BLOCK; i < (block + 1) * BLOCK && i < self->keys->len; i++)
    {
      gint64 key = key_at (self, i);
      CptOrderEntry *entry = cpt_order_pool_peek (self->pool, key);

      if (entry == NULL || cpt_order_entry_get_row (entry) == NULL)
        g_array_append_val (wanted, key);
    }
}

static gboolean
load_blocks_cb (gpointer data)
{
  CptOrderModel *self = data;
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer block = NULL;

  self->load_id = 0;
  g_hash_table_iter_init (&iter, self->blocks);
  while (g_hash_table_iter_next (&iter, &block, NULL))
    add_block (self, GPOINTER_TO_UINT (block), wanted);
  g_hash_table_remove_all (self->blocks);
  load_rows (self, wanted);
  return G_SOURCE_REMOVE;
}

/* Once per turn of the main loop: a list view asks for two hundred positions in a row. */
static void
want_position (CptOrderModel *self, guint position)
{
  g_hash_table_add (self->blocks, GUINT_TO_POINTER (position / BLOCK));
  if (self->load_id == 0)
    self->load_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, load_blocks_cb, self, NULL);
}

static GType
cpt_order_model_get_item_type (GListModel *model)
{
  return CPT_TYPE_ORDER_ENTRY;
}

static guint
cpt_order_model_get_n_items (GListModel *model)
{
  return CPT_ORDER_MODEL (model)->keys->len;
}

static gpointer
cpt_order_model_get_item (GListModel *model, guint position)
{
  CptOrderModel *self = CPT_ORDER_MODEL (model);
  CptOrderEntry *entry = NULL;

  if (position >= self->keys->len)
    return NULL;
  entry = cpt_order_pool_get (self->pool, key_at (self, position));
  if (cpt_order_entry_get_row (entry) == NULL)
    want_position (self, position);
  return entry;
}

static void
cpt_order_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = cpt_order_model_get_item_type;
  iface->get_n_items = cpt_order_model_get_n_items;
  iface->get_item = cpt_order_model_get_item;
}

static void
replace_keys (CptOrderModel *self, guint position, guint removed, const gint64 *keys, guint added)
{
  if (removed == 0 && added == 0)
    return;
  if (removed > 0)
    g_array_remove_range (self->keys, position, removed);
  if (added > 0)
    g_array_insert_vals (self->keys, position, keys, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* A list view whose rows go looks through everything that comes in the same change, to find them
 * again: that would make an entry of every order. So only the head is exchanged in one change; the
 * rest goes in one and comes in another. */
static void
take_span (CptOrderModel *self, const CptSpan *span, const gint64 *keys)
{
  guint removed = MIN (span->removed, HEAD);
  guint added = MIN (span->added, HEAD);
  guint end = span->position + added;

  replace_keys (self, span->position, removed, keys + span->source, added);
  replace_keys (self, end, span->removed - removed, NULL, 0);
  replace_keys (self, end, 0, keys + span->source + added, span->added - added);
}

/* The model must hold at each signal what the signals before have said. */
static void
take_keys (CptOrderModel *self, GArray *keys)
{
  const gint64 *new_keys = (const gint64 *)(gpointer)keys->data;
  g_autoptr (GArray) spans = cpt_span_compare ((const gint64 *)(gpointer)self->keys->data,
                                               self->keys->len, new_keys, keys->len);

  for (guint i = 0; i < spans->len; i++)
    take_span (self, &g_array_index (spans, CptSpan, i), new_keys);
}

/* What is told before anything was ever read is told by the window: a database that is not open
 * yet, or cannot be. */
static void
take_answer (CptOrderModel *self, GArray *keys, const GError *error)
{
  gboolean told = self->listed && (self->asked || self->pause == 0);

  self->asked = FALSE;
  if (keys == NULL)
    {
      g_info ("orders could not be listed: %s", error->message);
      self->keys_missed = TRUE;
      note_failure (self, told ? error->message : NULL);
      return;
    }
  self->listed = TRUE;
  note_success (self);
  take_keys (self, keys);
  g_signal_emit (self, signals[SIGNAL_LISTED], 0);
}

/* An answer can come although its query was cancelled: it is told from the living one by its
 * cancellable. */
typedef struct
{
  CptOrderModel *self;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Listing;

static void
listing_free (Listing *listing)
{
  g_object_unref (listing->cancellable);
  g_object_unref (listing->self);
  g_free (listing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listing, listing_free)

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Listing) listing = data;
  CptOrderModel *self = listing->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = cpt_engine_list_orders_finish (CPT_ENGINE (source), result, &error);

  if (listing->cancellable != self->listing_cancellable)
    return;
  self->listing = FALSE;
  g_clear_object (&self->listing_cancellable);
  take_answer (self, keys, error);
  if (self->list_again)
    list_keys (self);
}

static void
list_keys (CptOrderModel *self)
{
  Listing *listing = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->listing)
    {
      self->list_again = TRUE;
      return;
    }
  self->listing = TRUE;
  self->list_again = FALSE;
  self->keys_missed = FALSE;
  self->listing_cancellable = g_cancellable_new ();
  listing = g_new0 (Listing, 1);
  listing->self = g_object_ref (self);
  listing->cancellable = g_object_ref (self->listing_cancellable);
  cpt_engine_list_orders_async (self->engine, self->tab, self->text, self->listing_cancellable,
                                listed_cb, listing);
}

static void
drop_listing (CptOrderModel *self)
{
  if (self->listing_cancellable != NULL)
    g_cancellable_cancel (self->listing_cancellable);
  g_clear_object (&self->listing_cancellable);
  self->listing = FALSE;
}

/* Those of @rows that have an entry. */
static GArray *
find_entries (CptOrderModel *self, GArray *rows)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 key = g_array_index (rows, gint64, i);

      if (cpt_order_pool_peek (self->pool, key) != NULL)
        g_array_append_val (found, key);
    }
  return found;
}

static void
orders_changed_cb (CptOrderModel *self, GArray *rows)
{
  g_autoptr (GArray) wanted = find_entries (self, rows);

  if (rows->len == 0 || self->rows_missed)
    reload_rows (self);
  else
    load_rows (self, wanted);
  list_keys (self);
}

static void
engine_changed_cb (CptOrderModel *self)
{
  if (!self->listed)
    list_keys (self);
}

static void
cpt_order_model_dispose (GObject *object)
{
  CptOrderModel *self = CPT_ORDER_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  if (self->engine != NULL)
    cpt_clock_clear_timer (cpt_engine_get_clock (self->engine), &self->retry_timer);
  drop_listing (self);
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_order_model_parent_class)->dispose (object);
}

static void
cpt_order_model_finalize (GObject *object)
{
  CptOrderModel *self = CPT_ORDER_MODEL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->pool, cpt_order_pool_free);
  g_clear_pointer (&self->blocks, g_hash_table_unref);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (cpt_order_model_parent_class)->finalize (object);
}

static void
cpt_order_model_class_init (CptOrderModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_order_model_dispose;
  object_class->finalize = cpt_order_model_finalize;

  signals[SIGNAL_LISTED] = g_signal_new ("listed", CPT_TYPE_ORDER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", CPT_TYPE_ORDER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cpt_order_model_init (CptOrderModel *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->pool = cpt_order_pool_new ();
  self->blocks = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
}

/**
 * cpt_order_model_new:
 *
 * Returns: (transfer full): an empty list, until cpt_order_model_set_query()
 */
CptOrderModel *
cpt_order_model_new (CptEngine *engine)
{
  CptOrderModel *self = g_object_new (CPT_TYPE_ORDER_MODEL, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "orders-changed", G_CALLBACK (orders_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (engine_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "connection-changed", G_CALLBACK (engine_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * cpt_order_model_set_query:
 * @text: (nullable): what is searched for
 *
 * The list stays as it is until the answer comes; the answer to an earlier query never shows.
 */
void
cpt_order_model_set_query (CptOrderModel *self, CptOrderTab tab, const char *text)
{
  drop_listing (self);
  self->tab = tab;
  g_free (self->text);
  self->text = text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
  self->asked = TRUE;
  list_keys (self);
}

CptOrderTab
cpt_order_model_get_tab (CptOrderModel *self)
{
  return self->tab;
}

/**
 * cpt_order_model_get_text:
 *
 * Returns: (nullable) (transfer none): what is searched for; NULL for nothing
 */
const char *
cpt_order_model_get_text (CptOrderModel *self)
{
  return self->text;
}

/**
 * cpt_order_model_is_listed:
 *
 * Returns: whether an answer has ever come: before, an empty list says nothing
 */
gboolean
cpt_order_model_is_listed (CptOrderModel *self)
{
  return self->listed;
}

/**
 * cpt_order_model_find:
 *
 * Returns: (nullable) (transfer none): the entry of an order, when one exists at the moment
 */
CptOrderEntry *
cpt_order_model_find (CptOrderModel *self, gint64 key)
{
  return cpt_order_pool_peek (self->pool, key);
}

/**
 * cpt_order_model_count_entries:
 *
 * Returns: how many entries exist, for tests of what scrolling costs
 */
guint
cpt_order_model_count_entries (CptOrderModel *self)
{
  return cpt_order_pool_count (self->pool);
}
