/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One item in the stock list. Main thread only. */
#include "cpt-stock-line.h"

struct _CptStockLine
{
  GObject parent_instance;

  gint64 key;
  CptStockItem *item;        /* (owned) (nullable) */
  CptStockLineNeeded needed; /* (nullable) */
  gpointer data;
  char *typed; /* (owned) (nullable) what was typed and is no number */
  guint shown; /* by how many rows: one takes it before the other lets go */
};

enum
{
  PROP_ITEM = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CptStockLine, cpt_stock_line, G_TYPE_OBJECT)

static void
cpt_stock_line_finalize (GObject *object)
{
  CptStockLine *self = CPT_STOCK_LINE (object);

  g_clear_pointer (&self->item, cpt_stock_item_unref);
  g_free (self->typed);
  G_OBJECT_CLASS (cpt_stock_line_parent_class)->finalize (object);
}

static void
cpt_stock_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    g_value_set_boxed (value, CPT_STOCK_LINE (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpt_stock_line_class_init (CptStockLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cpt_stock_line_finalize;
  object_class->get_property = cpt_stock_line_get_property;
  props[PROP_ITEM] = g_param_spec_boxed ("item", NULL, NULL, CPT_TYPE_STOCK_ITEM,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cpt_stock_line_init (CptStockLine *self)
{
}

CptStockLine *
cpt_stock_line_new (gint64 key, CptStockLineNeeded needed, gpointer data)
{
  CptStockLine *self = g_object_new (CPT_TYPE_STOCK_LINE, NULL);

  self->key = key;
  self->needed = needed;
  self->data = data;
  return self;
}

void
cpt_stock_line_orphan (CptStockLine *self)
{
  self->needed = NULL;
}

gint64
cpt_stock_line_get_key (CptStockLine *self)
{
  return self->key;
}

/**
 * cpt_stock_line_get_item:
 *
 * Returns: (nullable) (transfer none)
 */
CptStockItem *
cpt_stock_line_get_item (CptStockLine *self)
{
  return self->item;
}

void
cpt_stock_line_set_item (CptStockLine *self, CptStockItem *item)
{
  g_clear_pointer (&self->item, cpt_stock_item_unref);
  self->item = cpt_stock_item_ref (item);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ITEM]);
}

/**
 * cpt_stock_line_forget:
 *
 * What is known of it may be old: it is needed again by the next row that shows it.
 */
void
cpt_stock_line_forget (CptStockLine *self)
{
  g_clear_pointer (&self->item, cpt_stock_item_unref);
}

/**
 * cpt_stock_line_set_typed:
 * @typed: (nullable): what was typed for it and is no number, until it is corrected or taken back
 */
void
cpt_stock_line_set_typed (CptStockLine *self, const char *typed)
{
  char *copy = g_strdup (typed);

  g_free (self->typed);
  self->typed = copy;
}

const char *
cpt_stock_line_get_typed (CptStockLine *self)
{
  return self->typed;
}

void
cpt_stock_line_set_shown (CptStockLine *self, gboolean shown)
{
  self->shown += shown ? 1 : -1;
  if (shown && self->item == NULL && self->needed != NULL)
    self->needed (self, self->data);
}

gboolean
cpt_stock_line_is_shown (CptStockLine *self)
{
  return self->shown > 0;
}
