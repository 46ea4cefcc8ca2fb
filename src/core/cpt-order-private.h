/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of an order share; any thread. */
#pragma once

#include "cpt-order.h"

G_BEGIN_DECLS

void cpt_order_init_arrays (CptOrder *self);
void cpt_order_clear_parts (CptOrder *self);

G_END_DECLS
