/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connection to the database file. It belongs to the thread that made it: every function here
 * asserts that.
 *
 * Failures stick: the first one of a transaction is kept, everything after it does nothing, and
 * whoever began the transaction takes the failure and rolls back. So the code between needs no
 * error path, and none can be forgotten. */
#pragma once

#include "cpt-store.h"

G_BEGIN_DECLS

typedef struct sqlite3 sqlite3;
typedef struct _CptDb CptDb;

typedef enum
{
  CPT_DB_WRITER,
  CPT_DB_READER, /* query_only: what writes fails */
} CptDbRole;

/* "CMPT": what the file is, for file(1) and for us. */
#define CPT_DB_APPLICATION_ID 0x434d5054

CptDb *cpt_db_new (CptDbRole role);
void cpt_db_free (CptDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptDb, cpt_db_free)

void cpt_db_open (CptDb *self, const char *path);
void cpt_db_close (CptDb *self);
sqlite3 *cpt_db_get_handle (CptDb *self);

/* Whether somebody waits for the thread the connection belongs to; in that thread. */
typedef gboolean (*CptDbWantedFunc) (gpointer data);
void cpt_db_set_wanted_func (CptDb *self, CptDbWantedFunc func, gpointer data);
gboolean cpt_db_is_wanted (CptDb *self);
void cpt_db_set_patience (CptDb *self, gboolean patient);

void cpt_db_assert_writer (CptDb *self);
void cpt_db_assert_owner (CptDb *self);

void cpt_db_fail (CptDb *self, CptStoreError code, const char *detail);
void cpt_db_fail_sqlite (CptDb *self, int result);
gboolean cpt_db_has_failed (CptDb *self);
GError *cpt_db_take_failure (CptDb *self);

void cpt_db_execute (CptDb *self, const char *script);
gint64 cpt_db_query_int (CptDb *self, const char *sql);
gint64 cpt_db_last_row (CptDb *self);
gint64 cpt_db_changes (CptDb *self);

void cpt_db_begin (CptDb *self);
GError *cpt_db_end (CptDb *self);

G_END_DECLS
