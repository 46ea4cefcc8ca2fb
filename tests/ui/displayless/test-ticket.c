/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fullest order on paper: line by line as words, then as a PDF that pdftotext reads again.
 * Run once in each language. */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "cpt-json.h"
#include "cpt-ticket-painter.h"
#include "cpt-ticket.h"

/* 2026-11-21T19:05:00+01:00 */
#define NOW G_GINT64_CONSTANT (1795284300000)

static gboolean french;

static CptOrder *
load_fullest (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "hubrise", "json", "fullest-order.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  return cpt_json_decode_order (bytes, NULL);
}

static CptOrderRow *
new_row (const CptOrder *order)
{
  CptOrderRow *row = cpt_order_row_new ();

  row->row = 1;
  row->id = g_strdup (order->id);
  row->number = g_strdup (cpt_order_get_number (order));
  row->source = g_strdup (cpt_order_get_source (order));
  row->created_at = order->created_at;
  return row;
}

static CptConnection *
new_shop (void)
{
  CptConnection *shop = cpt_connection_new ();

  shop->location_name = g_strdup ("Pizzeria du Port");
  shop->address_1 = g_strdup ("3 quai Example");
  shop->postal_code = g_strdup ("00002");
  shop->city = g_strdup ("Portville");
  return shop;
}

/* Returns: (transfer full): every line as "text|value" */
static GPtrArray *
write_ticket (const CptOrder *order, CptTicketKind kind, gboolean duplicate, gboolean called_off)
{
  g_autoptr (CptOrderRow) row = new_row (order);
  g_autoptr (CptConnection) shop = new_shop ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  CptTicketInput input = { .kind = kind,
                           .order = order,
                           .row = row,
                           .shop = shop,
                           .duplicate = duplicate,
                           .called_off = called_off,
                           .now = NOW,
                           .zone = zone };

  return cpt_ticket_new (&input);
}

static void
assert_lines (GPtrArray *lines, const char *const *expected)
{
  guint n = g_strv_length ((char **)expected);

  for (guint i = 0; i < lines->len; i++)
    {
      const CptTicketLine *line = lines->pdata[i];
      g_autofree char *text =
          line->style == CPT_TICKET_RULE
              ? g_strdup ("-")
              : g_strconcat (line->text, line->value != NULL ? "|" : NULL, line->value, NULL);

      g_assert_cmpstr (text, ==, i < n ? expected[i] : "nothing more");
    }
  g_assert_cmpuint (lines->len, ==, n);
}

static const char *const kitchen_english[] = {
  "#4711",
  "Deliveroo",
  "Delivery 19:50",
  "Table T7",
  "Ordered 21 Nov 2026 19:02",
  "-",
  "Test Customer",
  "Carrier: Example Riders Example Driver",
  "Picked up at 19:30",
  "No cutlery, please",
  "Regular customer",
  "-",
  "Two pizzas",
  "2 × Margherita, Large",
  "+ 2 × Toppings: Egg",
  "WITHOUT Olives",
  "Well done",
  "1 × Half and half, Medium",
  "+ Side 1: Reine",
  "+ Side 2: Napoli",
  "+ Toppings 1: Capers",
  "+ Toppings 2: Basil",
  "-",
  "1 × Tiramisu",
  "-",
  "4 items in all",
  "-",
  "Served by Counter",
  "Printed 21 Nov 2026 19:05",
  "HubRise 5dpm9-1",
  NULL,
};

static const char *const kitchen_french[] = {
  "#4711",
  "Deliveroo",
  "Livraison 19:50",
  "Table T7",
  "Commandée le 21 nov. 2026 19:02",
  "-",
  "Test Customer",
  "Livreur\u00a0: Example Riders Example Driver",
  "Enlèvement à 19:30",
  "No cutlery, please",
  "Regular customer",
  "-",
  "Two pizzas",
  "2 × Margherita, Large",
  "+ 2 × Toppings\u00a0: Egg",
  "SANS Olives",
  "Well done",
  "1 × Half and half, Medium",
  "+ Side 1\u00a0: Reine",
  "+ Side 2\u00a0: Napoli",
  "+ Toppings 1\u00a0: Capers",
  "+ Toppings 2\u00a0: Basil",
  "-",
  "1 × Tiramisu",
  "-",
  "4 articles en tout",
  "-",
  "Servi par Counter",
  "Imprimé le 21 nov. 2026 19:05",
  "HubRise 5dpm9-1",
  NULL,
};

static const char *const customer_english[] = {
  "Pizzeria du Port",
  "3 quai Example",
  "00002 Portville",
  "-",
  "#4711",
  "Deliveroo",
  "Delivery 19:50",
  "Table T7",
  "Ordered 21 Nov 2026 19:02",
  "-",
  "Test Customer",
  "Example Company",
  "+33199000001",
  "Access code 998877",
  "1 Example Street",
  "Building B",
  "00001 Exampleville",
  "Example State",
  "Second floor",
  "Carrier: Example Riders Example Driver",
  "Picked up at 19:30",
  "No cutlery, please",
  "Regular customer",
  "-",
  "Two pizzas",
  "2 × Margherita, Large|€26.00",
  "+ 2 × Toppings: Egg · €1.00",
  "WITHOUT Olives",
  "Well done",
  "1 × Half and half, Medium|€13.50",
  "+ Side 1: Reine · €1.00",
  "+ Side 2: Napoli · €1.50",
  "+ Toppings 1: Capers · €0.50",
  "+ Toppings 2: Basil · €0.50",
  "-",
  "1 × Tiramisu|€5.90",
  "-",
  "4 items in all",
  "-",
  "Autumn offer|\u2212€3.00",
  "Coupon codes|WELCOME, AUTUMN",
  "Delivery charge|€2.50",
  "Total|€44.90",
  "Meal voucher|€19.00",
  "Card|€20.00",
  "Left to pay|€5.90",
  "-",
  "This document is not an invoice",
  "Served by Counter",
  "Printed 21 Nov 2026 19:05",
  "HubRise 5dpm9-1",
  NULL,
};

static const char *const customer_french[] = {
  "Pizzeria du Port",
  "3 quai Example",
  "00002 Portville",
  "-",
  "#4711",
  "Deliveroo",
  "Livraison 19:50",
  "Table T7",
  "Commandée le 21 nov. 2026 19:02",
  "-",
  "Test Customer",
  "Example Company",
  "+33199000001",
  "Code d’accès 998877",
  "1 Example Street",
  "Building B",
  "00001 Exampleville",
  "Example State",
  "Second floor",
  "Livreur\u00a0: Example Riders Example Driver",
  "Enlèvement à 19:30",
  "No cutlery, please",
  "Regular customer",
  "-",
  "Two pizzas",
  "2 × Margherita, Large|26,00\u00a0€",
  "+ 2 × Toppings\u00a0: Egg · 1,00\u00a0€",
  "SANS Olives",
  "Well done",
  "1 × Half and half, Medium|13,50\u00a0€",
  "+ Side 1\u00a0: Reine · 1,00\u00a0€",
  "+ Side 2\u00a0: Napoli · 1,50\u00a0€",
  "+ Toppings 1\u00a0: Capers · 0,50\u00a0€",
  "+ Toppings 2\u00a0: Basil · 0,50\u00a0€",
  "-",
  "1 × Tiramisu|5,90\u00a0€",
  "-",
  "4 articles en tout",
  "-",
  "Autumn offer|\u22123,00\u00a0€",
  "Codes promo|WELCOME, AUTUMN",
  "Delivery charge|2,50\u00a0€",
  "Total|44,90\u00a0€",
  "Meal voucher|19,00\u00a0€",
  "Card|20,00\u00a0€",
  "Reste à payer|5,90\u00a0€",
  "-",
  "Ce document n’est pas une facture",
  "Servi par Counter",
  "Imprimé le 21 nov. 2026 19:05",
  "HubRise 5dpm9-1",
  NULL,
};

static const char *const *
expected (CptTicketKind kind)
{
  if (kind == CPT_TICKET_KITCHEN)
    return french ? kitchen_french : kitchen_english;
  return french ? customer_french : customer_english;
}

static void
test_lines (gconstpointer data)
{
  CptTicketKind kind = (CptTicketKind)GPOINTER_TO_INT (data);
  g_autoptr (CptOrder) order = load_fullest ();
  g_autoptr (GPtrArray) lines = write_ticket (order, kind, FALSE, FALSE);

  assert_lines (lines, expected (kind));
}

static const char *
first_line (GPtrArray *lines)
{
  const CptTicketLine *line = lines->pdata[0];

  g_assert_cmpint (line->style, ==, CPT_TICKET_BANNER);
  return line->text;
}

static void
test_banners (void)
{
  g_autoptr (CptOrder) order = load_fullest ();
  g_autoptr (GPtrArray) again = write_ticket (order, CPT_TICKET_KITCHEN, TRUE, FALSE);
  g_autoptr (GPtrArray) off = write_ticket (order, CPT_TICKET_KITCHEN, TRUE, TRUE);

  g_assert_cmpstr (first_line (again), ==, french ? "DUPLICATA" : "DUPLICATE");
  g_assert_cmpstr (first_line (off), ==, french ? "ANNULÉE" : "CANCELLED");
}

static const char *
value_of (GPtrArray *lines, const char *text)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const CptTicketLine *line = lines->pdata[i];

      if (g_strcmp0 (line->text, text) == 0)
        return line->value != NULL ? line->value : "";
    }
  return NULL;
}

static CptOutboxEntry *
new_payment (gint64 cents, CptStepState state)
{
  CptOutboxEntry *entry = cpt_outbox_entry_new (CPT_OUTBOX_PAYMENT, 1, NULL);

  entry->private_ref = g_strdup ("ours");
  entry->name = g_strdup ("Cash");
  entry->amount = cpt_money (cents, "EUR");
  entry->state = state;
  return entry;
}

static GPtrArray *
write_with (const CptOrder *order, CptTicketKind kind, CptOutboxEntry *entry)
{
  g_autoptr (CptOrderRow) row = new_row (order);
  g_autoptr (CptConnection) shop = new_shop ();
  g_autoptr (GPtrArray) outbox =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_outbox_entry_unref);
  CptTicketInput input = {
    .kind = kind, .order = order, .row = row, .outbox = outbox, .shop = shop, .now = NOW
  };

  g_ptr_array_add (outbox, entry);
  return cpt_ticket_new (&input);
}

/* The receipt of a payment prints as it is taken, before HubRise has it; where nothing is sent
 * HubRise never has it. */
static void
test_own_payment (gconstpointer data)
{
  CptStepState state = (CptStepState)GPOINTER_TO_INT (data);
  g_autoptr (CptOrder) order = load_fullest ();
  g_autoptr (GPtrArray) lines = write_with (order, CPT_TICKET_CUSTOMER, new_payment (590, state));

  g_assert_cmpstr (value_of (lines, "Cash"), ==, french ? "5,90\u00a0€" : "€5.90");
  g_assert_null (value_of (lines, french ? "Reste à payer" : "Left to pay"));
  g_assert_nonnull (value_of (lines, french ? "PAYÉE" : "PAID"));
}

/* As on the screen it does not count until somebody has decided what becomes of it. */
static void
test_refused_payment (void)
{
  g_autoptr (CptOrder) order = load_fullest ();
  g_autoptr (GPtrArray) lines =
      write_with (order, CPT_TICKET_CUSTOMER, new_payment (590, CPT_STEP_REFUSED));

  g_assert_null (value_of (lines, "Cash"));
  g_assert_nonnull (value_of (lines, french ? "Reste à payer" : "Left to pay"));
}

/* The kitchen works to the time that was promised, whether HubRise has it or not. */
static void
test_promised (void)
{
  g_autoptr (CptOrder) order = load_fullest ();
  g_autoptr (CptOrderRow) row = new_row (order);
  g_autoptr (CptConnection) shop = new_shop ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Paris");
  CptTicketInput input = {
    .kind = CPT_TICKET_KITCHEN, .order = order, .row = row, .shop = shop, .now = NOW, .zone = zone
  };
  g_autoptr (GPtrArray) lines = NULL;

  row->promised_time = NOW + CPT_HOUR;
  lines = cpt_ticket_new (&input);
  g_assert_cmpstr (((CptTicketLine *)lines->pdata[2])->text, ==,
                   french ? "Livraison 20:05" : "Delivery 20:05");
}

/* What was marked missing is neither cooked nor paid for. */
static void
test_own_missing (gconstpointer data)
{
  CptTicketKind kind = (CptTicketKind)GPOINTER_TO_INT (data);
  g_autoptr (CptOrder) order = load_fullest ();
  CptOutboxEntry *entry = cpt_outbox_entry_new (CPT_OUTBOX_DELETION, 1, NULL);
  const CptOrderItem *item = order->items->pdata[order->items->len - 1];
  g_autoptr (GPtrArray) lines = NULL;

  g_assert_cmpstr (item->product_name, ==, "Tiramisu");
  entry->element = g_strdup (item->id);
  entry->state = CPT_STEP_WAITING;
  lines = write_with (order, kind, entry);
  g_assert_null (value_of (lines, "1 × Tiramisu"));
  g_assert_nonnull (value_of (lines, french ? "3 articles en tout" : "3 items in all"));
  if (kind == CPT_TICKET_CUSTOMER)
    g_assert_nonnull (value_of (lines, french ? "PAYÉE" : "PAID"));
}

/* What nobody could understand is printed as it came. */
static void
test_raw (void)
{
  g_autoptr (GBytes) document = g_bytes_new_static ("{\"a\":\xff}", 7);
  g_autoptr (CptOrder) order = cpt_order_new_raw ("id1", "No status", document);
  g_autoptr (CptOrderRow) row = cpt_order_row_new ();
  g_autoptr (CptConnection) shop = new_shop ();
  CptTicketInput input = {
    .kind = CPT_TICKET_KITCHEN, .order = order, .row = row, .shop = shop, .now = NOW
  };
  g_autoptr (GPtrArray) lines = NULL;
  gboolean found = FALSE;

  row->number = g_strdup ("77");
  lines = cpt_ticket_new (&input);
  for (guint i = 0; i < lines->len; i++)
    found = found || g_strcmp0 (((CptTicketLine *)lines->pdata[i])->text, "{\"a\":\ufffd}") == 0;
  g_assert_true (found);
}

/* --- As a PDF --- */

static char *
run_poppler (const char *tool, const char *option, const char *pdf)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, tool, option, pdf, "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return text;
}

/* Words as they come, so that a line wrapped on paper compares with one that is not. */
static char *
squeeze (const char *text)
{
  g_autoptr (GString) squeezed = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      g_string_append_unichar (squeezed, g_utf8_get_char (c));
  return g_string_free (g_steal_pointer (&squeezed), FALSE);
}

static void
assert_holds (const char *paper, const char *text)
{
  g_autofree char *wanted = text != NULL ? squeeze (text) : NULL;

  if (wanted != NULL && strstr (paper, wanted) == NULL)
    g_error ("not on paper: %s", text);
}

static double
attribute (const char *word, const char *name)
{
  g_autofree char *key = g_strconcat (name, "=\"", NULL);
  const char *at = strstr (word, key);

  g_assert_nonnull (at);
  return g_ascii_strtod (at + strlen (key), NULL);
}

/* Every word pdftotext finds stands in the 72 mm a ticket printer reaches. */
static void
assert_in_box (const char *pdf)
{
  g_autofree char *words = run_poppler ("pdftotext", "-bbox", pdf);
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);
  guint n = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      if (strstr (*line, "<page ") != NULL)
        g_assert_cmpfloat_with_epsilon (attribute (*line, "width"), CPT_TICKET_PAPER, 0.01);
      if (strstr (*line, "<word ") == NULL)
        continue;
      n++;
      g_assert_cmpfloat (attribute (*line, "xMin"), >=, CPT_TICKET_MARGIN);
      g_assert_cmpfloat (attribute (*line, "xMax"), <=, CPT_TICKET_MARGIN + CPT_TICKET_WIDTH);
    }
  g_assert_cmpuint (n, >, 30);
}

static char *
paint (GPtrArray *lines, CptTicketKind kind)
{
  g_autoptr (CptTicketPainter) painter = cpt_ticket_painter_new (lines, kind);
  g_autoptr (GError) error = NULL;
  const char *keep = g_getenv ("COMPTOIR_KEEP_TICKETS");
  char *pdf =
      keep != NULL
          ? g_strdup_printf ("%s/ticket-%s-%d.pdf", keep, french ? "fr" : "en", kind)
          : g_strdup_printf ("%s/comptoir-test-ticket-%d.pdf", g_get_tmp_dir (), (int)getpid ());

  g_assert_true (cpt_ticket_painter_write_pdf (painter, pdf, &error));
  g_assert_no_error (error);
  return pdf;
}

static void
assert_painted (GPtrArray *lines, CptTicketKind kind)
{
  g_autofree char *pdf = paint (lines, kind);
  g_autofree char *text = run_poppler ("pdftotext", "-raw", pdf);
  g_autofree char *paper = squeeze (text);

  for (guint i = 0; i < lines->len; i++)
    {
      const CptTicketLine *line = lines->pdata[i];

      assert_holds (paper, line->text);
      assert_holds (paper, line->value);
    }
  assert_in_box (pdf);
  if (g_getenv ("COMPTOIR_KEEP_TICKETS") == NULL)
    g_remove (pdf);
}

static void
test_pdf (gconstpointer data)
{
  CptTicketKind kind = (CptTicketKind)GPOINTER_TO_INT (data);
  g_autoptr (CptOrder) order = load_fullest ();
  g_autoptr (GPtrArray) lines = write_ticket (order, kind, TRUE, FALSE);

  assert_painted (lines, kind);
}

/* Names without an end, words without a gap, amounts of a bank: still inside. */
static void
test_long_names (void)
{
  g_autoptr (CptOrder) order = load_fullest ();
  CptOrderItem *item = order->items->pdata[0];

  g_free (item->product_name);
  item->product_name = g_strdup ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter"
                                 "beamtengesellschaftspizza with everything there is in the house "
                                 "and something more from the market next door");
  item->subtotal = cpt_money (G_GINT64_CONSTANT (123456789012345), "EUR");
  for (int kind = 0; kind < CPT_TICKET_KINDS; kind++)
    {
      g_autoptr (GPtrArray) lines = write_ticket (order, (CptTicketKind)kind, FALSE, FALSE);

      assert_painted (lines, (CptTicketKind)kind);
    }
}

/* Short paper takes several pages, and each line stands on one. */
static void
test_pages (void)
{
  g_autoptr (CptOrder) order = load_fullest ();
  g_autoptr (GPtrArray) lines = write_ticket (order, CPT_TICKET_CUSTOMER, FALSE, FALSE);
  g_autoptr (CptTicketPainter) painter = cpt_ticket_painter_new (lines, CPT_TICKET_CUSTOMER);
  double height = cpt_ticket_painter_get_height (painter);

  g_assert_cmpuint (cpt_ticket_painter_paginate (painter, height), ==, 1);
  g_assert_cmpuint (cpt_ticket_painter_paginate (painter, height - 1), ==, 2);
  g_assert_cmpuint (cpt_ticket_painter_paginate (painter, height / 4), >=, 4);
}

static void
add_tests (void)
{
  static const char *const names[CPT_TICKET_KINDS] = { "kitchen", "customer" };

  for (int kind = 0; kind < CPT_TICKET_KINDS; kind++)
    {
      g_autofree char *lines = g_strdup_printf ("/ui/ticket/lines/%s", names[kind]);
      g_autofree char *pdf = g_strdup_printf ("/ui/ticket/pdf/%s", names[kind]);
      g_autofree char *missing = g_strdup_printf ("/ui/ticket/own-missing/%s", names[kind]);

      g_test_add_data_func (lines, GINT_TO_POINTER (kind), test_lines);
      g_test_add_data_func (pdf, GINT_TO_POINTER (kind), test_pdf);
      g_test_add_data_func (missing, GINT_TO_POINTER (kind), test_own_missing);
    }
  g_test_add_func ("/ui/ticket/banners", test_banners);
  g_test_add_func ("/ui/ticket/raw", test_raw);
  g_test_add_data_func ("/ui/ticket/own-payment/waiting", GINT_TO_POINTER (CPT_STEP_WAITING),
                        test_own_payment);
  g_test_add_data_func ("/ui/ticket/own-payment/local", GINT_TO_POINTER (CPT_STEP_LOCAL),
                        test_own_payment);
  g_test_add_func ("/ui/ticket/refused-payment", test_refused_payment);
  g_test_add_func ("/ui/ticket/promised", test_promised);
  g_test_add_func ("/ui/ticket/long-names", test_long_names);
  g_test_add_func ("/ui/ticket/pages", test_pages);
}

int
main (int argc, char *argv[])
{
  french = g_strcmp0 (g_getenv ("LANGUAGE"), "fr") == 0;
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("COMPTOIR_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_test_init (&argc, &argv, NULL);
  add_tests ();
  return g_test_run ();
}
