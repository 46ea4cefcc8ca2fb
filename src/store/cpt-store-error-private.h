/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of the database in the user's words. Any thread. */
#pragma once

#include "cpt-store.h"

G_BEGIN_DECLS

GError *cpt_store_error_new (CptStoreError code, const char *detail);
CptStoreError cpt_store_error_code_of (int result, int system_error);
CptStoreError cpt_store_error_code_of_errno (int system_error);

G_END_DECLS
