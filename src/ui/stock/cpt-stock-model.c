/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The items of a tab, a category and a search. Main thread only. */
#include "cpt-stock-model.h"

#include "cpt-span.h"

struct _CptStockModel
{
  GObject parent_instance;

  CptEngine *engine; /* (owned) */
  GArray *keys;      /* (owned) (element-type gint64) */
  GHashTable *lines; /* (owned) (element-type gint64 CptStockLine) those looked at */
  GArray *needed;    /* (owned) (element-type gint64) in sight, not requested yet */
  guint load_id;

  CptEngineStockTab tab;
  CptItemKind kind;
  char *category; /* (owned) (nullable) */
  char *text;     /* (owned) (nullable) */
  gboolean low;
  gboolean listing, list_again;
  guint round;               /* of the query: older answers are dropped */
  GCancellable *cancellable; /* (owned) ends with the list */
};

static guint listed_signal;

static void cpt_stock_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CptStockModel,
                               cpt_stock_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      cpt_stock_model_iface_init))

/* --- What is looked at --- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockModel) self = data;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (CPT_ENGINE (source), result, NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      CptStockItem *item = g_ptr_array_index (items, i);
      CptStockLine *line = g_hash_table_lookup (self->lines, &item->row);

      if (line != NULL)
        cpt_stock_line_set_item (line, item);
    }
}

static void
load (CptStockModel *self, GArray *wanted)
{
  if (wanted->len > 0 && self->engine != NULL)
    cpt_engine_load_stock_async (self->engine, (const gint64 *)(gpointer)wanted->data, wanted->len,
                                 self->cancellable, loaded_cb, g_object_ref (self));
}

static gboolean
load_needed_cb (gpointer data)
{
  CptStockModel *self = data;

  self->load_id = 0;
  load (self, self->needed);
  g_array_set_size (self->needed, 0);
  return G_SOURCE_REMOVE;
}

static void
needed_cb (CptStockLine *line, gpointer data)
{
  CptStockModel *self = data;
  gint64 key = cpt_stock_line_get_key (line);

  g_array_append_val (self->needed, key);
  /* Once per turn of the main loop: a dozen rows come in sight at a time. */
  if (self->load_id == 0)
    self->load_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, load_needed_cb, self, NULL);
}

static CptStockLine *
get_line (CptStockModel *self, gint64 key)
{
  CptStockLine *line = g_hash_table_lookup (self->lines, &key);

  if (line == NULL)
    {
      line = cpt_stock_line_new (key, needed_cb, self);
      g_hash_table_insert (self->lines, g_memdup2 (&key, sizeof key), line);
    }
  return line;
}

static gpointer
get_item (GListModel *model, guint position)
{
  CptStockModel *self = CPT_STOCK_MODEL (model);

  if (position >= self->keys->len)
    return NULL;
  return g_object_ref (get_line (self, g_array_index (self->keys, gint64, position)));
}

static GType
get_item_type (GListModel *model)
{
  return CPT_TYPE_STOCK_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return CPT_STOCK_MODEL (model)->keys->len;
}

static void
cpt_stock_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- Which there are --- */

static void
take_keys (CptStockModel *self, GArray *keys)
{
  g_autoptr (GArray) spans =
      cpt_span_compare ((const gint64 *)(gpointer)self->keys->data, self->keys->len,
                        (const gint64 *)(gpointer)keys->data, keys->len);

  for (guint i = 0; i < spans->len; i++)
    {
      const CptSpan *span = &g_array_index (spans, CptSpan, i);

      if (span->removed > 0)
        g_array_remove_range (self->keys, span->position, span->removed);
      if (span->added > 0)
        g_array_insert_vals (self->keys, span->position,
                             &g_array_index (keys, gint64, span->source), span->added);
      g_list_model_items_changed (G_LIST_MODEL (self), span->position, span->removed, span->added);
    }
}

typedef struct
{
  CptStockModel *self; /* (owned) */
  guint round;
} Listing;

static void list_keys (CptStockModel *self);

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Listing *listing = data;
  g_autoptr (CptStockModel) self = listing->self;
  gboolean is_old = listing->round != self->round;
  g_autoptr (GArray) keys = cpt_engine_list_stock_finish (CPT_ENGINE (source), result, NULL);

  g_free (listing);
  self->listing = FALSE;
  if (self->engine == NULL)
    return;
  if (keys != NULL && !is_old)
    {
      take_keys (self, keys);
      g_signal_emit (self, listed_signal, 0);
    }
  if (is_old || self->list_again)
    list_keys (self);
}

static void
list_keys (CptStockModel *self)
{
  CptEngineStockQuery query = { .tab = self->tab,
                                .kind = self->kind,
                                .category = self->category,
                                .text = self->text,
                                .low = self->low };
  Listing *listing = NULL;

  self->list_again = self->listing;
  if (self->listing)
    return;
  self->listing = TRUE;
  listing = g_new0 (Listing, 1);
  listing->self = g_object_ref (self);
  listing->round = self->round;
  cpt_engine_list_stock_async (self->engine, &query, self->cancellable, listed_cb, listing);
}

void
cpt_stock_model_set_query (CptStockModel *self, const CptEngineStockQuery *query)
{
  self->round++;
  self->tab = query->tab;
  self->kind = query->kind;
  self->low = query->low;
  g_free (self->category);
  self->category = g_strdup (query->category);
  g_free (self->text);
  self->text = query->text != NULL && *query->text != '\0' ? g_strdup (query->text) : NULL;
  list_keys (self);
}

/* What nobody holds goes; what no row shows now is read again when one does. */
static gboolean
is_free_cb (gpointer key, gpointer line, gpointer data)
{
  if (!cpt_stock_line_is_shown (line))
    cpt_stock_line_forget (line);
  return G_OBJECT (line)->ref_count == 1;
}

void
cpt_stock_model_refresh (CptStockModel *self)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key = NULL, line = NULL;

  g_hash_table_foreach_remove (self->lines, is_free_cb, NULL);
  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, &key, &line))
    if (cpt_stock_line_is_shown (line))
      g_array_append_val (wanted, *(gint64 *)key);
  load (self, wanted);
  list_keys (self);
}

/**
 * cpt_stock_model_get_key:
 *
 * Returns: the key of the item at @position, without reading it
 */
gint64
cpt_stock_model_get_key (CptStockModel *self, guint position)
{
  g_return_val_if_fail (position < self->keys->len, 0);

  return g_array_index (self->keys, gint64, position);
}

static void
cpt_stock_model_dispose (GObject *object)
{
  CptStockModel *self = CPT_STOCK_MODEL (object);
  GHashTableIter iter;
  gpointer line = NULL;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, NULL, &line))
    cpt_stock_line_orphan (line);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_stock_model_parent_class)->dispose (object);
}

static void
cpt_stock_model_finalize (GObject *object)
{
  CptStockModel *self = CPT_STOCK_MODEL (object);

  g_clear_object (&self->cancellable);
  g_array_unref (self->keys);
  g_hash_table_unref (self->lines);
  g_array_unref (self->needed);
  g_free (self->category);
  g_free (self->text);
  G_OBJECT_CLASS (cpt_stock_model_parent_class)->finalize (object);
}

static void
cpt_stock_model_class_init (CptStockModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cpt_stock_model_dispose;
  object_class->finalize = cpt_stock_model_finalize;
  listed_signal = g_signal_new ("listed", CPT_TYPE_STOCK_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
cpt_stock_model_init (CptStockModel *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->lines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->needed = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->cancellable = g_cancellable_new ();
}

/**
 * cpt_stock_model_new:
 *
 * Returns: (transfer full): an empty list, until cpt_stock_model_set_query()
 */
CptStockModel *
cpt_stock_model_new (CptEngine *engine)
{
  CptStockModel *self = g_object_new (CPT_TYPE_STOCK_MODEL, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "stock-changed", G_CALLBACK (cpt_stock_model_refresh), self,
                           G_CONNECT_SWAPPED);
  return self;
}
