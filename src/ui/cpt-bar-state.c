/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the connection bar says, computed without widgets; pure, any thread. */
#include "cpt-bar-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
notice_free (CptBarNotice *notice)
{
  g_free (notice->text);
  g_free (notice);
}

/* @text: (transfer full) */
static void
add_notice (CptBarState *self, const char *css_class, char *text)
{
  CptBarNotice *notice = g_new0 (CptBarNotice, 1);

  notice->text = text;
  notice->css_class = css_class;
  g_ptr_array_add (self->notices, notice);
}

static char *
offline_text (const CptBarInput *input)
{
  g_autofree char *since = NULL;

  if (input->connection->since == CPT_TIME_NONE)
    /* TRANSLATORS: HubRise cannot be reached. */
    return g_strdup (_ ("Offline"));
  since = cpt_time_format_day_clock (input->connection->since, input->now, input->zone);
  /* TRANSLATORS: %s is a time of day, maybe with a day before it. */
  return g_strdup_printf (_ ("Offline since %s"), since);
}

static char *
refused_text (const CptBarInput *input)
{
  g_autofree char *since = NULL;

  if (input->connection->since == CPT_TIME_NONE)
    /* TRANSLATORS: HubRise refuses the connection. */
    return g_strdup (_ ("Refused"));
  since = cpt_time_format_day_clock (input->connection->since, input->now, input->zone);
  /* TRANSLATORS: by HubRise. %s is a time of day, maybe with a day before it. */
  return g_strdup_printf (_ ("Refused since %s"), since);
}

static void
set_state (CptBarState *self, const CptBarInput *input)
{
  switch (input->connection->state)
    {
    case CPT_CONNECTION_ONLINE:
      self->state_class = "state-good";
      self->state = g_strdup (cpt_connection_state_label (CPT_CONNECTION_ONLINE));
      break;
    case CPT_CONNECTION_OFFLINE:
      self->state_class = "state-alarm";
      self->state = offline_text (input);
      break;
    case CPT_CONNECTION_REFUSED:
      self->state_class = "state-alarm";
      self->state = refused_text (input);
      break;
    case CPT_CONNECTION_CONNECTING:
    case CPT_CONNECTION_WAITING_KEYRING:
    case CPT_CONNECTION_UNPROVEN:
      self->state_class = "state-wait";
      self->state = g_strdup (cpt_connection_state_label (input->connection->state));
      break;
    default:
      self->state_class = "state-none";
      self->state = g_strdup (cpt_connection_state_label (input->connection->state));
    }
}

/**
 * cpt_bar_state_format_ago:
 * @at: when HubRise was last contacted, by this computer's clock
 * @zone: (nullable): NULL for UTC
 *
 * Returns: (transfer full): "HubRise contacted 12 s ago"
 */
char *
cpt_bar_state_format_ago (CptTime at, CptTime now, GTimeZone *zone)
{
  gint64 seconds = MAX (now - at, 0) / CPT_SECOND;
  g_autofree char *clock = NULL;

  if (seconds < 60)
    /* TRANSLATORS: s is the unit of seconds. */
    return g_strdup_printf (_ ("HubRise contacted %d s ago"), (int)seconds);
  if (seconds < 3600)
    /* TRANSLATORS: min is the unit of minutes. */
    return g_strdup_printf (_ ("HubRise contacted %d min ago"), (int)(seconds / 60));
  clock = cpt_time_format_day_clock (at, now, zone);
  /* TRANSLATORS: %s is a time of day, maybe with a day before it. */
  return g_strdup_printf (_ ("HubRise last contacted %s"), clock);
}

static void
set_contact (CptBarState *self, const CptBarInput *input)
{
  const CptConnection *connection = input->connection;

  self->contact_is_alarm = input->missed_checks >= CPT_BAR_MISSED_CHECKS;
  if (connection->progress != NULL)
    self->contact = g_strdup (connection->progress);
  else if (!self->is_bound)
    self->contact_is_alarm = FALSE;
  else if (connection->last_success == CPT_TIME_NONE)
    self->contact = g_strdup (_ ("HubRise not contacted yet"));
  else
    self->contact = cpt_bar_state_format_ago (connection->last_success, input->now, input->zone);
}

static void
set_changes (CptBarState *self, const CptEngineCounts *counts)
{
  self->changes_is_alarm = counts->refused > 0;
  if (counts->refused > 0)
    self->changes = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d change refused",
                                                  "%d changes refused", counts->refused),
                                     (int)counts->refused);
  else if (counts->unsent > 0)
    self->changes = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d change waiting",
                                                  "%d changes waiting", counts->unsent),
                                     (int)counts->unsent);
  else if (self->is_bound)
    /* TRANSLATORS: no change waits to be sent to HubRise. */
    self->changes = g_strdup (_ ("Nothing waiting"));
}

/* A reason stands inside a sentence here: without its own full stop. */
static char *
dup_reason (const CptConnection *connection, const char *otherwise)
{
  const char *reason = connection->reason;
  char *text = g_strstrip (g_strdup (reason != NULL && *reason != '\0' ? reason : otherwise));
  gsize length = strlen (text);

  while (length > 0 && text[length - 1] == '.')
    text[--length] = '\0';
  return text;
}

static void
add_connection_notice (CptBarState *self, const CptConnection *connection)
{
  /* TRANSLATORS: HubRise did not say why it refuses. */
  g_autofree char *refusal = dup_reason (connection, _ ("no reason given"));
  g_autofree char *obstacle = dup_reason (connection, _ ("HubRise cannot be reached"));

  if (connection->state == CPT_CONNECTION_REFUSED)
    add_notice (self, "notice-alarm",
                g_strdup_printf (
                    /* TRANSLATORS: %s is what HubRise answered. */
                    _ ("HubRise refuses this till: %s. Orders stay here and nothing is lost; "
                       "connect again once it is settled with HubRise."),
                    refusal));
  else if (connection->state == CPT_CONNECTION_OFFLINE)
    add_notice (self, "notice-alarm",
                g_strdup_printf (
                    /* TRANSLATORS: %s is why HubRise cannot be reached. */
                    _ ("%s. What you do is kept and sent when HubRise answers again; new orders "
                       "may be waiting on the platforms’ tablets."),
                    obstacle));
  else if (connection->reason != NULL && *connection->reason != '\0')
    add_notice (self, "notice-quiet", g_strdup (connection->reason));
}

static void
add_acceptance_notice (CptBarState *self, const CptConnection *connection)
{
  if (g_strcmp0 (connection->order_acceptance, "paused") == 0)
    add_notice (self, "notice-quiet",
                g_strdup (_ ("Orders are paused on HubRise: no new ones come in.")));
  else if (g_strcmp0 (connection->order_acceptance, "busy") == 0)
    add_notice (self, "notice-quiet",
                g_strdup (_ ("HubRise announces longer waits: the shop is set to busy.")));
}

static void
add_lock_notice (CptBarState *self, gint64 holder)
{
  g_autofree char *process = g_strdup_printf ("%" G_GINT64_FORMAT, holder);

  add_notice (self, "notice-alarm",
              g_strdup_printf (
                  /* TRANSLATORS: %s is the number of a process. */
                  _ ("Another Comptoir (process %s) works with this till’s data: this window only "
                     "shows it. Use the other one, or quit it and start again."),
                  process));
}

static void
add_notices (CptBarState *self, const CptBarInput *input)
{
  if (input->trouble != NULL)
    add_notice (self, "notice-alarm", g_strdup (input->trouble));
  if (input->lock_holder != 0)
    add_lock_notice (self, input->lock_holder);
  add_connection_notice (self, input->connection);
  if (!input->sending && self->is_bound)
    add_notice (self, "notice-alarm",
                g_strdup (
                    _ ("Sending is off: HubRise hears nothing of this till, and platforms may "
                       "raise an alarm. Turn it on in the preferences.")));
  if (self->is_bound)
    add_acceptance_notice (self, input->connection);
}

/**
 * cpt_bar_state_new:
 *
 * Returns: (transfer full): what the bar shows for @input
 */
CptBarState *
cpt_bar_state_new (const CptBarInput *input)
{
  CptBarState *self = g_new0 (CptBarState, 1);
  CptConnectionState state = input->connection->state;

  self->notices = g_ptr_array_new_with_free_func ((GDestroyNotify)notice_free);
  self->is_bound = state != CPT_CONNECTION_NONE && input->connection->location_id != NULL;
  self->offers_connect = state == CPT_CONNECTION_NONE || state == CPT_CONNECTION_REFUSED ||
                         (state == CPT_CONNECTION_CONNECTING && !self->is_bound);
  self->offers_again = state == CPT_CONNECTION_REFUSED;
  set_state (self, input);
  set_contact (self, input);
  set_changes (self, &input->counts);
  add_notices (self, input);
  return self;
}

void
cpt_bar_state_free (CptBarState *self)
{
  g_free (self->state);
  g_free (self->contact);
  g_free (self->changes);
  g_ptr_array_unref (self->notices);
  g_free (self);
}
