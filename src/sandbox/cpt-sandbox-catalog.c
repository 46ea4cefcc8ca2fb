/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogs. Main loop only. */
#include "cpt-sandbox-private.h"

void
cpt_sandbox_catalog_free (CptSandboxCatalog *catalog)
{
  json_object_unref (catalog->document);
  g_hash_table_unref (catalog->refs);
  g_hash_table_unref (catalog->inventory);
  g_free (catalog);
}

/* The id of the first catalog, or NULL without any. */
const char *
cpt_sandbox_first_catalog (CptSandbox *self)
{
  CptSandboxCatalog *catalog = self->catalogs->len ? self->catalogs->pdata[0] : NULL;

  return catalog ? json_object_get_string_member (catalog->document, "id") : NULL;
}
