/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of an order that HubRise refuses, in words a person understands. Main thread only. */
#pragma once

#include "cpt-order.h"

G_BEGIN_DECLS

char *cpt_field_words (GPtrArray *errors, const CptOrder *order);

G_END_DECLS
