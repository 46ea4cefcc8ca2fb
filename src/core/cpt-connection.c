/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this till is bound to and how the line to HubRise stands. Immutable once handed on, any
 * thread. */
#include "cpt-connection.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (CptConnection, cpt_connection, cpt_connection_ref, cpt_connection_unref)

/* Every text of the structure: copying and freeing must not forget the same field twice. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (CptConnection, reason),
  G_STRUCT_OFFSET (CptConnection, progress),
  G_STRUCT_OFFSET (CptConnection, api_root),
  G_STRUCT_OFFSET (CptConnection, account_id),
  G_STRUCT_OFFSET (CptConnection, account_name),
  G_STRUCT_OFFSET (CptConnection, currency),
  G_STRUCT_OFFSET (CptConnection, location_id),
  G_STRUCT_OFFSET (CptConnection, location_name),
  G_STRUCT_OFFSET (CptConnection, catalog_id),
  G_STRUCT_OFFSET (CptConnection, catalog_name),
  G_STRUCT_OFFSET (CptConnection, customer_list_id),
  G_STRUCT_OFFSET (CptConnection, customer_list_name),
  G_STRUCT_OFFSET (CptConnection, address_1),
  G_STRUCT_OFFSET (CptConnection, address_2),
  G_STRUCT_OFFSET (CptConnection, postal_code),
  G_STRUCT_OFFSET (CptConnection, city),
  G_STRUCT_OFFSET (CptConnection, country),
  G_STRUCT_OFFSET (CptConnection, time_zone),
  G_STRUCT_OFFSET (CptConnection, cutoff_time),
  G_STRUCT_OFFSET (CptConnection, opening_hours),
  G_STRUCT_OFFSET (CptConnection, order_acceptance),
  G_STRUCT_OFFSET (CptConnection, acceptance_reason),
  G_STRUCT_OFFSET (CptConnection, last_failure_reason),
  G_STRUCT_OFFSET (CptConnection, token_place),
  G_STRUCT_OFFSET (CptConnection, key_mark),
};

/**
 * cpt_connection_new:
 *
 * Returns: (transfer full): a till that is bound to nothing, to be filled before it is shared
 */
CptConnection *
cpt_connection_new (void)
{
  CptConnection *self = g_new0 (CptConnection, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->since = CPT_TIME_NONE;
  self->acceptance_resume_at = CPT_TIME_NONE;
  self->connected_since = CPT_TIME_NONE;
  self->last_success = CPT_TIME_NONE;
  self->last_failure = CPT_TIME_NONE;
  return self;
}

/**
 * cpt_connection_copy:
 *
 * Returns: (transfer full): a connection of its own with the same content, to be changed before
 *   it is shared
 */
CptConnection *
cpt_connection_copy (const CptConnection *self)
{
  CptConnection *copy = g_memdup2 (self, sizeof *self);

  g_atomic_ref_count_init (&copy->ref_count);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char **text = G_STRUCT_MEMBER_P (copy, texts[i]);

      *text = g_strdup (*text);
    }
  return copy;
}

CptConnection *
cpt_connection_ref (CptConnection *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cpt_connection_unref (CptConnection *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, texts[i]));
  g_free (self);
}

/**
 * cpt_connection_dup_zone:
 *
 * Returns: (transfer full): the location's time zone; UTC when it has none or one this system
 *   does not know
 */
GTimeZone *
cpt_connection_dup_zone (const CptConnection *self)
{
  GTimeZone *zone = NULL;

  if (self->time_zone != NULL && self->time_zone[0] != '\0')
    zone = g_time_zone_new_identifier (self->time_zone);
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/**
 * cpt_connection_state_label:
 *
 * Returns: (transfer none): the state for people, translated
 */
const char *
cpt_connection_state_label (CptConnectionState state)
{
  switch (state)
    {
    case CPT_CONNECTION_NONE:
      return _ ("Not connected");
    case CPT_CONNECTION_CONNECTING:
      /* TRANSLATORS: to HubRise. */
      return _ ("Connecting…");
    case CPT_CONNECTION_WAITING_KEYRING:
      return _ ("Waiting for the keyring");
    case CPT_CONNECTION_UNPROVEN:
      return _ ("Not yet checked since the start");
    case CPT_CONNECTION_ONLINE:
      /* TRANSLATORS: to HubRise. */
      return _ ("Connected");
    case CPT_CONNECTION_OFFLINE:
      return _ ("HubRise cannot be reached");
    case CPT_CONNECTION_REFUSED:
      return _ ("HubRise refuses the connection");
    default:
      /* TRANSLATORS: the state of the connection to HubRise. */
      return _ ("Unknown");
    }
}
