/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the command line share. A command is read where it was typed (cpt-cli.c), done
 * where the engine is (a CptCliDeed, in this process or in the running Comptoir) and told where it
 * was typed, in that language. Between the two go JSON objects, and what --json prints is the one
 * that comes back. */
#pragma once

#include <json-glib/json-glib.h>

#include "cpt-cli-deed-private.h"
#include "cpt-cli.h"

G_BEGIN_DECLS

/* Options beside --json, --demo and --help, which every command takes. */
typedef enum
{
  CPT_CLI_OPTION = 1 << 0,
  CPT_CLI_TODAY = 1 << 1,
  CPT_CLI_REASON = 1 << 2,
  CPT_CLI_TIME = 1 << 3,
  CPT_CLI_LATER = 1 << 4,
  CPT_CLI_ALL = 1 << 5,
  CPT_CLI_SEARCH = 1 << 6,
  CPT_CLI_LIMIT = 1 << 7,
  CPT_CLI_OUT = 1 << 8,
  CPT_CLI_LOW = 1 << 9,
  CPT_CLI_DRY_RUN = 1 << 10,
} CptCliOptions;

typedef struct
{
  const char *name;      /* one word or two */
  const char *arguments; /* (nullable) to be translated, like the summary */
  const char *summary;
  guint min_words, max_words; /* behind the name */
  guint options;
  gboolean changes; /* writes or sends: needs the database for itself */
  /* (nullable) Where it was typed, before anything is asked: may complete the request. */
  gboolean (*prepare) (JsonObject *request, GError **error);
  /* Where the engine is: ends with cpt_cli_deed_end(), at once or later. */
  void (*run) (CptCliDeed *deed);
  /* (nullable) Where it was typed, whether people or a program read: may complete the answer. */
  void (*finish) (JsonObject *request, JsonObject *answer);
  /* Where it was typed: tells people what came back. */
  void (*print) (JsonObject *request, JsonObject *answer);
} CptCliCommand;

const CptCliCommand *cpt_cli_find_command (const char *name);

/* A usage error: what was typed is not understood. */
#define CPT_CLI_ERROR (cpt_cli_error_quark ())
GQuark cpt_cli_error_quark (void);

/* The commands' parts, one file a subject. */
void cpt_cli_status_run (CptCliDeed *deed);
void cpt_cli_status_print (JsonObject *request, JsonObject *answer);
gboolean cpt_cli_orders_prepare (JsonObject *request, GError **error);
gboolean cpt_cli_sent_prepare (JsonObject *request, GError **error);
void cpt_cli_orders_run (CptCliDeed *deed);
void cpt_cli_orders_print (JsonObject *request, JsonObject *answer);
gboolean cpt_cli_order_prepare (JsonObject *request, GError **error);
void cpt_cli_order_run (CptCliDeed *deed);
void cpt_cli_order_print (JsonObject *request, JsonObject *answer);
void cpt_cli_stock_list_run (CptCliDeed *deed);
void cpt_cli_stock_list_print (JsonObject *request, JsonObject *answer);
gboolean cpt_cli_stock_set_prepare (JsonObject *request, GError **error);
gboolean cpt_cli_stock_active_prepare (JsonObject *request, GError **error);
gboolean cpt_cli_stock_inactive_prepare (JsonObject *request, GError **error);
void cpt_cli_stock_edit_run (CptCliDeed *deed);
void cpt_cli_stock_edit_print (JsonObject *request, JsonObject *answer);
gboolean cpt_cli_stock_export_prepare (JsonObject *request, GError **error);
void cpt_cli_stock_export_run (CptCliDeed *deed);
void cpt_cli_stock_export_finish (JsonObject *request, JsonObject *answer);
void cpt_cli_stock_export_print (JsonObject *request, JsonObject *answer);
gboolean cpt_cli_stock_import_prepare (JsonObject *request, GError **error);
void cpt_cli_stock_import_run (CptCliDeed *deed);
void cpt_cli_stock_import_print (JsonObject *request, JsonObject *answer);
void cpt_cli_sync_stock_run (CptCliDeed *deed);
void cpt_cli_sync_stock_print (JsonObject *request, JsonObject *answer);
void cpt_cli_pull_catalog_run (CptCliDeed *deed);
void cpt_cli_pull_catalog_print (JsonObject *request, JsonObject *answer);

/* Reading a request or an answer. */
const char *cpt_cli_get_word (JsonObject *request, guint nth);
gboolean cpt_cli_get_flag (JsonObject *object, const char *key);
const char *cpt_cli_get_text (JsonObject *object, const char *key);
gint64 cpt_cli_get_number (JsonObject *object, const char *key);
JsonArray *cpt_cli_get_list (JsonObject *object, const char *key);
JsonObject *cpt_cli_get_object (JsonObject *object, const char *key);

/* Writing one. */
void cpt_cli_set_text (JsonObject *object, const char *key, const char *text);
void cpt_cli_set_time (JsonObject *object, const char *key, CptTime time, GTimeZone *zone);
void cpt_cli_set_money (JsonObject *object, const char *key, CptMoney money);
void cpt_cli_set_quantity (JsonObject *object, const char *key, gint64 thousandths);
char *cpt_cli_to_text (JsonObject *object, gboolean pretty);
JsonObject *cpt_cli_from_text (const char *text);
CptItemKind cpt_cli_get_kind (JsonObject *request);
/* Any thread, like the items. */
JsonObject *cpt_cli_new_item (const CptStockItem *item, CptTime now, GTimeZone *zone);
JsonArray *cpt_cli_new_items (CptEngine *engine, GPtrArray *items);
void cpt_cli_print_items (JsonArray *items);
char *cpt_cli_show_quantity (JsonObject *item);

/* Text for people: columns of one width each. */
typedef struct _CptCliTable CptCliTable;
CptCliTable *cpt_cli_table_new (void);
void cpt_cli_table_add (CptCliTable *self, ...) G_GNUC_NULL_TERMINATED;
char *cpt_cli_table_free_to_text (CptCliTable *self);
void cpt_cli_table_print (CptCliTable *self);
char *cpt_cli_show_time (const char *text);
char *cpt_cli_show_money (const char *text);
/* What programs read is UTF-8 whatever the locale. */
void cpt_cli_write (const char *text);
char *cpt_cli_clean (const char *text);
void cpt_cli_complain (const char *text);
const char *cpt_cli_why_label (const char *why);

/* The socket beside the database, by which a command finds the Comptoir that runs. */
char *cpt_cli_dup_socket_path (CptProfile *profile);

/* Asks the running Comptoir, else does it here. */
JsonObject *cpt_cli_call (CptProfile *profile, const CptCliCommand *command, JsonObject *request);

G_END_DECLS
