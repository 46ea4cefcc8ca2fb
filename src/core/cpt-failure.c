/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a failed exchange means for the work that waits behind it; any thread. */
#include "cpt-failure.h"

static CptOutcome
outcome_of_refusal (guint http_status)
{
  switch (http_status)
    {
    case 401:
      return CPT_OUTCOME_STOP;
    case 408:
    case 409:
    case 429:
      return CPT_OUTCOME_LATER;
    default:
      return CPT_OUTCOME_NEVER;
    }
}

/**
 * cpt_outcome_of_status:
 * @http_status: the status of the answer; 0 when none came after the request may have left
 *
 * The status alone. What it cannot know stays with the caller: a 2xx whose body cannot be read
 * is UNKNOWN, no route at all is LATER, a 401 stops the connection only when the location is
 * refused as well, and for what creates or deletes a 408, 409 or 5xx counts as UNKNOWN. No
 * redirect is followed, so a 3xx is LATER. What is no status of an answer is UNKNOWN: reading
 * back costs one request, repeating blindly may cost an order.
 */
CptOutcome
cpt_outcome_of_status (guint http_status)
{
  if (http_status == 304)
    return CPT_OUTCOME_DONE;

  switch (http_status / 100)
    {
    case 2:
      return CPT_OUTCOME_DONE;
    case 3:
    case 5:
      return CPT_OUTCOME_LATER;
    case 4:
      return outcome_of_refusal (http_status);
    default:
      return CPT_OUTCOME_UNKNOWN;
    }
}
