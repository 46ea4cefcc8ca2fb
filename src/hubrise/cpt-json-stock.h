/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogs and inventories in JSON. Any thread. */
#pragma once

#include <gio/gio.h>

#include "cpt-catalog.h"
#include "cpt-inventory-entry.h"
#include "cpt-menu.h"

G_BEGIN_DECLS

CptCatalog *cpt_json_decode_catalog (GBytes *body, GError **error);
CptMenu *cpt_json_decode_menu (GBytes *body, GError **error);
GPtrArray *cpt_json_decode_inventory (GBytes *body, GError **error);
char *cpt_json_write_inventory (GPtrArray *entries, GTimeZone *zone);
GPtrArray *cpt_json_decode_inventory_refusals (GBytes *body, guint n_entries);

G_END_DECLS
