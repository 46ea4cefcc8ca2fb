/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and copying JSON documents, strictly. Any thread; no state. */
#pragma once

#include <json-glib/json-glib.h>

#define CPT_SANDBOX_JSON_MAX_DEPTH 64

JsonNode *cpt_sandbox_json_parse (const char *text, gsize length, GError **error);
JsonNode *cpt_sandbox_json_read_bytes (GBytes *bytes, GError **error);
char *cpt_sandbox_json_text (JsonNode *node);
char *cpt_sandbox_json_object_text (JsonObject *object);
JsonNode *cpt_sandbox_json_copy (JsonNode *node);
JsonObject *cpt_sandbox_json_copy_object (JsonObject *object);
JsonNode *cpt_sandbox_json_node (JsonObject *object);
JsonNode *cpt_sandbox_json_array_node (JsonArray *array);
void cpt_sandbox_json_add_object (JsonArray *array, JsonObject *object);
void cpt_sandbox_json_merge (JsonObject *target, JsonObject *changes, gboolean null_removes);

const char *cpt_sandbox_json_string (JsonObject *object, const char *name);
JsonObject *cpt_sandbox_json_object (JsonObject *object, const char *name);
JsonArray *cpt_sandbox_json_array (JsonObject *object, const char *name);
gint64 cpt_sandbox_json_int (JsonObject *object, const char *name, gint64 fallback);
gboolean cpt_sandbox_json_boolean (JsonObject *object, const char *name, gboolean fallback);
JsonObject *cpt_sandbox_json_element (JsonArray *array, guint index);
void cpt_sandbox_json_set_string (JsonObject *object, const char *name, const char *value);
void cpt_sandbox_json_set_default (JsonObject *object, const char *name, JsonNode *node);
