/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number that keeps curious hands off the preferences. It does not protect from who can read the
 * settings and has time: a PIN is short. Pure, any thread. */
#include "cpt-pin.h"

#include <string.h>

/* About 20 ms on an old PC: trying all of four digits from the stored text takes minutes then. */
#define ROUNDS 20000

static char *
hash (const char *salt, const char *pin)
{
  char *digest =
      g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *)salt, strlen (salt), pin, -1);

  for (int i = 0; i < ROUNDS; i++)
    {
      char *next = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *)digest,
                                              strlen (digest), pin, -1);

      g_free (digest);
      digest = next;
    }
  return digest;
}

/**
 * cpt_pin_hash:
 * @pin: as typed
 *
 * Returns: (transfer full): what to store: a salt of its own and the hash; "" for an empty PIN,
 *   which is none
 */
char *
cpt_pin_hash (const char *pin)
{
  g_autofree char *salt = NULL;
  g_autofree char *digest = NULL;

  if (*pin == '\0')
    return g_strdup ("");
  salt = g_uuid_string_random ();
  digest = hash (salt, pin);
  return g_strdup_printf ("%s$%s", salt, digest);
}

/**
 * cpt_pin_matches:
 * @stored: from cpt_pin_hash(); "" lets anything pass
 */
gboolean
cpt_pin_matches (const char *stored, const char *pin)
{
  g_auto (GStrv) parts = g_strsplit (stored, "$", 2);
  g_autofree char *digest = NULL;

  if (*stored == '\0')
    return TRUE;
  if (parts[0] == NULL || parts[1] == NULL)
    return FALSE;
  digest = hash (parts[0], pin);
  return g_str_equal (digest, parts[1]);
}
