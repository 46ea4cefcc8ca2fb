/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog as HubRise sent it; immutable once made, any thread. */
#include "cpt-catalog.h"

G_DEFINE_BOXED_TYPE (CptCatalog, cpt_catalog, cpt_catalog_ref, cpt_catalog_unref)

static void
item_free (gpointer data)
{
  CptCatalogItem *item = data;

  g_free (item->id);
  g_free (item->ref);
  g_free (item->name);
  g_free (item->variant);
  g_free (item->category);
  g_free (item);
}

/**
 * cpt_catalog_new:
 * @name: (nullable)
 *
 * Returns: (transfer full): an empty catalog, to be filled before it is shared
 */
CptCatalog *
cpt_catalog_new (const char *id, const char *name)
{
  CptCatalog *self = g_new0 (CptCatalog, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->items = g_ptr_array_new_with_free_func (item_free);
  return self;
}

CptCatalog *
cpt_catalog_ref (CptCatalog *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_catalog_unref (CptCatalog *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->document, g_bytes_unref);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/**
 * cpt_catalog_add:
 *
 * Returns: (transfer none): a new item to be filled
 */
CptCatalogItem *
cpt_catalog_add (CptCatalog *self, CptItemKind kind)
{
  CptCatalogItem *item = g_new0 (CptCatalogItem, 1);

  item->kind = kind;
  g_ptr_array_add (self->items, item);
  return item;
}
