/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog as HubRise sent it, as far as stock needs it, and whole: immutable once made, any
 * thread. */
#pragma once

#include <glib-object.h>

#include "cpt-inventory-entry.h"
#include "cpt-money.h"

G_BEGIN_DECLS

typedef struct
{
  CptItemKind kind;
  char *id; /* (owned) (nullable), like every string below but name */
  char *ref;
  char *name;     /* (owned) "" when HubRise gave none */
  char *variant;  /* the sku's own name */
  char *category; /* of an option: the name of its list */
  CptMoney price;
} CptCatalogItem;

typedef struct _CptCatalog CptCatalog;

struct _CptCatalog
{
  gatomicrefcount ref_count; /* private */

  char *id;
  char *name;       /* (nullable) */
  GPtrArray *items; /* (owned) (element-type CptCatalogItem) in the catalog's order, skus first */
  GBytes *document; /* (owned) (nullable) byte for byte as received */
};

#define CPT_TYPE_CATALOG (cpt_catalog_get_type ())

GType cpt_catalog_get_type (void);
CptCatalog *cpt_catalog_new (const char *id, const char *name);
CptCatalog *cpt_catalog_ref (CptCatalog *self);
void cpt_catalog_unref (CptCatalog *self);
CptCatalogItem *cpt_catalog_add (CptCatalog *self, CptItemKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptCatalog, cpt_catalog_unref)

G_END_DECLS
