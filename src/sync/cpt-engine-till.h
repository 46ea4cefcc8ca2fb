/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window and the command line ask of the engine about this till's own orders, payments,
 * missing items and customers. Main thread only; everything that waits is asynchronous. Deeds are
 * finished by cpt_engine_act_finish() when they are on disk, like those of cpt-engine.h: then the
 * row says "not sent yet", and an error means that nothing happened. */
#pragma once

#include "cpt-engine.h"
#include "cpt-menu.h"
#include "cpt-outbox-entry.h"
#include "cpt-ticket-prints.h"

G_BEGIN_DECLS

/* --- What can be sold --- */

/* The catalog as last pulled. Result: (transfer full), NOT_FOUND before the first pull. Decoded off
 * the main thread and kept: asking again costs nothing until another catalog was pulled. */
void cpt_engine_load_menu_async (CptEngine *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
CptMenu *cpt_engine_load_menu_finish (CptEngine *self, GAsyncResult *result, GError **error);

/* --- Customers of the HubRise list --- */

/* Whether the connection has a customer list. */
gboolean cpt_engine_has_customer_list (CptEngine *self);
/* @text: a telephone number or an e-mail address, as typed; asks HubRise, so only on Enter. Result:
 * (transfer full) (element-type CptOrderCustomer) with their ids, at most 20. OFFLINE says that
 * HubRise could not be asked. */
void cpt_engine_search_customers_async (CptEngine *self,
                                        const char *text,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
GPtrArray *
cpt_engine_search_customers_finish (CptEngine *self, GAsyncResult *result, GError **error);

/* --- New orders --- */

/* What is being put together survives a crash: @draft as far as it has come, NULL once it is placed
 * or thrown away, and (nullable) @other, one that waits or follows it. Not awaited: written within
 * a second, the last ones win. */
void cpt_engine_save_draft (CptEngine *self, const CptOrder *draft, const CptOrder *other);
/* Result: (transfer full) (nullable), NULL without an error when there is none; @other: (out)
 * (transfer full) (nullable). */
void cpt_engine_load_draft_async (CptEngine *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
CptOrder *cpt_engine_load_draft_finish (CptEngine *self,
                                        GAsyncResult *result,
                                        CptOrder **other,
                                        GError **error);

/* OK: stored, and queued as the preference "till-orders" says. @order: items with names, refs,
 * prices and quantities, notes, service type, expected_time (in the future or CPT_TIME_NONE),
 * payments, customer: with an id one of the list; without, but with customer_list_id: to be created
 * in the list first; else a guest. Its status, ids, private_ref, total, times and seller are set
 * here. @draft is forgotten in the same transaction, not @other. Result: the order's row, 0 on an
 * error. */
void cpt_engine_place_order_async (CptEngine *self,
                                   const CptOrder *order,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gint64 cpt_engine_place_order_finish (CptEngine *self, GAsyncResult *result, GError **error);
/* Whether an order with this customer would be sent to HubRise under the preference now in force.
 */
gboolean cpt_engine_would_send (CptEngine *self, const CptOrder *order);
/* Edit and resend of one that HubRise refused: the same order with another content. Same result. */
void cpt_engine_replace_order_async (CptEngine *self,
                                     gint64 row,
                                     const CptOrder *order,
                                     GAsyncReadyCallback callback,
                                     gpointer data);

/* The lists of sent orders: cpt_engine_list_orders_async() with CPT_ORDER_TAB_TILL and TILL_ALL. */

/* --- Payments and missing items --- */

/* Invoice. @amount: positive, at most what is left. An order of this till alone takes it here. */
void cpt_engine_add_payment_async (CptEngine *self,
                                   gint64 row,
                                   const char *name,
                                   const char *ref,
                                   CptMoney amount,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
/* @item: the item's id in the order. Deletes it there, tells the customer with @note, takes what it
 * was off sale for today: one transaction. */
void cpt_engine_mark_missing_async (CptEngine *self,
                                    gint64 row,
                                    const char *item,
                                    const char *note,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
/* Until when what is missing goes off sale; CPT_TIME_NONE when this till does not keep the stock.
 */
CptTime cpt_engine_get_missing_until (CptEngine *self);
/* A refused entry of the outbox (CptOrderRow.outbox_entry): once more, or no longer. */
void cpt_engine_retry_entry_async (CptEngine *self,
                                   gint64 entry,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
void cpt_engine_give_up_entry_async (CptEngine *self,
                                     gint64 entry,
                                     GAsyncReadyCallback callback,
                                     gpointer data);

/* --- Tickets --- */

/* Counts a print before it is made, so that a second one always says that it is one. Result: how
 * many there were before; -1 on an error. */
void cpt_engine_note_print_async (CptEngine *self,
                                  gint64 row,
                                  CptTicketKind kind,
                                  gboolean called_off,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
int cpt_engine_note_print_finish (CptEngine *self, GAsyncResult *result, GError **error);
void cpt_engine_load_prints_async (CptEngine *self,
                                   gint64 row,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gboolean cpt_engine_load_prints_finish (CptEngine *self,
                                        GAsyncResult *result,
                                        CptTicketPrints *prints,
                                        GError **error);
/* Takes what prints by itself now: tickets of orders whose acceptance here is final, as the
 * preference "print-on-acceptance" says, and the cancellation of what was printed. Each is counted
 * in the same transaction and so handed out once, whatever happens meanwhile. @rows: (nullable)
 * (element-type gint64) where to look, NULL for everywhere. Result: (transfer full) (element-type
 * CptTicketDue). */
void cpt_engine_claim_tickets_async (CptEngine *self,
                                     GArray *rows,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
GArray *cpt_engine_claim_tickets_finish (CptEngine *self, GAsyncResult *result, GError **error);

G_END_DECLS
