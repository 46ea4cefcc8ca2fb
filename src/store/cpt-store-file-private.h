/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing the database file. Each job is for the worker it names. */
#pragma once

#include "cpt-db-lock-private.h"
#include "cpt-store-jobs.h"

G_BEGIN_DECLS

CptStoreJob *cpt_store_file_open_writer (const char *directory, gboolean fresh, gboolean brief);
CptStoreJob *cpt_store_file_open_reader (const char *path);
CptStoreJob *cpt_store_file_close (void);
char *cpt_store_file_set_aside (const char *directory, CptTime now, GError **error);

G_END_DECLS
