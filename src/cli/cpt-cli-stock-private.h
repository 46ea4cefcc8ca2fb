/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands about stock share: reading what is to be changed, and waiting until HubRise has
 * it. Main thread only. */
#pragma once

#include "cpt-cli-private.h"

G_BEGIN_DECLS

/* Of a request, or of a line of a file in one. */
CptStockEdit cpt_cli_read_edit (CptEngine *engine, JsonObject *request);

typedef void (*CptCliStockTell) (CptCliDeed *deed, GPtrArray *items);

/* (transfer none): the rows whose way to HubRise the deed follows, to be filled by the caller;
 * @tell: puts how they stand into the answer. */
GArray *cpt_cli_stock_watch (CptCliDeed *deed, CptCliStockTell tell);
/* What was changed is on the disk: ends the deed once HubRise has it, or will have it later.
 * @partly: not all that was asked for could be taken. */
void cpt_cli_stock_wait (CptCliDeed *deed, gboolean partly);

G_END_DECLS
