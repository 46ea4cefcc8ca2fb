/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the connection bar says for every state of the connection. */
#include "cpt-bar-state.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1789003600) * CPT_SECOND) /* 2026-09-10 01:26:40 UTC */

static CptConnection *
new_bound (CptConnectionState state)
{
  CptConnection *connection = cpt_connection_new ();

  connection->state = state;
  connection->binding = 1;
  connection->location_id = g_strdup ("3r4s3-1");
  connection->location_name = g_strdup ("Paris");
  connection->last_success = NOW - 12 * CPT_SECOND;
  return connection;
}

/* What a test wants of the orders; open where it says nothing. */
static CptOrdersState orders = { .resume_at = CPT_TIME_NONE };

static CptBarState *
compute (const CptConnection *connection, gint64 unsent, gint64 refused, int missed)
{
  CptBarInput input = {
    .connection = connection,
    .counts = { .unsent = unsent, .refused = refused },
    .now = NOW,
    .missed_checks = missed,
    .sending = TRUE,
    .orders = &orders,
  };

  return cpt_bar_state_new (&input);
}

static const char *
notice (const CptBarState *state, guint i)
{
  g_assert_cmpuint (i, <, state->notices->len);
  return ((CptBarNotice *)g_ptr_array_index (state->notices, i))->text;
}

static const char *
notice_class (const CptBarState *state, guint i)
{
  g_assert_cmpuint (i, <, state->notices->len);
  return ((CptBarNotice *)g_ptr_array_index (state->notices, i))->css_class;
}

static const struct
{
  CptConnectionState state;
  CptTime since;
  const char *text;
  const char *css_class;
  gboolean is_bound, offers_connect, offers_again;
} states[] = {
  { CPT_CONNECTION_NONE, CPT_TIME_NONE, "Not connected", "state-none", FALSE, TRUE, FALSE },
  { CPT_CONNECTION_CONNECTING, CPT_TIME_NONE, "Connecting…", "state-wait", TRUE, FALSE, FALSE },
  { CPT_CONNECTION_WAITING_KEYRING, CPT_TIME_NONE, "Waiting for the keyring", "state-wait", TRUE,
    FALSE, FALSE },
  { CPT_CONNECTION_UNPROVEN, CPT_TIME_NONE, "Not yet checked since the start", "state-wait", TRUE,
    FALSE, FALSE },
  { CPT_CONNECTION_ONLINE, CPT_TIME_NONE, "Connected", "state-good", TRUE, FALSE, FALSE },
  { CPT_CONNECTION_OFFLINE, NOW - CPT_HOUR, "Offline since 00:26", "state-alarm", TRUE, FALSE,
    FALSE },
  { CPT_CONNECTION_OFFLINE, CPT_TIME_NONE, "Offline", "state-alarm", TRUE, FALSE, FALSE },
  { CPT_CONNECTION_REFUSED, NOW - 2 * CPT_HOUR, "Refused since yesterday 23:26", "state-alarm",
    TRUE, TRUE, TRUE },
  { CPT_CONNECTION_REFUSED, CPT_TIME_NONE, "Refused", "state-alarm", TRUE, TRUE, TRUE },
};

static void
test_states (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (CptConnection) connection = new_bound (states[i].state);
      g_autoptr (CptBarState) state = NULL;

      connection->since = states[i].since;
      state = compute (connection, 0, 0, 0);
      g_assert_cmpstr (state->state, ==, states[i].text);
      g_assert_cmpstr (state->state_class, ==, states[i].css_class);
      g_assert_cmpint (state->is_bound, ==, states[i].is_bound);
      g_assert_cmpint (state->offers_connect, ==, states[i].offers_connect);
      g_assert_cmpint (state->offers_again, ==, states[i].offers_again);
    }
}

static void
test_first_connection (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autoptr (CptBarState) state = NULL;

  connection->state = CPT_CONNECTION_CONNECTING;
  connection->progress = g_strdup ("Reading the location…");
  state = compute (connection, 0, 0, 0);
  g_assert_true (state->offers_connect);
  g_assert_false (state->is_bound);
  g_assert_cmpstr (state->contact, ==, "Reading the location…");
}

static const struct
{
  gint64 ago;
  const char *text;
} contacts[] = {
  { -5 * CPT_SECOND, "HubRise contacted 0 s ago" }, /* the PC's clock was put back */
  { 0, "HubRise contacted 0 s ago" },
  { 12 * CPT_SECOND, "HubRise contacted 12 s ago" },
  { 59999, "HubRise contacted 59 s ago" },
  { CPT_MINUTE, "HubRise contacted 1 min ago" },
  { 59 * CPT_MINUTE, "HubRise contacted 59 min ago" },
  { CPT_HOUR, "HubRise last contacted 00:26" },
  { 2 * CPT_HOUR, "HubRise last contacted yesterday 23:26" },
};

static void
test_contact (void)
{
  g_autoptr (CptConnection) never = new_bound (CPT_CONNECTION_UNPROVEN);
  g_autoptr (CptBarState) state = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (contacts); i++)
    {
      g_autofree char *text = cpt_bar_state_format_ago (NOW - contacts[i].ago, NOW, NULL);

      g_assert_cmpstr (text, ==, contacts[i].text);
    }
  never->last_success = CPT_TIME_NONE;
  state = compute (never, 0, 0, 0);
  g_assert_cmpstr (state->contact, ==, "HubRise not contacted yet");
}

static void
test_missed_checks (void)
{
  g_autoptr (CptConnection) connection = new_bound (CPT_CONNECTION_OFFLINE);
  g_autoptr (CptBarState) two = compute (connection, 0, 0, 2);
  g_autoptr (CptBarState) three = compute (connection, 0, 0, 3);

  g_assert_false (two->contact_is_alarm);
  g_assert_true (three->contact_is_alarm);
}

static const struct
{
  gint64 unsent, refused;
  const char *text;
  gboolean alarm;
} changes[] = {
  { 0, 0, "Nothing waiting", FALSE },   { 1, 0, "1 change waiting", FALSE },
  { 7, 0, "7 changes waiting", FALSE }, { 7, 1, "7 changes waiting · 1 refused", TRUE },
  { 0, 2, "2 changes refused", TRUE },
};

static void
test_changes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (CptConnection) connection = new_bound (CPT_CONNECTION_ONLINE);
      g_autoptr (CptBarState) state =
          compute (connection, changes[i].unsent, changes[i].refused, 0);

      g_assert_cmpstr (state->changes, ==, changes[i].text);
      g_assert_cmpint (state->changes_is_alarm, ==, changes[i].alarm);
    }
}

static void
test_changes_not_connected (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autoptr (CptBarState) none = compute (connection, 0, 0, 0);
  g_autoptr (CptBarState) some = compute (connection, 3, 0, 0);

  g_assert_null (none->changes);
  g_assert_cmpstr (some->changes, ==, "3 changes waiting");
  g_assert_null (none->contact);
}

static void
test_refusal (void)
{
  g_autoptr (CptConnection) connection = new_bound (CPT_CONNECTION_REFUSED);
  g_autoptr (CptBarState) state = NULL;

  connection->reason = g_strdup ("Connection blocked.");
  state = compute (connection, 0, 0, 0);
  g_assert_cmpstr (notice (state, 0), ==,
                   "HubRise refuses this till: Connection blocked. Orders stay here and nothing is "
                   "lost; connect again once it is settled with HubRise.");
  g_assert_cmpstr (notice_class (state, 0), ==, "notice-alarm");
}

static void
test_reason_when_not_connected (void)
{
  g_autoptr (CptConnection) connection = cpt_connection_new ();
  g_autoptr (CptBarState) quiet = compute (connection, 0, 0, 0);
  g_autoptr (CptBarState) told = NULL;

  g_assert_cmpuint (quiet->notices->len, ==, 0);
  connection->reason = g_strdup ("Access was denied on HubRise’s page");
  told = compute (connection, 0, 0, 0);
  g_assert_cmpstr (notice (told, 0), ==, "Access was denied on HubRise’s page");
  g_assert_cmpstr (notice_class (told, 0), ==, "notice-quiet");
}

static void
test_everything_at_once (void)
{
  g_autoptr (CptConnection) connection = new_bound (CPT_CONNECTION_OFFLINE);
  CptOrdersState paused = { .mode = CPT_ORDERS_PAUSED, .resume_at = CPT_TIME_NONE };
  CptBarInput input = { .connection = connection,
                        .now = NOW,
                        .trouble = "The disk is full",
                        .lock_holder = 4711,
                        .sending = FALSE,
                        .orders = &paused };
  g_autoptr (CptBarState) state = NULL;

  state = cpt_bar_state_new (&input);
  g_assert_cmpuint (state->notices->len, ==, 5);
  g_assert_cmpstr (notice (state, 0), ==, "The disk is full");
  g_assert_nonnull (strstr (notice (state, 1), "4711"));
  g_assert_nonnull (strstr (notice (state, 2), "HubRise cannot be reached. What you do is kept"));
  g_assert_true (g_str_has_prefix (notice (state, 3), "Sending is off"));
  g_assert_true (g_str_has_prefix (notice (state, 4), "Orders are paused"));
}

#define UNTIL (NOW + 12 * CPT_MINUTE - CPT_SECOND)

/* The shop is open at NOW, a Thursday night. */
#define OPEN "3 18:30 02:00"

static const struct
{
  CptOrdersState orders;
  const char *hours, *text, *css_class, *label;
} pauses[] = {
  { { CPT_ORDERS_PAUSED, 0, UNTIL },
    NULL,
    "Orders are paused until 01:38, 12 min left",
    "notice-pause",
    "Resume orders" },
  { { CPT_ORDERS_PAUSED, 0, NOW + 80 * CPT_MINUTE },
    OPEN,
    "Orders are paused until 02:46, 1 h 20 left",
    "notice-pause",
    "Resume orders" },
  { { CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE, (char *)"oven broken" },
    NULL,
    "Orders are paused until you resume: no new ones come in (oven broken)",
    "notice-pause",
    "Resume orders" },
  { { CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE },
    OPEN,
    "Orders are paused although the shop is open: no new ones come in",
    "notice-alarm",
    "Resume orders" },
  { { CPT_ORDERS_PAUSED, 0, CPT_TIME_NONE, NULL, TRUE },
    NULL,
    "Orders are paused until you resume: no new ones come in · not sent yet",
    "notice-pause",
    "Resume orders" },
  { { CPT_ORDERS_BUSY, 20, UNTIL },
    NULL,
    "Busy: +20 min on every order until 01:38, 12 min left",
    "notice-pause",
    "Resume orders" },
  { { CPT_ORDERS_BUSY, 20, CPT_TIME_NONE },
    NULL,
    "Busy: +20 min on every order until you resume",
    "notice-pause",
    "Resume orders" },
  { { CPT_ORDERS_BUSY, 0, CPT_TIME_NONE },
    NULL,
    "Busy: HubRise announces longer waits until you resume",
    "notice-pause",
    "Resume orders" },
  { { CPT_ORDERS_BUSY, 20, CPT_TIME_NONE, NULL, TRUE, (char *)"too long" },
    NULL,
    "Busy: +20 min on every order until you resume · HubRise refused: too long",
    "notice-alarm",
    "Resume orders" },
  { { CPT_ORDERS_OPEN, 0, CPT_TIME_NONE, NULL, TRUE },
    NULL,
    "Letting new orders in again · not sent yet",
    "notice-pause",
    NULL },
  { { CPT_ORDERS_OPEN, 0, CPT_TIME_NONE, NULL, TRUE, (char *)"no" },
    NULL,
    "Letting new orders in again · HubRise refused: no",
    "notice-alarm",
    "Resume orders" },
};

static void
test_orders (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      g_autoptr (CptConnection) connection = new_bound (CPT_CONNECTION_ONLINE);
      g_autoptr (CptBarState) state = NULL;
      CptBarNotice *shown = NULL;

      connection->opening_hours = g_strdup (pauses[i].hours);
      orders = pauses[i].orders;
      state = compute (connection, 0, 0, 0);
      g_assert_cmpstr (notice (state, 0), ==, pauses[i].text);
      g_assert_cmpstr (notice_class (state, 0), ==, pauses[i].css_class);
      shown = g_ptr_array_index (state->notices, 0);
      g_assert_cmpstr (shown->label, ==, pauses[i].label);
      g_assert_cmpstr (shown->action, ==, pauses[i].label != NULL ? "app.resume-orders" : NULL);
    }
  orders = (CptOrdersState){ .resume_at = CPT_TIME_NONE };
}

/* Open, sent and confirmed: nothing is to be said. */
static void
test_open (void)
{
  g_autoptr (CptConnection) connection = new_bound (CPT_CONNECTION_ONLINE);
  g_autoptr (CptBarState) state = compute (connection, 0, 0, 0);

  g_assert_cmpuint (state->notices->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bar-state/states", test_states);
  g_test_add_func ("/bar-state/first-connection", test_first_connection);
  g_test_add_func ("/bar-state/contact", test_contact);
  g_test_add_func ("/bar-state/missed-checks", test_missed_checks);
  g_test_add_func ("/bar-state/changes", test_changes);
  g_test_add_func ("/bar-state/changes-not-connected", test_changes_not_connected);
  g_test_add_func ("/bar-state/refusal", test_refusal);
  g_test_add_func ("/bar-state/reason-when-not-connected", test_reason_when_not_connected);
  g_test_add_func ("/bar-state/everything-at-once", test_everything_at_once);
  g_test_add_func ("/bar-state/orders", test_orders);
  g_test_add_func ("/bar-state/open", test_open);
  return g_test_run ();
}
