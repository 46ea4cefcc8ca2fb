/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine's small values, and levels: what is wanted of HubRise and what it last confirmed.
 * Constructors on the main thread, the rest on the workers. */
#include "cpt-connection-table-private.h"
#include "cpt-statement-private.h"
#include "cpt-store-job-private.h"
#include "cpt-store-jobs.h"

typedef struct
{
  char *key;      /* (owned) */
  char *value;    /* (owned) (nullable) */
  CptLevel level; /* (owned) */
} Input;

static Input *
input_new (const char *key)
{
  Input *input = g_new0 (Input, 1);

  input->key = g_strdup (key);
  return input;
}

static void
input_free (gpointer data)
{
  Input *input = data;

  g_free (input->key);
  g_free (input->value);
  cpt_level_clear (&input->level);
  g_free (input);
}

static gpointer
load_value (CptDb *db, gpointer data)
{
  const Input *input = data;
  g_autoptr (CptStatement) statement = cpt_db_prepare (db, "SELECT value FROM value WHERE key = ?");

  cpt_statement_bind_text (statement, input->key);
  return cpt_statement_next (statement) ? cpt_statement_read_text (statement) : NULL;
}

/**
 * cpt_store_load_value:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) (nullable) text
 */
CptStoreJob *
cpt_store_load_value (const char *key)
{
  return cpt_store_job_new (CPT_JOB_READ, load_value, input_new (key), input_free, g_free);
}

static gpointer
save_value (CptDb *db, gpointer data)
{
  const Input *input = data;
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT INTO value (key, value) VALUES (?, ?)"
                          " ON CONFLICT (key) DO UPDATE SET value = excluded.value");

  cpt_db_assert_writer (db);
  cpt_statement_bind_text (statement, input->key);
  cpt_statement_bind_text (statement, input->value);
  cpt_statement_run (statement);
  return NULL;
}

/**
 * cpt_store_save_value:
 * @value: (nullable): NULL forgets it
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_save_value (const char *key, const char *value)
{
  Input *input = input_new (key);

  input->value = g_strdup (value);
  return cpt_store_job_new (CPT_JOB_WRITE, save_value, input, input_free, NULL);
}

static gpointer
load_level (CptDb *db, gpointer data)
{
  const Input *input = data;
  CptLevel *level = g_new0 (CptLevel, 1);
  gint64 place = cpt_connection_table_get_place (db);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "SELECT wanted, known, known_is_unknown, theirs, has_theirs FROM level"
                          " WHERE place = ? AND name = ?");

  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_text (statement, input->key);
  if (!cpt_statement_next (statement))
    return level;
  level->wanted = cpt_statement_read_text (statement);
  level->known = cpt_statement_read_text (statement);
  level->known_is_unknown = cpt_statement_read_int (statement);
  level->theirs = cpt_statement_read_text (statement);
  level->has_theirs = cpt_statement_read_int (statement);
  return level;
}

/**
 * cpt_store_load_level:
 *
 * Returns: (transfer full): a reading job; result: (transfer full) #CptLevel of the current
 *   location, empty when there is none
 */
CptStoreJob *
cpt_store_load_level (const char *name)
{
  return cpt_store_job_new (CPT_JOB_READ, load_level, input_new (name), input_free,
                            (GDestroyNotify)cpt_store_level_free);
}

static gpointer
save_level (CptDb *db, gpointer data)
{
  const Input *input = data;
  gint64 place = cpt_connection_table_get_place (db);
  g_autoptr (CptStatement) statement =
      cpt_db_prepare (db, "INSERT OR REPLACE INTO level"
                          " (place, name, wanted, known, known_is_unknown, theirs, has_theirs)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?)");

  cpt_db_assert_writer (db);
  cpt_statement_bind_int (statement, place);
  cpt_statement_bind_text (statement, input->key);
  cpt_statement_bind_text (statement, input->level.wanted);
  cpt_statement_bind_text (statement, input->level.known);
  cpt_statement_bind_int (statement, input->level.known_is_unknown);
  cpt_statement_bind_text (statement, input->level.theirs);
  cpt_statement_bind_int (statement, input->level.has_theirs);
  cpt_statement_run (statement);
  return NULL;
}

/**
 * cpt_store_save_level:
 * @level: copied
 *
 * Returns: (transfer full): a writing job without result
 */
CptStoreJob *
cpt_store_save_level (const char *name, const CptLevel *level)
{
  Input *input = input_new (name);

  input->level.wanted = g_strdup (level->wanted);
  input->level.known = g_strdup (level->known);
  input->level.known_is_unknown = level->known_is_unknown;
  input->level.theirs = g_strdup (level->theirs);
  input->level.has_theirs = level->has_theirs;
  return cpt_store_job_new (CPT_JOB_WRITE, save_level, input, input_free, NULL);
}

/**
 * cpt_store_level_free:
 * @level: (transfer full) (nullable): a level from cpt_store_load_level()
 */
void
cpt_store_level_free (CptLevel *level)
{
  if (level != NULL)
    cpt_level_clear (level);
  g_free (level);
}
