/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet's customer, delivery, history and the rest. Pure, any thread. */
#include "cpt-order-sheet-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
join (const char *a, const char *b)
{
  if (cpt_sheet_is_set (a) && cpt_sheet_is_set (b))
    return g_strdup_printf ("%s %s", a, b);
  return g_strdup (cpt_sheet_is_set (a) ? a : b);
}

static void
write_address (CptSheet *sheet, const CptOrderCustomer *customer)
{
  g_autofree char *town = join (customer->postal_code, customer->city);
  const char *lines[] = {
    customer->address_1, customer->address_2, town, customer->state, customer->country,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (cpt_sheet_is_set (lines[i]))
      cpt_sheet_add (sheet, CPT_SHEET_TEXT, lines[i], NULL);
}

static void
write_customer (CptSheet *sheet, const CptOrderCustomer *customer)
{
  g_autofree char *name = join (customer->first_name, customer->last_name);
  g_autofree char *place = join (customer->latitude, customer->longitude);

  cpt_sheet_add (sheet, CPT_SHEET_SECTION, _ ("Customer"), NULL);
  if (cpt_sheet_is_set (name))
    cpt_sheet_add (sheet, CPT_SHEET_STRONG, name, NULL);
  if (customer->anonymised)
    cpt_sheet_add (sheet, CPT_SHEET_TEXT, _ ("Personal data was erased"), NULL);
  if (cpt_sheet_is_set (customer->company_name))
    cpt_sheet_add (sheet, CPT_SHEET_TEXT, customer->company_name, NULL);
  cpt_sheet_add_set (sheet, CPT_SHEET_COPY, _ ("Phone"), customer->phone);
  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("Access code"), customer->phone_access_code);
  write_address (sheet, customer);
  cpt_sheet_add_set (sheet, CPT_SHEET_NOTE, NULL, customer->delivery_notes);
  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("E-mail"), customer->email);
  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("Orders so far"), customer->nb_orders);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Position"), place);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Customer id"), customer->id);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Customer list id"), customer->customer_list_id);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Customer's own ref"), customer->private_ref);
}

static gboolean
is_web_address (const char *text)
{
  return text != NULL &&
         (g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "http://"));
}

/* HubRise's own words; another one is the carrier's and stays as it came. */
static const struct
{
  const char *word;
  const char *label;
} delivery_states[] = {
  /* TRANSLATORS: how far a delivery is. */
  { "pending", NC_ ("delivery", "Not started yet") },
  { "pickup_enroute", NC_ ("delivery", "Driver on the way to the shop") },
  { "pickup_approaching", NC_ ("delivery", "Driver close to the shop") },
  { "pickup_waiting", NC_ ("delivery", "Driver waiting at the shop") },
  { "dropoff_enroute", NC_ ("delivery", "On the way to the customer") },
  { "dropoff_approaching", NC_ ("delivery", "Close to the customer") },
  { "dropoff_waiting", NC_ ("delivery", "At the customer’s door") },
  { "delivered", NC_ ("delivery", "Delivered") },
  { "cancelled", NC_ ("delivery", "Cancelled") },
};

static const char *
delivery_label (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (delivery_states); i++)
    if (g_strcmp0 (word, delivery_states[i].word) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "delivery", delivery_states[i].label);
  return word;
}

static void
write_delivery (CptSheet *sheet, const CptOrderDelivery *delivery)
{
  cpt_sheet_add (sheet, CPT_SHEET_SECTION, _ ("Delivery tracking"), NULL);
  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("Carrier"), delivery->carrier);
  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("State"), delivery_label (delivery->status));
  cpt_sheet_add_set (sheet, CPT_SHEET_LINE, _ ("Driver"), delivery->driver_name);
  cpt_sheet_add_set (sheet, CPT_SHEET_COPY, _ ("Driver's phone"), delivery->driver_phone);
  cpt_sheet_add_time (sheet, CPT_SHEET_LINE, _ ("Picked up at"), delivery->estimated_pickup_at);
  cpt_sheet_add_time (sheet, CPT_SHEET_LINE, _ ("Delivered at"), delivery->estimated_dropoff_at);
  cpt_sheet_add_money (sheet, CPT_SHEET_LINE, _ ("Delivery fee"), delivery->fee);
  cpt_sheet_add_set (sheet,
                     is_web_address (delivery->tracking_url) ? CPT_SHEET_LINK : CPT_SHEET_LINE,
                     _ ("Follow the delivery"), delivery->tracking_url);
}

/**
 * cpt_sheet_write_people:
 *
 * Who it is for and who brings it.
 */
void
cpt_sheet_write_people (CptSheet *sheet)
{
  if (sheet->order->customer != NULL)
    write_customer (sheet, sheet->order->customer);
  if (sheet->order->delivery != NULL)
    write_delivery (sheet, sheet->order->delivery);
}

/* What the machine's words of the history mean; %s is an order's status. */
static const struct
{
  const char *what;
  const char *text;
} events[] = {
  /* TRANSLATORS: lines of an order's history; %s is a status such as “Accepted”. */
  { "arrived", NC_ ("history", "Arrived: “%s”") },
  { "pressed", NC_ ("history", "Pressed here: “%s”") },
  { "sent", NC_ ("history", "“%s” is at HubRise") },
  { "refused", NC_ ("history", "HubRise refused “%s”") },
  { "theirs", NC_ ("history", "HubRise says “%s”") },
  { "dropped", NC_ ("history", "“%s” was not sent") },
  { "elsewhere", NC_ ("history", "“%s” was done elsewhere") },
  { "undo", NC_ ("history", "“%s” was undone") },
  { "retry", NC_ ("history", "“%s” is tried again") },
  { "given-up", NC_ ("history", "“%s” was given up") },
  { "local", NC_ ("history", "“%s” stays on this till") },
  { "handled-elsewhere", NC_ ("history", "Handled elsewhere") },
  { "placed", NC_ ("history", "Made at this till") },
  { "corrected", NC_ ("history", "Corrected, to be sent again") },
  { "order-refused", NC_ ("history", "HubRise refused it") },
  { "customer-refused", NC_ ("history", "HubRise refused the customer") },
  { "paid", NC_ ("history", "Payment taken here") },
  { "paid-here", NC_ ("history", "Payment taken here, stays at this till") },
  { "already-paid", NC_ ("history", "Payment not added: already paid elsewhere") },
  { "missing", NC_ ("history", "Missing, pressed here") },
  { "entry-sent", NC_ ("history", "At HubRise") },
  { "entry-refused", NC_ ("history", "HubRise refused") },
  { "entry-dropped", NC_ ("history", "Not sent") },
  { "entry-retry", NC_ ("history", "Tried again") },
  { "entry-given-up", NC_ ("history", "Given up") },
  { "seen", NC_ ("history", "Seen") },
  { "erased", NC_ ("history", "Personal data was erased") },
};

static char *
event_text (const CptHistoryEntry *entry)
{
  const char *status = cpt_order_status_label (entry->status);

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_strcmp0 (entry->what, events[i].what) == 0)
      {
        const char *text = g_dpgettext2 (GETTEXT_PACKAGE, "history", events[i].text);
        const char *gap = strstr (text, "%s");

        if (gap == NULL)
          return g_strdup (text);
        return g_strdup_printf ("%.*s%s%s", (int)(gap - text), text, status, gap + 2);
      }
  return entry->status != CPT_ORDER_UNKNOWN ? g_strdup_printf ("%s: %s", entry->what, status)
                                            : g_strdup (entry->what);
}

/* What was promised with the press of Accept stands there as an instant. */
static char *
entry_words (CptSheet *sheet, const CptHistoryEntry *entry)
{
  CptTime time = CPT_TIME_NONE;

  if (entry->status == CPT_ORDER_ACCEPTED && cpt_time_parse (entry->text, &time))
    return cpt_time_format_day_clock (time, sheet->now, sheet->zone);
  return g_strdup (entry->text);
}

static void
write_entry (CptSheet *sheet, const CptHistoryEntry *entry)
{
  g_autofree char *time = cpt_time_format_day_clock (entry->at, sheet->now, sheet->zone);
  g_autofree char *event = event_text (entry);
  g_autofree char *words = entry_words (sheet, entry);
  g_autoptr (GString) text = g_string_new (event);

  if (cpt_sheet_is_set (words))
    g_string_append_printf (text, " · %s", words);
  if (cpt_sheet_is_set (entry->seller))
    g_string_append_printf (text, " · %s", entry->seller);
  cpt_sheet_add (sheet, CPT_SHEET_SMALL, time, text->str);
}

/**
 * cpt_sheet_write_history:
 *
 * What happened to the order, oldest first.
 */
void
cpt_sheet_write_history (CptSheet *sheet)
{
  cpt_sheet_add (sheet, CPT_SHEET_SECTION, _ ("History"), NULL);
  cpt_sheet_add_time (sheet, CPT_SHEET_SMALL, _ ("Created"), sheet->order->created_at);
  if (sheet->row != NULL)
    cpt_sheet_add_time (sheet, CPT_SHEET_SMALL, _ ("Arrived here"), sheet->row->first_seen_at);
  for (guint i = 0; sheet->history != NULL && i < sheet->history->len; i++)
    write_entry (sheet, sheet->history->pdata[i]);
}

static void
write_fields (CptSheet *sheet, const char *prefix, GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const CptField *field = fields->pdata[i];
      g_autofree char *path = g_strconcat (prefix, field->path, NULL);

      cpt_sheet_add (sheet, CPT_SHEET_SMALL, path, field->text);
    }
}

static void
write_problems (CptSheet *sheet)
{
  if (sheet->order->problems->len == 0)
    return;
  cpt_sheet_add (sheet, CPT_SHEET_SECTION, _ ("Could not be read, as it was received"), NULL);
  write_fields (sheet, "", sheet->order->problems);
}

/**
 * cpt_sheet_write_rest:
 *
 * Ids, origins and whatever has no place above: nothing of the document is left out.
 */
void
cpt_sheet_write_rest (CptSheet *sheet)
{
  const CptOrder *order = sheet->order;

  write_problems (sheet);
  cpt_sheet_add (sheet, CPT_SHEET_SECTION, _ ("Other fields"), NULL);
  cpt_sheet_add_set (sheet, CPT_SHEET_COPY, _ ("HubRise id"), order->id);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Number at the ordering site"), order->ref);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Own ref"), order->private_ref);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Status at HubRise"),
                     order->status != CPT_ORDER_UNKNOWN ? cpt_order_status_label (order->status)
                                                        : order->status_text);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Channel"), order->channel);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Connection"), order->connection_name);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Created by"), order->created_by);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Location id"), order->location_id);
  cpt_sheet_add_set (sheet, CPT_SHEET_SMALL, _ ("Service ref"), order->service_type_ref);
  write_fields (sheet, "custom_fields.", order->custom_fields);
  write_fields (sheet, "", order->others);
}
