/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange as an item of a list; the same exchange stays the same item. Main thread only. */
#include "cpt-exchange-item.h"

struct _CptExchangeItem
{
  GObject parent_instance;

  CptExchange *exchange; /* (owned) */
};

enum
{
  PROP_EXCHANGE = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CptExchangeItem, cpt_exchange_item, G_TYPE_OBJECT)

static void
cpt_exchange_item_finalize (GObject *object)
{
  g_clear_pointer (&CPT_EXCHANGE_ITEM (object)->exchange, cpt_exchange_unref);
  G_OBJECT_CLASS (cpt_exchange_item_parent_class)->finalize (object);
}

static void
cpt_exchange_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_EXCHANGE)
    g_value_set_boxed (value, CPT_EXCHANGE_ITEM (object)->exchange);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpt_exchange_item_class_init (CptExchangeItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cpt_exchange_item_finalize;
  object_class->get_property = cpt_exchange_item_get_property;
  props[PROP_EXCHANGE] = g_param_spec_boxed ("exchange", NULL, NULL, CPT_TYPE_EXCHANGE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cpt_exchange_item_init (CptExchangeItem *self)
{
}

CptExchangeItem *
cpt_exchange_item_new (CptExchange *exchange)
{
  CptExchangeItem *self = g_object_new (CPT_TYPE_EXCHANGE_ITEM, NULL);

  self->exchange = cpt_exchange_ref (exchange);
  return self;
}

CptExchange *
cpt_exchange_item_get_exchange (CptExchangeItem *self)
{
  return self->exchange;
}

/**
 * cpt_exchange_item_set_exchange:
 * @self: the item
 * @exchange: the same exchange as it is now: idle checks are counted on one line
 */
void
cpt_exchange_item_set_exchange (CptExchangeItem *self, CptExchange *exchange)
{
  gboolean same = self->exchange->repeats == exchange->repeats &&
                  self->exchange->at == exchange->at && self->exchange->status == exchange->status;
  CptExchange *old = self->exchange;

  if (same)
    return;
  self->exchange = cpt_exchange_ref (exchange);
  cpt_exchange_unref (old);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EXCHANGE]);
}
