/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request to HubRise and its answer, for the log. Immutable once handed on, any thread. */
#include "cpt-exchange.h"

G_DEFINE_BOXED_TYPE (CptExchange, cpt_exchange, cpt_exchange_ref, cpt_exchange_unref)

/**
 * cpt_exchange_new:
 *
 * Returns: (transfer full): an exchange that happened once, to be filled before it is shared
 */
CptExchange *
cpt_exchange_new (void)
{
  CptExchange *self = g_new0 (CptExchange, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->at = CPT_TIME_NONE;
  self->repeats = 1;
  return self;
}

CptExchange *
cpt_exchange_ref (CptExchange *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_exchange_unref (CptExchange *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->method);
  g_free (self->path);
  g_free (self->order_id);
  g_free (self->failure);
  g_free (self->request_body);
  g_free (self->reply_body);
  g_free (self);
}
