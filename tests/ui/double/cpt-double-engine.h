/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An engine without database and network, for tests of what the window makes of what it is told.
 * It takes the place of the real one's symbols at link time. Main thread only. */
#pragma once

#include "cpt-engine-stock.h"
#include "cpt-engine-till.h"

G_BEGIN_DECLS

CptEngine *cpt_double_engine_new (CptClock *clock);
void cpt_double_engine_put (CptEngine *self, CptOrderRow *row, CptOrder *order);
void cpt_double_engine_remove (CptEngine *self, gint64 row);
void cpt_double_engine_fill (CptEngine *self, guint n);
void cpt_double_engine_unbind (CptEngine *self);
CptOrderRow *cpt_double_engine_get (CptEngine *self, gint64 row);
void cpt_double_engine_alert (CptEngine *self, CptAlertKind kind, gint64 row);
void cpt_double_engine_hold_answers (CptEngine *self, gboolean hold);
void cpt_double_engine_fail_next (CptEngine *self, const char *message);
void cpt_double_engine_fail_reading (CptEngine *self, gboolean fail);
const char *cpt_double_engine_last_act (CptEngine *self);
guint cpt_double_engine_count_loaded (CptEngine *self);
guint cpt_double_engine_count_requests (CptEngine *self);
guint cpt_double_engine_count_claims (CptEngine *self);
void cpt_double_engine_set_orders (CptEngine *self, CptOrdersMode mode);
void cpt_double_engine_put_item (CptEngine *self, CptItemKind kind, const char *ref);
void cpt_double_engine_set_menu (CptEngine *self, CptMenu *menu);
void cpt_double_engine_end_placing (CptEngine *self, gint64 row, const char *message);
const char *cpt_double_engine_last_placed (CptEngine *self);
const char *cpt_double_engine_last_drafts (CptEngine *self);
void cpt_double_engine_set_draft (CptEngine *self, CptOrder *draft);

CptOrderRow *cpt_double_row_new (gint64 key,
                                 const char *number,
                                 const char *source,
                                 CptOrderStatus status,
                                 CptTime created_at);

G_END_DECLS
