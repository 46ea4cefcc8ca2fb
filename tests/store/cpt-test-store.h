/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store in a folder of its own, asked in one line. Main thread only. */
#pragma once

#include "cpt-store-jobs.h"

G_BEGIN_DECLS

/* Noon of a Saturday: the present of every test here. */
#define NOW G_GINT64_CONSTANT (1795262400000)

typedef struct
{
  char *directory; /* (owned) */
  CptStore *store; /* (owned) */
} CptTestStore;

CptTestStore *cpt_test_store_new (void);
CptTestStore *cpt_test_store_new_bound (void);
void cpt_test_store_free (CptTestStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTestStore, cpt_test_store_free)

char *cpt_test_make_directory (void);
void cpt_test_remove_directory (const char *directory);

gboolean cpt_test_open (CptStore *store, GError **error);
void cpt_test_close (CptStore *store);
void cpt_test_store_reopen (CptTestStore *self);

gpointer cpt_test_run (CptStore *store, CptStoreJob *job, GError **error);
/* Ends the test on a failure. */
gpointer cpt_test_ask (CptTestStore *self, CptStoreJob *job);
void cpt_test_do (CptTestStore *self, CptStoreJob *job);
void cpt_test_refused (CptTestStore *self, CptStoreJob *job, CptStoreError code);

void
cpt_test_bind (CptTestStore *self, const char *api_root, const char *location, const char *catalog);

/* Orders: the document says all the fields say, so that a change of one is a change of both. */
CptOrder *cpt_test_order (const char *id, CptOrderStatus status);
CptOrder *
cpt_test_order_at (const char *id, CptOrderStatus status, CptTime created, CptTime expected);
void cpt_test_order_add_item (CptOrder *order, const char *name, int quantity);
void cpt_test_order_seal (CptOrder *order);

CptApplied *
cpt_test_apply (CptTestStore *self, CptOrder *order, CptOrderOrigin origin, gboolean want_received);
gint64 cpt_test_arrive (CptTestStore *self, const char *id, CptOrderStatus status);
CptOrderRow *cpt_test_row (CptTestStore *self, gint64 row, CptTime now);
CptOrderStep *cpt_test_step (gint64 row, CptOrderStatus status, CptTime at);
CptOrderStep *cpt_test_press (CptTestStore *self, gint64 row, CptOrderStatus status);
GPtrArray *cpt_test_unsent (CptTestStore *self);
char *cpt_test_list (CptTestStore *self, CptOrderTab tab, const char *text);
char *cpt_test_history (CptTestStore *self, gint64 row);

G_END_DECLS
