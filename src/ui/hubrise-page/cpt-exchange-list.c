/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchanges of the log, newest first, kept up to date with the engine. Main thread only. */
#include "cpt-exchange-list.h"

#include "cpt-span.h"

#define PAGE 100

struct _CptExchangeList
{
  GObject parent_instance;

  CptEngine *engine;         /* (owned) */
  GListStore *store;         /* (owned) of CptExchangeItem */
  char *text;                /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) the request under way */
  gboolean failures;
  gboolean active; /* somebody looks at it */
  gboolean stale;  /* what came while a request was under way */
  gboolean at_end; /* nothing older is left */
  gboolean other;  /* what is listed was read for another filter */
};

G_DEFINE_FINAL_TYPE (CptExchangeList, cpt_exchange_list, G_TYPE_OBJECT)

static void
stop (CptExchangeList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
cpt_exchange_list_dispose (GObject *object)
{
  CptExchangeList *self = CPT_EXCHANGE_LIST (object);

  stop (self);
  g_clear_object (&self->engine);
  g_clear_object (&self->store);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (cpt_exchange_list_parent_class)->dispose (object);
}

static void
cpt_exchange_list_class_init (CptExchangeListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_exchange_list_dispose;
}

static void
cpt_exchange_list_init (CptExchangeList *self)
{
  self->store = g_list_store_new (CPT_TYPE_EXCHANGE_ITEM);
}

static gint64
id_at (GListStore *store, guint position)
{
  g_autoptr (CptExchangeItem) item = g_list_model_get_item (G_LIST_MODEL (store), position);

  return item != NULL ? cpt_exchange_item_get_exchange (item)->id : 0;
}

static void
splice (GListStore *store,
        guint position,
        guint removed,
        GPtrArray *exchanges,
        guint from,
        guint to)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = from; i < to; i++)
    g_ptr_array_add (items, cpt_exchange_item_new (g_ptr_array_index (exchanges, i)));
  if (removed > 0 || items->len > 0)
    g_list_store_splice (store, position, removed, items->pdata, items->len);
}

static guint
find (GPtrArray *exchanges, gint64 id)
{
  guint i = 0;

  while (i < exchanges->len && ((CptExchange *)g_ptr_array_index (exchanges, i))->id != id)
    i++;
  return i;
}

/**
 * cpt_exchange_list_merge:
 * @store: items of the log, newest first
 * @newest: (element-type CptExchange): the newest exchanges there are, newest first
 *
 * Puts what is new on top as one span and refreshes what is known, so that the list neither jumps
 * nor loses its selection. Where the two no longer touch, everything is replaced.
 */
void
cpt_exchange_list_merge (GListStore *store, GPtrArray *newest)
{
  guint known = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint fresh = known > 0 ? find (newest, id_at (store, 0)) : newest->len;

  if (known == 0 || fresh == newest->len)
    {
      splice (store, 0, known, newest, 0, newest->len);
      return;
    }
  for (guint i = fresh; i < newest->len && i - fresh < known; i++)
    {
      CptExchange *exchange = g_ptr_array_index (newest, i);
      g_autoptr (CptExchangeItem) item = g_list_model_get_item (G_LIST_MODEL (store), i - fresh);

      if (cpt_exchange_item_get_exchange (item)->id == exchange->id)
        cpt_exchange_item_set_exchange (item, exchange);
    }
  splice (store, 0, 0, newest, 0, fresh);
}

static GArray *
keys_of_store (GListStore *store)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (guint i = 0; i < n; i++)
    {
      gint64 id = id_at (store, i);

      g_array_append_val (keys, id);
    }
  return keys;
}

static GArray *
keys_of_page (GPtrArray *exchanges)
{
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64), exchanges->len);

  for (guint i = 0; i < exchanges->len; i++)
    g_array_append_val (keys, ((CptExchange *)g_ptr_array_index (exchanges, i))->id);
  return keys;
}

/**
 * cpt_exchange_list_replace:
 * @store: items of the log, newest first
 * @newest: (element-type CptExchange): all that is to be listed, newest first
 *
 * What stands in both stays where it is, and the keyboard with it.
 */
void
cpt_exchange_list_replace (GListStore *store, GPtrArray *newest)
{
  g_autoptr (GArray) before = keys_of_store (store);
  g_autoptr (GArray) after = keys_of_page (newest);
  g_autoptr (GArray) spans = cpt_span_compare ((const gint64 *)(gpointer)before->data, before->len,
                                               (const gint64 *)(gpointer)after->data, after->len);

  for (guint i = 0; i < spans->len; i++)
    {
      const CptSpan *span = &g_array_index (spans, CptSpan, i);

      splice (store, span->position, span->removed, newest, span->source,
              span->source + span->added);
    }
}

static void load_newest (CptExchangeList *self);

/* The rows of the filter before stay until those of this one are read: a list that is empty in
 * between would throw the keyboard out and flicker. */
static void
take_newest (CptExchangeList *self, GPtrArray *newest)
{
  if (self->other)
    cpt_exchange_list_replace (self->store, newest);
  self->other = FALSE;
  cpt_exchange_list_merge (self->store, newest);
}

static void
newest_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptExchangeList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) newest =
      cpt_engine_list_exchanges_finish (CPT_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (newest != NULL)
    take_newest (self, newest);
  else
    g_message ("The log could not be read: %s", error->message);
  if (self->stale)
    load_newest (self);
}

static void
load_newest (CptExchangeList *self)
{
  self->stale = !self->active || self->cancellable != NULL;
  if (self->stale)
    return;
  self->cancellable = g_cancellable_new ();
  cpt_engine_list_exchanges_async (self->engine, self->text, self->failures, 0, PAGE,
                                   self->cancellable, newest_loaded_cb, g_object_ref (self));
}

static void
older_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptExchangeList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) older =
      cpt_engine_list_exchanges_finish (CPT_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  g_clear_object (&self->cancellable);
  self->at_end = older == NULL || older->len < PAGE;
  if (older != NULL)
    splice (self->store, g_list_model_get_n_items (G_LIST_MODEL (self->store)), 0, older, 0,
            older->len);
  if (self->stale)
    load_newest (self);
}

/**
 * cpt_exchange_list_load_older:
 * @self: the list
 *
 * Adds the next page at the end; does nothing while a page is on its way or none is left.
 */
void
cpt_exchange_list_load_older (CptExchangeList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  if (self->cancellable != NULL || self->at_end || self->other || n == 0)
    return;
  self->cancellable = g_cancellable_new ();
  cpt_engine_list_exchanges_async (self->engine, self->text, self->failures,
                                   id_at (self->store, n - 1), PAGE, self->cancellable,
                                   older_loaded_cb, g_object_ref (self));
}

/**
 * cpt_exchange_list_set_filter:
 * @self: the list
 * @text: (nullable): what must stand in an exchange
 * @failures: only what failed
 */
void
cpt_exchange_list_set_filter (CptExchangeList *self, const char *text, gboolean failures)
{
  const char *wanted = text != NULL && *text != '\0' ? text : NULL;

  if (g_strcmp0 (wanted, self->text) == 0 && failures == self->failures)
    return;
  g_free (self->text);
  self->text = g_strdup (wanted);
  self->failures = failures;
  self->at_end = FALSE;
  self->other = TRUE;
  stop (self);
  load_newest (self);
}

/**
 * cpt_exchange_list_set_active:
 * @self: the list
 * @active: whether it can be seen; unseen it reads nothing
 */
void
cpt_exchange_list_set_active (CptExchangeList *self, gboolean active)
{
  self->active = active;
  if (active)
    load_newest (self);
}

/**
 * cpt_exchange_list_get_model:
 *
 * Returns: (transfer none): of CptExchangeItem, newest first
 */
GListModel *
cpt_exchange_list_get_model (CptExchangeList *self)
{
  return G_LIST_MODEL (self->store);
}

/**
 * cpt_exchange_list_new:
 * @engine: the engine whose log is listed
 *
 * Returns: (transfer full): a list that reads nothing until it is active
 */
CptExchangeList *
cpt_exchange_list_new (CptEngine *engine)
{
  CptExchangeList *self = g_object_new (CPT_TYPE_EXCHANGE_LIST, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "log-changed", G_CALLBACK (load_newest), self,
                           G_CONNECT_SWAPPED);
  return self;
}
