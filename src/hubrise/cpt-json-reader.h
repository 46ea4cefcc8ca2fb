/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one object of an order field by field, remembers which were taken, notes what stood where
 * something else was due, and hands out the rest leaf by leaf. Any thread. */
#pragma once

#include "cpt-json-private.h"

G_BEGIN_DECLS

typedef struct
{
  JsonObject *object;  /* (nullable) of a tree that outlives the reader */
  char *path;          /* (owned) "" for the document itself */
  GHashTable *taken;   /* (owned) names, static strings */
  GPtrArray *others;   /* CptField, of the order */
  GPtrArray *problems; /* CptField, of the order */
} CptJsonReader;

typedef void (*CptJsonElementFunc) (CptJsonReader *element, gpointer data);

void
cpt_json_reader_init (CptJsonReader *self, JsonObject *object, const char *path, CptOrder *order);
void cpt_json_reader_clear (CptJsonReader *self);

void cpt_json_reader_skip (CptJsonReader *self, const char *name);
char *cpt_json_reader_string (CptJsonReader *self, const char *name);
CptMoney cpt_json_reader_money (CptJsonReader *self, const char *name);
CptDecimal cpt_json_reader_decimal (CptJsonReader *self, const char *name);
CptTime cpt_json_reader_time (CptJsonReader *self, const char *name);
gboolean cpt_json_reader_boolean (CptJsonReader *self, const char *name);
gboolean cpt_json_reader_count (CptJsonReader *self, const char *name, gint64 *count);
char **cpt_json_reader_strings (CptJsonReader *self, const char *name);
void cpt_json_reader_leaves (CptJsonReader *self, const char *name, GPtrArray *fields);
gboolean cpt_json_reader_object (CptJsonReader *self, const char *name, CptJsonReader *member);
void cpt_json_reader_array (CptJsonReader *self,
                            const char *name,
                            CptJsonElementFunc func,
                            gpointer data);
CptOrderCustomer *cpt_json_reader_customer (CptJsonReader *self);
void
cpt_json_reader_map (CptJsonReader *self, const char *name, CptJsonElementFunc func, gpointer data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptJsonReader, cpt_json_reader_clear)

G_END_DECLS
