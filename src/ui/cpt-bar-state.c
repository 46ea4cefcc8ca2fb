/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the connection bar says, computed without widgets; pure, any thread. */
#include "cpt-bar-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-opening-hours.h"

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

/* Both numbers: what is refused waits for somebody, the rest goes by itself. */
static char *
dup_changes (const CptEngineCounts *counts)
{
  g_autofree char *waiting = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d change waiting",
                                                           "%d changes waiting", counts->unsent),
                                              (int)counts->unsent);
  g_autofree char *refused = NULL;

  if (counts->refused == 0)
    return g_steal_pointer (&waiting);
  if (counts->unsent == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d change refused", "%d changes refused",
                                         counts->refused),
                            (int)counts->refused);
  /* TRANSLATORS: of changes, behind "3 changes waiting". */
  refused =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d refused", "%d refused", counts->refused),
                       (int)counts->refused);
  return g_strdup_printf ("%s · %s", waiting, refused);
}

static void
set_changes (CptBarState *self, const CptEngineCounts *counts)
{
  self->changes_is_alarm = counts->refused > 0;
  if (counts->refused > 0 || counts->unsent > 0)
    self->changes = dup_changes (counts);
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

/* --- Whether orders come in --- */

/* Rounded up: "0 min left" would be over. */
static char *
dup_left (CptTime until, CptTime now)
{
  int minutes = (int)((until - now + CPT_MINUTE - 1) / CPT_MINUTE);

  if (minutes < 60)
    /* TRANSLATORS: how long it still lasts; min is the unit of minutes. */
    return g_strdup_printf (C_ ("left", "%d min"), minutes);
  /* TRANSLATORS: how long it still lasts; 1: hours, 2: minutes. */
  return g_strdup_printf (C_ ("left", "%1$d h %2$02d"), minutes / 60, minutes % 60);
}

static char *
dup_paused (const CptBarInput *input, const char *until, const char *left)
{
  if (until != NULL)
    /* TRANSLATORS: 1: a time of day, 2: "12 min". */
    return g_strdup_printf (_ ("Orders are paused until %1$s, %2$s left"), until, left);
  if (cpt_opening_hours_contain (input->connection->opening_hours, input->now, input->zone))
    return g_strdup (_ ("Orders are paused although the shop is open: no new ones come in"));
  return g_strdup (_ ("Orders are paused until you resume: no new ones come in"));
}

static char *
dup_busy (int minutes, const char *until, const char *left)
{
  if (minutes > 0 && until != NULL)
    /* TRANSLATORS: 1: minutes, 2: a time of day, 3: "12 min". */
    return g_strdup_printf (_ ("Busy: +%1$d min on every order until %2$s, %3$s left"), minutes,
                            until, left);
  if (minutes > 0)
    return g_strdup_printf (_ ("Busy: +%d min on every order until you resume"), minutes);
  if (until != NULL)
    /* TRANSLATORS: 1: a time of day, 2: "12 min". */
    return g_strdup_printf (_ ("Busy: HubRise announces longer waits until %1$s, %2$s left"), until,
                            left);
  return g_strdup (_ ("Busy: HubRise announces longer waits until you resume"));
}

static char *
dup_orders (const CptBarInput *input)
{
  const CptOrdersState *orders = input->orders;
  gboolean ends = orders->resume_at != CPT_TIME_NONE;
  g_autofree char *until =
      ends ? cpt_time_format_day_clock (orders->resume_at, input->now, input->zone) : NULL;
  g_autofree char *left = ends ? dup_left (orders->resume_at, input->now) : NULL;

  if (orders->mode == CPT_ORDERS_PAUSED)
    return dup_paused (input, until, left);
  if (orders->mode == CPT_ORDERS_BUSY)
    return dup_busy (orders->extra_minutes, until, left);
  return g_strdup (_ ("Letting new orders in again"));
}

/* What was said, and how far it has come. */
static char *
dup_marked (const CptOrdersState *orders, const char *text)
{
  g_autofree char *reason =
      orders->reason != NULL ? g_strdup_printf ("%s (%s)", text, orders->reason) : g_strdup (text);

  if (orders->refusal != NULL)
    /* TRANSLATORS: 1: "Orders are paused until 20:30", 2: why HubRise refused that. */
    return g_strdup_printf (_ ("%1$s · HubRise refused: %2$s"), reason, orders->refusal);
  if (orders->unsent)
    /* TRANSLATORS: %s is "Orders are paused until 20:30". */
    return g_strdup_printf (_ ("%s · not sent yet"), reason);
  return g_steal_pointer (&reason);
}

static void
add_acceptance_notice (CptBarState *self, const CptBarInput *input)
{
  const CptOrdersState *orders = input->orders;
  gboolean forgotten = FALSE;
  g_autofree char *text = NULL;
  CptBarNotice *notice = NULL;

  if (orders == NULL || (orders->mode == CPT_ORDERS_OPEN && !orders->unsent))
    return;
  text = dup_orders (input);
  forgotten = orders->mode == CPT_ORDERS_PAUSED && orders->resume_at == CPT_TIME_NONE &&
              cpt_opening_hours_contain (input->connection->opening_hours, input->now, input->zone);
  add_notice (self, forgotten || orders->refusal != NULL ? "notice-alarm" : "notice-pause",
              dup_marked (orders, text));
  notice = g_ptr_array_index (self->notices, self->notices->len - 1);
  if (orders->mode == CPT_ORDERS_OPEN && orders->refusal == NULL)
    return;
  notice->action = "app.resume-orders";
  /* TRANSLATORS: lets orders in again. */
  notice->label = _ ("Resume orders");
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
    add_acceptance_notice (self, input);
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
