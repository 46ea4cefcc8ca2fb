/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prepared statement, compiled once per connection and lent out for one use: parameters are
 * bound and columns read one after the other, in the order of the SQL text. Worker only. */
#pragma once

#include "cpt-db-private.h"
#include "cpt-money.h"
#include "cpt-order-status.h"
#include "cpt-timestamp.h"

G_BEGIN_DECLS

typedef struct _CptStatement CptStatement;

CptStatement *cpt_db_prepare (CptDb *db, const char *sql);
void cpt_statement_release (CptStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStatement, cpt_statement_release)
/* The connection's side of it. */
CptStatement *cpt_statement_new (CptDb *db, const char *sql);
void cpt_statement_free (CptStatement *self);
gboolean cpt_statement_is_usable (CptStatement *self);
void cpt_statement_lend (CptStatement *self);

void cpt_statement_bind_int (CptStatement *self, gint64 value);
void cpt_statement_bind_text (CptStatement *self, const char *text);
void cpt_statement_bind_bytes (CptStatement *self, GBytes *bytes);
void cpt_statement_bind_time (CptStatement *self, CptTime time);
void cpt_statement_bind_money (CptStatement *self, CptMoney money);
void cpt_statement_bind_status (CptStatement *self, CptOrderStatus status);

gboolean cpt_statement_next (CptStatement *self);
void cpt_statement_run (CptStatement *self);

gint64 cpt_statement_read_int (CptStatement *self);
char *cpt_statement_read_text (CptStatement *self);
const char *cpt_statement_peek_text (CptStatement *self);
GBytes *cpt_statement_read_bytes (CptStatement *self);
CptTime cpt_statement_read_time (CptStatement *self);
CptMoney cpt_statement_read_money (CptStatement *self);
CptOrderStatus cpt_statement_read_status (CptStatement *self);
int cpt_statement_read_enum (CptStatement *self, int last, int otherwise);

G_END_DECLS
