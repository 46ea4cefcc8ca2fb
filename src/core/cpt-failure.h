/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a failed exchange means for the work that waits behind it; any thread. */
#pragma once

#include <glib.h>

#include "cpt-timestamp.h"

G_BEGIN_DECLS

/**
 * CptOutcome:
 * @CPT_OUTCOME_DONE: HubRise answered and its answer could be read
 * @CPT_OUTCOME_UNKNOWN: the request may have been processed: read back before repeating
 * @CPT_OUTCOME_LATER: certainly or probably not processed, worth another try
 * @CPT_OUTCOME_NEVER: refused for good, with a reason to show
 * @CPT_OUTCOME_STOP: the connection itself is refused (401)
 */
typedef enum
{
  CPT_OUTCOME_DONE,
  CPT_OUTCOME_UNKNOWN,
  CPT_OUTCOME_LATER,
  CPT_OUTCOME_NEVER,
  CPT_OUTCOME_STOP,
} CptOutcome;

CptOutcome cpt_outcome_of_status (guint http_status);

G_END_DECLS
