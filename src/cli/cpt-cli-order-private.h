/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order as the command line writes and shows it, and what can be done with it by which word.
 * Main thread only. */
#pragma once

#include "cpt-cli-private.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_CLI_VERB_STEP,
  CPT_CLI_VERB_READY, /* to collect or to be taken along, as the order says */
  CPT_CLI_VERB_ELSEWHERE,
  CPT_CLI_VERB_SEEN,
  CPT_CLI_VERB_RETRY,
  CPT_CLI_VERB_GIVE_UP,
  CPT_CLI_VERB_UNDO,
} CptCliVerbKind;

typedef struct
{
  const char *word;
  CptCliVerbKind kind;
  CptOrderStatus to; /* of a step */
} CptCliVerb;

const CptCliVerb *cpt_cli_find_verb (const char *word);
char *cpt_cli_list_verbs (void);
CptOrderStatus cpt_cli_verb_get_status (const CptCliVerb *self, const CptOrderRow *row);
JsonObject *cpt_cli_new_order (CptEngine *engine, const CptOrderRow *row);
void cpt_cli_set_details (JsonObject *order, CptEngine *engine, const CptOrderDetails *details);
char *cpt_cli_show_status (JsonObject *order);
void cpt_cli_order_print_details (JsonObject *order);

G_END_DECLS
