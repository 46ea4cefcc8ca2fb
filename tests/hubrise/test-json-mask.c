/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the log may show of a document. */
#include "cpt-json.h"

#include <string.h>

#include "cpt-test-json.h"

static char *
mask (const char *text)
{
  g_autoptr (GBytes) body = cpt_test_json_bytes (text);
  return cpt_json_mask (body);
}

/* What stands in the fullest order of persons. */
static const char *const personal[] = { "customer@example.com",
                                        "Test",
                                        "Customer\"",
                                        "Example Company",
                                        "+331990",
                                        "998877",
                                        "Example Street",
                                        "Building B",
                                        "00001",
                                        "Exampleville",
                                        "Example State",
                                        "48.5",
                                        "2.25",
                                        "Second floor",
                                        "LOYAL-1",
                                        "31.5",
                                        "nuts\":true",
                                        "Example Driver",
                                        "track/1",
                                        "No cutlery",
                                        "Regular customer",
                                        "Well done",
                                        "778899",
                                        "T-5",
                                        "Counter" };

static void
assert_none (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (personal); i++)
    if (strstr (text, personal[i]) != NULL)
      g_error ("Shown: %s in %s", personal[i], text);
}

static void
test_fullest_order (void)
{
  static const char *const shown[] = { "5dpm9-1",
                                       "W-1042",
                                       "Deliveroo",
                                       "Margherita",
                                       "\"11.00 EUR\"",
                                       "\"cu-1\"",
                                       "\"FR\"",
                                       "\"nb_orders\":12",
                                       "T7",
                                       "E-9",
                                       "12345678901234567890",
                                       "\"rate\":1.10",
                                       "WELCOME",
                                       "\"deleted\":false",
                                       "\"anonymised\":false",
                                       "Example Riders" };
  g_autoptr (GBytes) body = cpt_test_json_read ("fullest-order.json");
  g_autofree char *masked = cpt_json_mask (body);

  assert_none (masked);
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    if (strstr (masked, shown[i]) == NULL)
      g_error ("Hidden: %s in %s", shown[i], masked);
}

static void
test_anywhere (void)
{
  g_autofree char *masked =
      mask ("{\"errors\":[{\"message\":\"write to a.b@example.com or +33 1 99 00 00 03 now\"}],"
            "\"customer\":\"Somebody\",\"token\":\"abc\",\"access_token\":[\"abc\"],"
            "\"time\":\"2026-11-21T19:02:11+01:00\",\"phone\":33199000003,\"email\":\"\","
            "\"code\":null}");

  g_assert_cmpstr (masked, ==,
                   "{\"errors\":[{\"message\":\"write to ••• or •••now\"}],"
                   "\"customer\":\"•••\",\"token\":\"•••\",\"access_token\":[\"•••\"],"
                   "\"time\":\"2026-11-21T19:02:11+01:00\",\"phone\":\"•••\",\"email\":\"\","
                   "\"code\":null}");
}

/* A customer of a list, who stands in no order; a place that is nobody's stays. */
static void
test_list_of_customers (void)
{
  g_autofree char *customers =
      mask ("[{\"id\":\"cu-1\",\"first_name\":\"Test\",\"postal_code\":\"00001\","
            "\"city\":\"Exampleville\",\"state\":null,\"custom_fields\":{\"nuts\":\"yes\"}},"
            "{\"id\":\"cu-2\",\"email\":null,\"city\":\"Exampleville\",\"nb_orders\":2}]");
  g_autofree char *location = mask ("{\"id\":\"lo-1\",\"name\":\"Pizza\",\"address\":\"Rue 1\","
                                    "\"postal_code\":\"00001\",\"city\":\"Exampleville\"}");

  g_assert_cmpstr (customers, ==,
                   "[{\"id\":\"cu-1\",\"first_name\":\"•••\",\"postal_code\":\"•••\","
                   "\"city\":\"•••\",\"state\":null,\"custom_fields\":{\"nuts\":\"•••\"}},"
                   "{\"id\":\"cu-2\",\"email\":null,\"city\":\"•••\",\"nb_orders\":2}]");
  g_assert_nonnull (strstr (location, "\"city\":\"Exampleville\""));
}

static void
test_not_json (void)
{
  g_autofree char *empty = mask ("");
  g_autofree char *page = mask ("<html>abc@example.com</html>");
  g_autofree char *form = mask ("token=abc");

  g_assert_cmpstr (empty, ==, "");
  g_assert_null (strstr (page, "abc"));
  g_assert_nonnull (strstr (page, "28"));
  g_assert_null (strstr (form, "abc"));
}

static void
test_size (void)
{
  for (gsize size = 16 * 1024 - 8; size < 16 * 1024 + 8; size++)
    {
      GString *text = g_string_new ("[\"");
      g_autofree char *masked = NULL;

      while (text->len + 3 <= size)
        g_string_append (text, "é");
      g_string_append (text, "\"]");
      masked = mask (text->str);
      g_string_free (text, TRUE);
      g_assert_cmpuint (strlen (masked), <=, 16 * 1024);
      g_assert_true (g_utf8_validate (masked, -1, NULL));
    }
}

/* A long text of a name that is not hidden must not carry the log away. */
static void
test_large (void)
{
  g_autofree char *long_text = g_strnfill (500 * 1000, 'x');
  g_autofree char *huge_text = g_strnfill (2000 * 1000, 'x');
  g_autofree char *long_json = g_strdup_printf ("{\"ref\":\"%s\"}", long_text);
  g_autofree char *huge_json = g_strdup_printf ("{\"ref\":\"%s\"}", huge_text);
  g_autofree char *masked = mask (long_json);
  g_autofree char *described = mask (huge_json);

  g_assert_cmpuint (strlen (masked), <=, 16 * 1024);
  g_assert_true (g_str_has_prefix (masked, "{\"ref\":\"xxx"));
  g_assert_cmpuint (strlen (described), <, 100);
}

/* For the books: what was sold and paid, and nobody's name. */
static void
test_erase (void)
{
  g_autoptr (GBytes) body = cpt_test_json_read ("fullest-order.json");
  g_autoptr (GBytes) kept = cpt_json_erase (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept));
  g_autoptr (CptOrder) before = cpt_json_decode_order (body, NULL);
  g_autoptr (CptOrder) after = cpt_json_decode_order (kept, NULL);
  CptOrderBalance balance_before = { 0 };
  CptOrderBalance balance_after = { 0 };

  assert_none (text);
  g_assert_null (strstr (text, "cu-1"));
  g_assert_null (strstr (text, "•"));
  g_assert_null (after->raw_reason);
  g_assert_cmpstr (after->id, ==, before->id);
  g_assert_cmpint (after->status, ==, before->status);
  g_assert_cmpint (after->created_at, ==, before->created_at);
  g_assert_cmpuint (after->items->len, ==, before->items->len);
  g_assert_cmpuint (after->payments->len, ==, before->payments->len);
  cpt_order_get_balance (before, &balance_before);
  cpt_order_get_balance (after, &balance_after);
  g_assert_cmpmem (&balance_after, sizeof balance_after, &balance_before, sizeof balance_before);
}

static void
test_erase_nothing (void)
{
  g_autoptr (GBytes) list = cpt_test_json_bytes ("[1]");
  g_autoptr (GBytes) page = cpt_test_json_bytes ("<html>");

  g_assert_null (cpt_json_erase (list));
  g_assert_null (cpt_json_erase (page));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/mask/fullest-order", test_fullest_order);
  g_test_add_func ("/json/mask/anywhere", test_anywhere);
  g_test_add_func ("/json/mask/list-of-customers", test_list_of_customers);
  g_test_add_func ("/json/mask/not-json", test_not_json);
  g_test_add_func ("/json/mask/size", test_size);
  g_test_add_func ("/json/mask/large", test_large);
  g_test_add_func ("/json/erase/fullest-order", test_erase);
  g_test_add_func ("/json/erase/nothing", test_erase_nothing);
  return g_test_run ();
}
