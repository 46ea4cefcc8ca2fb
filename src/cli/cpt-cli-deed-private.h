/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One command at work on an engine, from its request to its answer. Main thread only. */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-cli.h"
#include "cpt-engine-stock.h"

G_BEGIN_DECLS

/* How long a command waits for HubRise's answer before it says "stored, will be sent later". */
#define CPT_CLI_PATIENCE (10 * CPT_SECOND)

typedef struct _CptCliDeed CptCliDeed;
typedef void (*CptCliLook) (CptCliDeed *deed);

/* Begins what @request asks; its answer by finish. */
void cpt_cli_deed_run_async (CptEngine *engine,
                             JsonObject *request,
                             GAsyncReadyCallback callback,
                             gpointer data);
JsonObject *cpt_cli_deed_run_finish (GAsyncResult *result);

CptCliDeed *cpt_cli_deed_ref (CptCliDeed *self);
void cpt_cli_deed_unref (CptCliDeed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptCliDeed, cpt_cli_deed_unref)

CptEngine *cpt_cli_deed_get_engine (CptCliDeed *self);
JsonObject *cpt_cli_deed_get_request (CptCliDeed *self);
/* What --json prints: filled before the end. */
JsonObject *cpt_cli_deed_get_answer (CptCliDeed *self);
/* What the command keeps meanwhile. */
void cpt_cli_deed_set_data (CptCliDeed *self, gpointer data, GDestroyNotify free_data);
gpointer cpt_cli_deed_get_data (CptCliDeed *self);

/* Calls @look now and whenever something changed, one at a time, until the deed ends. @look ends
 * the deed or calls cpt_cli_deed_looked(). */
void cpt_cli_deed_wait (CptCliDeed *self, gint64 patience, CptCliLook look);
void cpt_cli_deed_looked (CptCliDeed *self);
void cpt_cli_deed_stop_waiting (CptCliDeed *self);
gboolean cpt_cli_deed_is_late (CptCliDeed *self);

/* @why: (nullable) a word of cpt_cli_why_label(); @detail: (nullable) what to add. */
void cpt_cli_deed_end (CptCliDeed *self, CptCliExit exit_code, const char *why, const char *detail);
/* With what an engine's call failed with. */
void cpt_cli_deed_fail (CptCliDeed *self, const GError *error);
/* Nothing was done: there is no line to HubRise. */
void cpt_cli_deed_end_unconnected (CptCliDeed *self);
/* FALSE where another till keeps the stock: then the deed is over, and nothing was changed. */
gboolean cpt_cli_deed_may_change_stock (CptCliDeed *self);
/* Why nothing can be sent now, a word of cpt_cli_why_label(); NULL when it can. */
const char *cpt_cli_deed_find_obstacle (CptCliDeed *self, gboolean of_stock);
/* Stored, not sent: late or before an obstacle. TRUE: the deed is over. */
gboolean cpt_cli_deed_end_stored (CptCliDeed *self, gboolean of_stock);

G_END_DECLS
