/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a support team needs to find this till on HubRise; pure, any thread. */
#include "cpt-support-text.h"

#include <glib/gi18n-lib.h>

static void
add_line (GString *text, const char *what, const char *name, const char *id)
{
  g_string_append_printf (text, "%s: ", what);
  if (name != NULL)
    g_string_append_printf (text, "%s ", name);
  g_string_append_printf (text, "%s\n", id != NULL ? id : "–");
}

/**
 * cpt_support_text_new:
 * @connection: where this till is connected to
 *
 * Returns: (transfer full): ids and names of account, location and catalog and the version; no
 *   token and nothing about a customer
 */
char *
cpt_support_text_new (const CptConnection *connection)
{
  GString *text = g_string_new ("Comptoir " CPT_VERSION "\n");

  /* TRANSLATORS: HubRise's account, before its name and id. */
  add_line (text, _ ("Account"), connection->account_name, connection->account_id);
  add_line (text, _ ("Location"), connection->location_name, connection->location_id);
  add_line (text, _ ("Catalog"), connection->catalog_name, connection->catalog_id);
  return g_string_free (text, FALSE);
}

/**
 * cpt_support_text_address:
 * @connection: where this till is connected to
 *
 * Returns: (transfer full) (nullable): the location's address on one line
 */
char *
cpt_support_text_address (const CptConnection *connection)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *town =
      g_strjoin (" ", connection->postal_code != NULL ? connection->postal_code : "",
                 connection->city != NULL ? connection->city : "", NULL);
  const char *texts[] = { connection->address_1, connection->address_2, g_strstrip (town),
                          connection->country };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      g_ptr_array_add (parts, g_strdup (texts[i]));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **)parts->pdata);
}
