/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one row of the stock list shows; pure, any thread. */
#include "cpt-stock-view-state.h"

#include <glib/gi18n-lib.h>

#include "cpt-decimal.h"

void
cpt_stock_view_state_free (CptStockViewState *self)
{
  g_free (self->name);
  g_free (self->variant);
  g_free (self->code);
  g_free (self->category);
  g_free (self->price);
  g_free (self->number);
  g_free (self->back);
  g_free (self->mark);
  g_free (self->spoken);
  g_free (self);
}

static char *
format_quantity (gint64 thousandths)
{
  return cpt_decimal_format (cpt_decimal (thousandths));
}

static const char *const classes[] = {
  [CPT_STOCK_NOT_MANAGED] = "stock-not-managed",
  [CPT_STOCK_AVAILABLE] = "stock-available",
  [CPT_STOCK_LOW] = "stock-low",
  [CPT_STOCK_EMPTY] = "stock-empty",
  [CPT_STOCK_INACTIVE] = "stock-inactive",
};

/* Only what nobody can buy has something to say. */
static char *
dup_state (CptStockLook look)
{
  if (look == CPT_STOCK_INACTIVE)
    return g_strdup (cpt_stock_look_label (look));
  if (look == CPT_STOCK_EMPTY)
    return g_strconcat ("✕ ", cpt_stock_look_label (look), NULL);
  return g_strdup ("");
}

/* Colour is never the only sign. */
static char *
dup_number (const CptStock *stock, CptStockLook look, gboolean shows_quantity)
{
  g_autofree char *quantity = format_quantity (stock->quantity);

  if (!shows_quantity)
    return dup_state (look);
  switch (look)
    {
    case CPT_STOCK_AVAILABLE:
      return g_steal_pointer (&quantity);
    case CPT_STOCK_LOW:
      return g_strconcat ("▼ ", quantity, NULL);
    case CPT_STOCK_EMPTY:
      return g_strconcat ("✕ ", quantity, NULL);
    case CPT_STOCK_INACTIVE:
    case CPT_STOCK_NOT_MANAGED:
    default:
      return g_strdup (cpt_stock_look_label (look));
    }
}

static char *
dup_back (const CptStock *stock, CptTime now, GTimeZone *zone)
{
  g_autofree char *when = NULL;

  if (cpt_stock_is_active (stock, now) || stock->back_on == CPT_TIME_NONE)
    return NULL;
  when = cpt_time_format_day_clock (stock->back_on, now, zone);
  /* TRANSLATORS: when an item that is not for sale comes back by itself; %s is a day and a time */
  return g_strdup_printf (_ ("back %s"), when);
}

/**
 * cpt_stock_entry_dup_words:
 *
 * Returns: (transfer full): what stands at HubRise, short: "24", "—" for no entry
 */
char *
cpt_stock_entry_dup_words (CptStockEntry entry)
{
  if (entry.state == CPT_ENTRY_THERE)
    return format_quantity (entry.thousandths);
  return g_strdup (entry.state == CPT_ENTRY_NONE ? "—" : "?");
}

static char *
dup_mark (const CptStockItem *item, CptStockMark mark)
{
  g_autofree char *known = cpt_stock_entry_dup_words (item->known);
  g_autofree char *theirs = cpt_stock_entry_dup_words (item->theirs);

  switch (mark)
    {
    case CPT_STOCK_MARK_NO_REF:
      return g_strdup (_ ("cannot be sent"));
    case CPT_STOCK_MARK_REFUSED:
      /* TRANSLATORS: HubRise refused an item's stock; %s is why, in its words */
      return *item->refusal != '\0' ? g_strdup_printf (_ ("refused: %s"), item->refusal)
                                    /* TRANSLATORS: HubRise refused an item's stock */
                                    : g_strdup (_ ("refused"));
    case CPT_STOCK_MARK_DIFFERS:
      /* TRANSLATORS: %s is the number another program wrote on HubRise */
      return g_strdup_printf (_ ("≠ HubRise has %s"), theirs);
    case CPT_STOCK_MARK_WAITING:
      return g_strconcat ("⟳ ", _ ("not sent yet"), NULL);
    case CPT_STOCK_MARK_SENT:
      return g_strconcat (known, " ✓", NULL);
    case CPT_STOCK_MARK_NOTHING:
    default:
      return g_strdup ("—");
    }
}

static const char *
mark_class (CptStockMark mark)
{
  if (mark == CPT_STOCK_MARK_REFUSED)
    return "stock-refused";
  if (mark == CPT_STOCK_MARK_DIFFERS)
    return "stock-differs";
  return "stock-mark";
}

static char *
dup_code (const CptStockItem *item)
{
  if (item->ref == NULL)
    /* TRANSLATORS: an item of the catalog has no code (ref), so that it can have no stock */
    return g_strdup (_ ("no code"));
  if (item->shared)
    /* TRANSLATORS: %s is a code (ref) that several items have: they are one stock */
    return g_strdup_printf (_ ("%s shared"), item->ref);
  return g_strdup (item->ref);
}

static const char *
spoken_mark (CptStockMark mark, const char *shown)
{
  if (mark == CPT_STOCK_MARK_SENT)
    /* TRANSLATORS: read aloud: HubRise holds this item's stock as it stands here */
    return _ ("sent");
  return mark == CPT_STOCK_MARK_NOTHING ? NULL : shown;
}

/* Joined by commas, what is not there left out. */
static char *
join (const char *const *parts, gsize n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", parts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_spoken (const CptStockViewState *self,
            const CptStockItem *item,
            CptStockLook look,
            CptStockMark mark,
            gboolean shows_quantity)
{
  gboolean counted = self->has_stock && shows_quantity && item->stock.managed;
  g_autofree char *quantity = counted ? format_quantity (item->stock.quantity) : NULL;
  g_autofree char *title = cpt_stock_item_dup_title (item);
  const char *parts[] = { title,          self->code,
                          self->category, self->price,
                          quantity,       self->has_stock ? cpt_stock_look_label (look) : NULL,
                          self->back,     spoken_mark (mark, self->mark) };

  return join (parts, G_N_ELEMENTS (parts));
}

/* Whoever sees no number is told nothing about it. */
static CptStockLook
get_look (const CptStock *stock, gboolean shows_quantity, CptTime now)
{
  CptStockLook look = cpt_stock_get_look (stock, now);

  if (shows_quantity || look == CPT_STOCK_INACTIVE || look == CPT_STOCK_EMPTY)
    return look;
  return CPT_STOCK_AVAILABLE;
}

/**
 * cpt_stock_view_state_new:
 * @shows_quantity: FALSE: only what is out of stock is sent, numbers are hidden
 * @zone: the location's
 *
 * Returns: (transfer full)
 */
CptStockViewState *
cpt_stock_view_state_new (const CptStockItem *item,
                          gboolean shows_quantity,
                          CptTime now,
                          GTimeZone *zone)
{
  CptStockViewState *self = g_new0 (CptStockViewState, 1);
  CptStockLook look = get_look (&item->stock, shows_quantity, now);
  CptStockMark mark = cpt_stock_item_get_mark (item, now);

  self->has_stock = item->ref != NULL;
  self->name = g_strdup (item->name);
  self->variant = g_strdup (item->variant);
  self->code = dup_code (item);
  self->code_warns = item->ref == NULL || item->shared;
  self->category = g_strdup (item->category);
  self->price =
      item->price.state == CPT_AMOUNT_KNOWN ? cpt_money_format (item->price) : g_strdup ("");
  self->number = self->has_stock ? dup_number (&item->stock, look, shows_quantity) : g_strdup ("");
  self->number_class = classes[look];
  self->back = self->has_stock ? dup_back (&item->stock, now, zone) : NULL;
  self->mark = dup_mark (item, mark);
  self->mark_class = mark_class (mark);
  self->active = cpt_stock_is_active (&item->stock, now);
  self->spoken = dup_spoken (self, item, look, mark, shows_quantity);
  return self;
}
