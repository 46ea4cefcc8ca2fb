/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request to HubRise and its answer, for the log: personal data and token already masked.
 * Immutable, any thread. */
#pragma once

#include <glib-object.h>

#include "cpt-timestamp.h"

G_BEGIN_DECLS

typedef struct _CptExchange CptExchange;

struct _CptExchange
{
  gatomicrefcount ref_count; /* private */

  gint64 id; /* 0 before it is stored */
  CptTime at;
  char *method, *path; /* path without query values */
  guint status;        /* 0: no answer */
  gint64 bytes;        /* of the answer's body */
  gint64 duration_ms;
  char *order_id;                  /* (nullable) */
  char *failure;                   /* (nullable) technical words */
  char *request_body, *reply_body; /* (nullable) masked, at most 16 kB each */
  gint64 repeats;                  /* idle polls folded into this row, 1 for a single one */
};

#define CPT_TYPE_EXCHANGE (cpt_exchange_get_type ())

GType cpt_exchange_get_type (void);
CptExchange *cpt_exchange_new (void);
CptExchange *cpt_exchange_ref (CptExchange *self);
void cpt_exchange_unref (CptExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptExchange, cpt_exchange_unref)

G_END_DECLS
