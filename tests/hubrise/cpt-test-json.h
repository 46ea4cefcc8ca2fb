/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents for tests, and every text an order holds. Main thread only. */
#pragma once

#include "cpt-order.h"

G_BEGIN_DECLS

/* The bytes of tests/hubrise/json/@name. */
GBytes *cpt_test_json_read (const char *name);
GBytes *cpt_test_json_bytes (const char *text);
const char *cpt_test_field (GPtrArray *fields, const char *path);
/* A set of every text the order shows: amounts, decimals and times as their values written out. */
GHashTable *cpt_test_order_texts (const CptOrder *order);
/* Whether a leaf of a document stands in @texts, as it is or as the value it means. */
gboolean cpt_test_texts_hold (GHashTable *texts, const char *leaf);

G_END_DECLS
