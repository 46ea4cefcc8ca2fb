/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prepared statement, compiled once per connection and lent out for one use. Worker only. */
#include "cpt-statement-private.h"

#include <sqlite3.h>

struct _CptStatement
{
  CptDb *db;          /* (unowned) outlives its statements */
  sqlite3_stmt *stmt; /* (owned) (nullable) NULL when it could not be compiled */
  gboolean lent;
  int parameter;
  int column;
};

/**
 * cpt_statement_new:
 *
 * Returns: (transfer full): the statement; what could not be compiled has failed the connection
 *   and does nothing
 */
CptStatement *
cpt_statement_new (CptDb *db, const char *sql)
{
  CptStatement *self = g_new0 (CptStatement, 1);
  int result = SQLITE_OK;

  self->db = db;
  if (cpt_db_has_failed (db))
    return self;
  result = sqlite3_prepare_v3 (cpt_db_get_handle (db), sql, -1, SQLITE_PREPARE_PERSISTENT,
                               &self->stmt, NULL);
  if (result != SQLITE_OK)
    cpt_db_fail_sqlite (db, result);
  return self;
}

void
cpt_statement_free (CptStatement *self)
{
  sqlite3_finalize (self->stmt);
  g_free (self);
}

gboolean
cpt_statement_is_usable (CptStatement *self)
{
  return self->stmt != NULL;
}

void
cpt_statement_lend (CptStatement *self)
{
  /* Two uses of one text at a time would overwrite each other's parameters. */
  g_assert (!self->lent);
  self->lent = TRUE;
  self->parameter = 0;
}

/**
 * cpt_statement_release:
 *
 * Gives the statement back: it holds no lock and no parameter any more.
 */
void
cpt_statement_release (CptStatement *self)
{
  cpt_db_assert_owner (self->db);
  self->lent = FALSE;
  if (self->stmt == NULL)
    {
      cpt_statement_free (self);
      return;
    }
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
}

static gboolean
is_dead (CptStatement *self)
{
  cpt_db_assert_owner (self->db);
  return self->stmt == NULL || cpt_db_has_failed (self->db);
}

static void
check (CptStatement *self, int result)
{
  if (result != SQLITE_OK)
    cpt_db_fail_sqlite (self->db, result);
}

/**
 * cpt_statement_bind_int:
 *
 * Binds the next parameter.
 */
void
cpt_statement_bind_int (CptStatement *self, gint64 value)
{
  if (!is_dead (self))
    check (self, sqlite3_bind_int64 (self->stmt, ++self->parameter, value));
}

/**
 * cpt_statement_bind_text:
 * @text: (nullable): UTF-8, NULL for null; copied
 */
void
cpt_statement_bind_text (CptStatement *self, const char *text)
{
  if (!is_dead (self))
    check (self, sqlite3_bind_text (self->stmt, ++self->parameter, text, -1, SQLITE_TRANSIENT));
}

/**
 * cpt_statement_bind_bytes:
 * @bytes: (nullable): copied; NULL for null, an empty one for an empty blob
 */
void
cpt_statement_bind_bytes (CptStatement *self, GBytes *bytes)
{
  gsize size = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (is_dead (self))
    return;
  self->parameter++;
  if (bytes != NULL && size == 0)
    check (self, sqlite3_bind_zeroblob (self->stmt, self->parameter, 0));
  else
    check (self, sqlite3_bind_blob64 (self->stmt, self->parameter, data, size, SQLITE_TRANSIENT));
}

static void
bind_null (CptStatement *self)
{
  if (!is_dead (self))
    check (self, sqlite3_bind_null (self->stmt, ++self->parameter));
}

/**
 * cpt_statement_bind_time:
 * @time: CPT_TIME_NONE for null
 */
void
cpt_statement_bind_time (CptStatement *self, CptTime time)
{
  if (time == CPT_TIME_NONE)
    bind_null (self);
  else
    cpt_statement_bind_int (self, time);
}

/**
 * cpt_statement_bind_money:
 *
 * Binds two parameters: minor units and currency, both null when the amount is not known.
 */
void
cpt_statement_bind_money (CptStatement *self, CptMoney money)
{
  if (money.state == CPT_AMOUNT_KNOWN)
    {
      cpt_statement_bind_int (self, money.minor);
      cpt_statement_bind_text (self, money.currency);
      return;
    }
  bind_null (self);
  bind_null (self);
}

/**
 * cpt_statement_bind_status:
 *
 * Binds HubRise's word, null for UNKNOWN.
 */
void
cpt_statement_bind_status (CptStatement *self, CptOrderStatus status)
{
  cpt_statement_bind_text (self, cpt_order_status_to_string (status));
}

/**
 * cpt_statement_next:
 *
 * Returns: whether there is a (further) row to read; FALSE also after a failure
 */
gboolean
cpt_statement_next (CptStatement *self)
{
  int result = SQLITE_OK;

  if (is_dead (self))
    return FALSE;
  self->column = 0;
  result = sqlite3_step (self->stmt);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    cpt_db_fail_sqlite (self->db, result);
  return FALSE;
}

/**
 * cpt_statement_run:
 *
 * Carries out what returns no rows.
 */
void
cpt_statement_run (CptStatement *self)
{
  while (cpt_statement_next (self))
    ;
}

/**
 * cpt_statement_read_int:
 *
 * Reads the next column; null is 0.
 */
gint64
cpt_statement_read_int (CptStatement *self)
{
  return sqlite3_column_int64 (self->stmt, self->column++);
}

/**
 * cpt_statement_peek_text:
 *
 * Returns: (nullable) (transfer none): the next column, valid until the next row
 */
const char *
cpt_statement_peek_text (CptStatement *self)
{
  return (const char *)sqlite3_column_text (self->stmt, self->column++);
}

/**
 * cpt_statement_read_text:
 *
 * Returns: (nullable) (transfer full): the next column
 */
char *
cpt_statement_read_text (CptStatement *self)
{
  return g_strdup (cpt_statement_peek_text (self));
}

/**
 * cpt_statement_read_bytes:
 *
 * Returns: (transfer full): the next column; null and empty are both empty
 */
GBytes *
cpt_statement_read_bytes (CptStatement *self)
{
  const void *data = sqlite3_column_blob (self->stmt, self->column);
  int size = sqlite3_column_bytes (self->stmt, self->column);

  self->column++;
  return g_bytes_new (data, size);
}

/**
 * cpt_statement_read_time:
 *
 * Returns: the next column, CPT_TIME_NONE for null
 */
CptTime
cpt_statement_read_time (CptStatement *self)
{
  gboolean none = sqlite3_column_type (self->stmt, self->column) == SQLITE_NULL;
  gint64 value = cpt_statement_read_int (self);

  return none ? CPT_TIME_NONE : value;
}

/**
 * cpt_statement_read_money:
 *
 * Returns: the next two columns, minor units and currency; null is UNREADABLE: what is not known
 *   must never be taken for zero
 */
CptMoney
cpt_statement_read_money (CptStatement *self)
{
  gboolean none = sqlite3_column_type (self->stmt, self->column) == SQLITE_NULL;
  gint64 minor = cpt_statement_read_int (self);
  const char *currency = cpt_statement_peek_text (self);
  CptMoney unknown = { .state = CPT_AMOUNT_UNREADABLE };

  return none ? unknown : cpt_money (minor, currency);
}

/**
 * cpt_statement_read_status:
 *
 * Returns: the next column's status, UNKNOWN for null and for other words
 */
CptOrderStatus
cpt_statement_read_status (CptStatement *self)
{
  return cpt_order_status_parse (cpt_statement_peek_text (self));
}

/**
 * cpt_statement_read_enum:
 * @last: the largest value it may have
 * @otherwise: what any other number stands for
 *
 * Any program may have written the database: what chooses one of ours is one of ours.
 *
 * Returns: the next column's value
 */
int
cpt_statement_read_enum (CptStatement *self, int last, int otherwise)
{
  gint64 value = cpt_statement_read_int (self);

  return value >= 0 && value <= last ? (int)value : otherwise;
}
