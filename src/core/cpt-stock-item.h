/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the till holds of one ref, and one line of the stock list: plain and immutable values, any
 * thread. */
#pragma once

#include <glib-object.h>

#include "cpt-inventory-entry.h"
#include "cpt-money.h"
#include "cpt-timestamp.h"

G_BEGIN_DECLS

/* The till's own, by (kind, ref): nothing a catalog brings changes it. */
typedef struct
{
  gboolean managed;
  gint64 quantity; /* thousandths; kept while not managed */
  gboolean active;
  CptTime back_on; /* with !active: until then; CPT_TIME_NONE: until somebody says */
  gint64 low;      /* thousandths: at or under it the number is amber; 0 for none */
} CptStock;

typedef enum
{
  CPT_STOCK_NOT_MANAGED,
  CPT_STOCK_AVAILABLE,
  CPT_STOCK_LOW,
  CPT_STOCK_EMPTY,
  CPT_STOCK_INACTIVE,
} CptStockLook;

#define CPT_STOCK_INIT ((CptStock){ .active = TRUE, .back_on = CPT_TIME_NONE })
/* What a number of the stock may be at most: nine digits before the point. */
#define CPT_STOCK_MAX G_GINT64_CONSTANT (999999999999)

/* Whether it is one. */
gboolean cpt_stock_is_quantity (gint64 thousandths);
gboolean cpt_stock_is_active (const CptStock *self, CptTime now);
gboolean cpt_stock_is_out (const CptStock *self, CptTime now);
CptStockLook cpt_stock_get_look (const CptStock *self, CptTime now);
const char *cpt_stock_look_label (CptStockLook look);

/* A change of a person, or of a program: only the fields whose flag is set. */
typedef struct
{
  gboolean sets_managed, managed;
  gboolean sets_quantity; /* switches managed on */
  gint64 quantity;
  gboolean adds_quantity; /* on top of what is there; leaves managed alone */
  gint64 more;
  gboolean sets_active, active;
  CptTime back_on; /* with sets_active and !active; CPT_TIME_NONE: until I say */
  gboolean sets_low;
  gint64 low;
} CptStockEdit;

gboolean cpt_stock_apply (CptStock *self, const CptStockEdit *edit);

/* What stands at HubRise's side of a row, in the order of urgency. */
typedef enum
{
  CPT_STOCK_MARK_NO_REF,  /* cannot be sent */
  CPT_STOCK_MARK_REFUSED, /* see refusal */
  CPT_STOCK_MARK_DIFFERS, /* another program wrote something else */
  CPT_STOCK_MARK_WAITING, /* not sent yet */
  CPT_STOCK_MARK_SENT,    /* an entry stands there, as wanted */
  CPT_STOCK_MARK_NOTHING, /* no entry stands there, as wanted */
} CptStockMark;

typedef struct _CptStockItem CptStockItem;

struct _CptStockItem
{
  gatomicrefcount ref_count; /* private */

  gint64 row; /* the item's key everywhere in this program */
  CptItemKind kind;
  char *ref;      /* (owned) (nullable) */
  char *name;     /* (owned) of the product, or the option */
  char *variant;  /* (owned) (nullable) of the sku */
  char *category; /* (owned) (nullable) of an option: its list */
  CptMoney price;
  gboolean shared; /* another item has this ref: they are one stock */
  CptStock stock;
  CptStockEntry wanted, known;
  gboolean has_theirs;
  CptStockEntry theirs;
  char *refusal; /* (owned) (nullable) HubRise's words */
};

#define CPT_TYPE_STOCK_ITEM (cpt_stock_item_get_type ())

GType cpt_stock_item_get_type (void);
CptStockItem *cpt_stock_item_new (void);
CptStockItem *cpt_stock_item_ref (CptStockItem *self);
void cpt_stock_item_unref (CptStockItem *self);
CptStockMark cpt_stock_item_get_mark (const CptStockItem *self, CptTime now);
char *cpt_stock_item_dup_title (const CptStockItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptStockItem, cpt_stock_item_unref)

G_END_DECLS
