/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order made at this till: from what was put together to what is stored and sent. Any thread. */
#pragma once

#include "cpt-order.h"

G_BEGIN_DECLS

/* What the till adds to what was put together. */
typedef struct
{
  const char *private_ref;  /* the order is looked up by it at HubRise */
  const char *content_ref;  /* begins the private_ref of each item and payment */
  const char *number;       /* what people call the order by */
  const char *order_id;     /* its name at this till for ever */
  const char *customer_ref; /* (nullable) of the customer it had: HubRise may have him already */
  const char *seller;       /* (nullable) */
  CptTime now;
} CptTillStamp;

const char *cpt_till_order_problem (const CptOrder *self);
CptOrder *cpt_till_order_new (const CptOrder *draft, const CptTillStamp *stamp);

G_END_DECLS
