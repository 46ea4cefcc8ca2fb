/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer lists. Main loop only. */
#include "cpt-sandbox-private.h"

void
cpt_sandbox_customer_free (CptSandboxCustomer *customer)
{
  g_free (customer->id);
  g_free (customer->list_id);
  json_object_unref (customer->document);
  g_free (customer);
}
