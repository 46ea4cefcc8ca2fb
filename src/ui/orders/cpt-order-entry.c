/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order in a list. Main thread only. */
#include "cpt-order-entry.h"

struct _CptOrderEntry
{
  GObject parent_instance;

  gint64 key;
  CptOrderRow *row; /* (owned) (nullable) NULL until it is loaded */
};

enum
{
  PROP_ROW = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (CptOrderEntry, cpt_order_entry, G_TYPE_OBJECT)

static void
cpt_order_entry_finalize (GObject *object)
{
  CptOrderEntry *self = CPT_ORDER_ENTRY (object);

  g_clear_pointer (&self->row, cpt_order_row_unref);
  G_OBJECT_CLASS (cpt_order_entry_parent_class)->finalize (object);
}

static void
cpt_order_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CptOrderEntry *self = CPT_ORDER_ENTRY (object);

  if (id == PROP_ROW)
    g_value_set_boxed (value, self->row);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cpt_order_entry_class_init (CptOrderEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cpt_order_entry_finalize;
  object_class->get_property = cpt_order_entry_get_property;

  props[PROP_ROW] = g_param_spec_boxed ("row", NULL, NULL, CPT_TYPE_ORDER_ROW,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
cpt_order_entry_init (CptOrderEntry *self)
{
}

/**
 * cpt_order_entry_new:
 * @key: the order's row
 *
 * Returns: (transfer full): an entry nothing is known of yet
 */
CptOrderEntry *
cpt_order_entry_new (gint64 key)
{
  CptOrderEntry *self = g_object_new (CPT_TYPE_ORDER_ENTRY, NULL);

  self->key = key;
  return self;
}

gint64
cpt_order_entry_get_key (CptOrderEntry *self)
{
  return self->key;
}

/**
 * cpt_order_entry_get_row:
 *
 * Returns: (nullable) (transfer none): what is known of the order; NULL until it is loaded
 */
CptOrderRow *
cpt_order_entry_get_row (CptOrderEntry *self)
{
  return self->row;
}

/**
 * cpt_order_entry_set_row:
 * @row: (transfer none): what is known of the order now
 */
void
cpt_order_entry_set_row (CptOrderEntry *self, CptOrderRow *row)
{
  if (self->row == row)
    return;
  g_clear_pointer (&self->row, cpt_order_row_unref);
  self->row = cpt_order_row_ref (row);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROW]);
}
