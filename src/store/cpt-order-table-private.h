/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders and what is derived from them. Workers only. */
#pragma once

#include "cpt-db-private.h"
#include "cpt-order-row.h"
#include "cpt-order.h"
#include "cpt-statement-private.h"

G_BEGIN_DECLS

/* What the rules of applying and stepping need of an order that is stored. */
typedef struct
{
  gint64 row; /* 0: not stored */
  gint64 place;
  char *id;
  CptOrderStatus hubrise_status, status;
  CptServiceType service_type;
  gboolean handled_elsewhere;
  CptNotice notice;
  gboolean waiting; /* for a decision */
  char *content_hash;
  gboolean till;
  CptMoney due, paid; /* with what is not at HubRise yet */
} CptStoredOrder;

void cpt_stored_order_clear (CptStoredOrder *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CptStoredOrder, cpt_stored_order_clear)

gint64 cpt_order_table_find (CptDb *db, gint64 place, const CptOrder *order);
void cpt_order_table_read (CptDb *db, gint64 row, CptStoredOrder *stored);
gboolean cpt_order_table_has_document (CptDb *db, gint64 row, const CptOrder *order);
gint64 cpt_order_table_insert (CptDb *db, gint64 place, const CptOrder *order, CptTime now);
gint64 cpt_order_table_insert_till (CptDb *db, gint64 place, const char *private_ref, CptTime now);
gint64 cpt_order_table_find_unsent (CptDb *db, gint64 place, const CptOrder *order);
void cpt_order_table_adopt (CptDb *db, gint64 row, const CptOrder *order, CptTime now);
void cpt_order_table_write (CptDb *db, gint64 row, const CptOrder *order);
void cpt_order_table_count (CptDb *db, gint64 row, const CptOrder *order);
char *cpt_order_table_hash_content (const CptOrder *order, GPtrArray *outbox);
void cpt_order_table_set_status (CptDb *db, gint64 row, CptOrderStatus status);
void cpt_order_table_set_notice (CptDb *db, gint64 row, CptNotice notice, const char *text);
void cpt_order_table_set_elsewhere (CptDb *db, gint64 row, gboolean elsewhere);
void cpt_order_table_set_arrival (CptDb *db, gint64 row, gboolean late, gboolean first_list);
void cpt_order_table_refresh (CptDb *db, gint64 row);

/* In value while copies of what was erased may stand in the unused bytes of the file. */
#define CPT_UNCLEAN "'file-unclean'"

/* The search index, cpt-order-search.c. */
void cpt_order_search_write (CptDb *db, gint64 row, const CptOrder *order);
char *cpt_order_search_parse (const char *typed);

/* What was seen of it, cpt-seen-table.c. */
void cpt_seen_table_keep (CptDb *db, gint64 row);
void cpt_seen_table_forget (CptDb *db, gint64 row);
GBytes *cpt_seen_table_load (CptDb *db, gint64 row);

/* The history, cpt-history-table.c. */
void cpt_history_add (CptDb *db,
                      gint64 row,
                      CptTime at,
                      CptOrderStatus status,
                      const char *what,
                      const char *text,
                      const char *seller);
GPtrArray *cpt_history_load (CptDb *db, gint64 row);

G_END_DECLS
