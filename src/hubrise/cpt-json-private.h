/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the JSON files of this room share: the scanner, the tree and its typed getters.
 * Any thread. */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-json.h"

G_BEGIN_DECLS

/* How deep a document may nest; json-glib's parser recurses and would run out of stack. */
#define CPT_JSON_MAX_DEPTH 64

/* Where one element of a list stands in the text. */
typedef struct
{
  gsize start;
  gsize end; /* one past the last byte */
} CptJsonSpan;

gboolean cpt_json_scan (const char *text,
                        gsize length,
                        gsize max_depth,
                        GString *out,
                        GArray *elements,
                        GError **error);
gboolean cpt_json_check (GBytes *body, GError **error);
JsonNode *cpt_json_parse (GBytes *body, GError **error);
JsonObject *cpt_json_parse_object (GBytes *body, JsonNode **root, GError **error);

typedef enum
{
  CPT_JSON_NULL, /* null, or nothing there */
  CPT_JSON_BOOLEAN,
  CPT_JSON_NUMBER,
  CPT_JSON_STRING,
  CPT_JSON_ARRAY,
  CPT_JSON_OBJECT,
} CptJsonKind;

CptJsonKind cpt_json_kind (JsonNode *node);
const char *cpt_json_text (JsonNode *node);
char *cpt_json_write (JsonNode *node);
GBytes *cpt_json_write_object (JsonObject *object);
void cpt_json_set_text (JsonObject *object, const char *name, const char *text);
void cpt_json_append_quoted (GString *out, const char *text);

JsonNode *cpt_json_member (JsonObject *object, const char *name);
JsonObject *cpt_json_object_member (JsonObject *object, const char *name);
JsonArray *cpt_json_array_member (JsonObject *object, const char *name);
char *cpt_json_dup_member (JsonObject *object, const char *name);

char *cpt_json_tidy_words (const char *words);

G_END_DECLS
