/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing what this till creates. What is absent is left out. Any thread. */
#pragma once

#include "cpt-json-private.h"

G_BEGIN_DECLS

JsonObject *cpt_json_build_customer (const CptOrderCustomer *customer, gboolean names);
GBytes *cpt_json_write_new_order (const CptOrder *order, GTimeZone *zone, CptTime now);
GBytes *cpt_json_write_new_customer (const CptOrderCustomer *customer);

G_END_DECLS
