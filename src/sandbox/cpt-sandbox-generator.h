/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order of the generator is like. Main loop only. */
#pragma once

#include "cpt-sandbox-private.h"

typedef enum
{
  CPT_SANDBOX_DEAL = 1 << 0,
  CPT_SANDBOX_HALF = 1 << 1,
  CPT_SANDBOX_REMOVED = 1 << 2,
  CPT_SANDBOX_NOTES = 1 << 3,
  CPT_SANDBOX_LATER = 1 << 4,
  CPT_SANDBOX_DISCOUNT = 1 << 5,
  CPT_SANDBOX_CHARGE = 1 << 6,
  CPT_SANDBOX_KNOWN = 1 << 7,  /* a customer of the list */
  CPT_SANDBOX_DRIVER = 1 << 8, /* a driver is found after a while */
  CPT_SANDBOX_CANCEL = 1 << 9, /* the customer thinks better of it */
} CptSandboxTraits;

CptSandboxOrder *cpt_sandbox_make_order (CptSandbox *self,
                                         const char *location_id,
                                         JsonObject *overrides,
                                         CptSandboxTraits *traits);
