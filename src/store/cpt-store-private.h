/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of this and other rooms need of the store beyond its door. Main thread only. */
#pragma once

#include "cpt-store-jobs.h"

G_BEGIN_DECLS

/* Writer, outside a transaction. No more than @pages from here on, as on a full disk; 0: no limit.
 * Lasts until the store is closed. Result: NULL. */
CptStoreJob *cpt_store_limit_pages (guint pages);

G_END_DECLS
