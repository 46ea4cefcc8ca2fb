/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being put together at the till, before it is an order. Main thread only. */
#pragma once

#include "cpt-order.h"
#include "cpt-payment-method.h"

G_BEGIN_DECLS

/* What a line may count at most, in thousandths: more is a slip of the finger. */
#define CPT_BASKET_MOST G_GINT64_CONSTANT (9999000)

typedef struct
{
  guint key; /* stays with the line, unlike its place */
  CptOrderItem *item;
} CptBasketLine;

typedef struct
{
  GPtrArray *lines; /* (owned) (element-type CptBasketLine) never NULL */
  guint next_key;   /* private */
  CptServiceType service_type;
  char *table_name;           /* (owned) (nullable) counts with EAT_IN only */
  CptTime expected_time;      /* or CPT_TIME_NONE: as soon as possible */
  char *notes;                /* (owned) (nullable) the customer's */
  CptOrderCustomer *customer; /* (owned) (nullable) */
  CptPaymentMethod payment;   /* of all of it */
  gint64 corrects;            /* the row of the refused order that it corrects, 0: a new one */
  char *number, *reason;      /* (owned) (nullable) that order's, and why it was refused */
} CptBasket;

CptBasket *cpt_basket_new (void);
CptBasket *cpt_basket_new_from_order (const CptOrder *order);
void cpt_basket_free (CptBasket *self);
CptOrder *cpt_basket_to_order (const CptBasket *self);
gboolean cpt_basket_is_empty (const CptBasket *self);

guint cpt_basket_add (CptBasket *self, CptOrderItem *item);
CptBasketLine *cpt_basket_find (const CptBasket *self, guint key, guint *position);
gboolean cpt_basket_set_quantity (CptBasket *self, guint key, CptDecimal quantity);
void cpt_basket_step (CptBasket *self, guint key, int by);
void cpt_basket_set_note (CptBasket *self, guint key, const char *note);
void cpt_basket_replace (CptBasket *self, guint key, CptOrderItem *item);
CptBasketLine *cpt_basket_take (CptBasket *self, guint key, guint *position);
void cpt_basket_put_back (CptBasket *self, CptBasketLine *line, guint position);
void cpt_basket_line_free (CptBasketLine *line);

void cpt_basket_set_customer (CptBasket *self, const CptOrderCustomer *customer);
void cpt_basket_get_balance (const CptBasket *self, CptOrderBalance *balance);
char *cpt_basket_dup_problem (const CptBasket *self, CptTime now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBasket, cpt_basket_free)

G_END_DECLS
