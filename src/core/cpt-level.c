/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wanted and known: what this till wants HubRise to hold against what HubRise last confirmed.
 * A value leaves only when the two differ, and a lost reply counts as a difference; pure, any
 * thread. */
#include "cpt-level.h"

static void
forget_theirs (CptLevel *self)
{
  g_clear_pointer (&self->theirs, g_free);
  self->has_theirs = FALSE;
}

static void
set_known (CptLevel *self, const char *value)
{
  g_autofree char *copy = g_strdup (value);

  g_free (self->known);
  self->known = g_steal_pointer (&copy);
  self->known_is_unknown = FALSE;
  forget_theirs (self);
}

/**
 * cpt_level_clear:
 *
 * Frees the texts and leaves a level that is wanted absent and known absent.
 */
void
cpt_level_clear (CptLevel *self)
{
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->known, g_free);
  self->known_is_unknown = FALSE;
  forget_theirs (self);
}

/**
 * cpt_level_must_send:
 *
 * Theirs plays no part: what another wrote is shown, never overwritten by itself.
 *
 * Returns: whether HubRise has to be told
 */
gboolean
cpt_level_must_send (const CptLevel *self)
{
  return self->known_is_unknown || g_strcmp0 (self->wanted, self->known) != 0;
}

/**
 * cpt_level_want:
 * @value: (nullable): NULL for "nothing there"
 *
 * The till's own wish. Wanting what another already wrote settles the difference.
 */
void
cpt_level_want (CptLevel *self, const char *value)
{
  g_autofree char *copy = g_strdup (value);

  g_free (self->wanted);
  self->wanted = g_steal_pointer (&copy);
  if (self->has_theirs && g_strcmp0 (self->wanted, self->theirs) == 0)
    forget_theirs (self);
}

/**
 * cpt_level_leave:
 *
 * To be stored before the request leaves: from here on HubRise may hold the old value or the
 * new one. Also says "ours shall hold" after a comparison, because unknown is always sent.
 */
void
cpt_level_leave (CptLevel *self)
{
  g_clear_pointer (&self->known, g_free);
  self->known_is_unknown = TRUE;
}

/**
 * cpt_level_confirm:
 * @value: (nullable): what the reply to our own request says HubRise now holds
 *
 * What another had written is gone with it.
 */
void
cpt_level_confirm (CptLevel *self, const char *value)
{
  set_known (self, value);
}

/**
 * cpt_level_read:
 * @value: (nullable): what a read or an event says HubRise holds
 *
 * Only where known was unknown does a read settle it. Everything else is another's doing: it
 * goes to theirs, or settles theirs when HubRise is back at what we know or already at what we
 * want.
 */
void
cpt_level_read (CptLevel *self, const char *value)
{
  g_autofree char *copy = NULL;

  if (self->known_is_unknown)
    {
      set_known (self, value);
      return;
    }

  copy = g_strdup (value);
  forget_theirs (self);
  if (g_strcmp0 (copy, self->known) == 0 || g_strcmp0 (copy, self->wanted) == 0)
    return;
  self->theirs = g_steal_pointer (&copy);
  self->has_theirs = TRUE;
}
