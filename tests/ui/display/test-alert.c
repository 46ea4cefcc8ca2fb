/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alerts ring while an order waits, and only then. */
#include "cpt-alert-private.h"

#include <adwaita.h>

#include "cpt-alert-notes.h"
#include "cpt-double-engine.h"
#include "cpt-find.h"
#include "cpt-test-clock.h"
#include "cpt-test-wait.h"
#include "cpt-ui.h"

#define NOW (G_GINT64_CONSTANT (1795284120000)) /* 2026-11-21T18:02:00Z */

typedef struct
{
  CptTestClock *clock;
  CptEngine *engine;
  CptAlert *alert;
} Fixture;

/* One for all tests: a second one of the same name cannot be registered. */
static GtkApplication *app;
static gint64 asked; /* the order the application was asked to show */

static void
show_order_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  asked = g_variant_get_int64 (parameter);
}

static const GActionEntry entries[] = {
  { .name = "show-order", .activate = show_order_cb, .parameter_type = "x" },
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = cpt_test_clock_new (NOW);
  fixture->engine = cpt_double_engine_new (CPT_CLOCK (fixture->clock));
  asked = 0;
  fixture->alert = cpt_alert_new (fixture->engine, app);
}

static void
make_application (void)
{
  g_autoptr (GError) error = NULL;

  app = GTK_APPLICATION (
      adw_application_new ("io.github.comptoir.Comptoir.Test", G_APPLICATION_NON_UNIQUE));
  g_action_map_add_action_entries (G_ACTION_MAP (app), entries, G_N_ELEMENTS (entries), NULL);
  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
}

static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  drain ();
  g_object_run_dispose (G_OBJECT (fixture->alert));
  drain ();
  g_assert_finalize_object (fixture->alert);
  drain ();
  g_assert_finalize_object (fixture->engine);
  g_object_unref (fixture->clock);
}

static void
put (Fixture *fixture, gint64 key, CptOrderStatus status)
{
  g_autofree char *number = g_strdup_printf ("%d", (int)(4820 + key));

  cpt_double_engine_put (fixture->engine,
                         cpt_double_row_new (key, number, "Deliveroo", status, NOW), NULL);
  drain ();
}

static void
arrive (Fixture *fixture, gint64 key)
{
  put (fixture, key, CPT_ORDER_NEW);
  cpt_double_engine_alert (fixture->engine, CPT_ALERT_NEW_ORDER, key);
  drain ();
}

static guint
rings (Fixture *fixture)
{
  return cpt_sound_count (cpt_alert_get_sound (fixture->alert), CPT_SOUND_RING);
}

static void
advance (Fixture *fixture, gint64 seconds)
{
  cpt_test_clock_advance (fixture->clock, seconds * CPT_SECOND);
  drain ();
}

static GtkWidget *
window (Fixture *fixture)
{
  return GTK_WIDGET (cpt_alert_get_window (fixture->alert));
}

static void
test_level (Fixture *fixture, gconstpointer data)
{
  guint before = 0;

  g_assert_false (cpt_alert_is_ringing (fixture->alert));
  advance (fixture, 60);
  g_assert_cmpuint (rings (fixture), ==, 0);
  arrive (fixture, 1);
  g_assert_true (cpt_alert_is_ringing (fixture->alert));
  g_assert_cmpuint (cpt_sound_count (cpt_alert_get_sound (fixture->alert), CPT_SOUND_NEW), ==, 1);
  before = rings (fixture);
  advance (fixture, 30);
  g_assert_cmpuint (rings (fixture) - before, ==, 6);
  /* One sound for all of them. */
  arrive (fixture, 2);
  before = rings (fixture);
  advance (fixture, 30);
  g_assert_cmpuint (rings (fixture) - before, ==, 6);
  put (fixture, 1, CPT_ORDER_ACCEPTED);
  g_assert_true (cpt_alert_is_ringing (fixture->alert));
  put (fixture, 2, CPT_ORDER_REJECTED);
  g_assert_false (cpt_alert_is_ringing (fixture->alert));
  before = rings (fixture);
  advance (fixture, 60);
  g_assert_cmpuint (rings (fixture), ==, before);
}

static void
test_urgent (Fixture *fixture, gconstpointer data)
{
  arrive (fixture, 1);
  advance (fixture, 119);
  g_assert_false (cpt_alert_is_urgent (fixture->alert));
  advance (fixture, 1);
  g_assert_true (cpt_alert_is_urgent (fixture->alert));
  advance (fixture, 60);
  g_assert_false (cpt_alert_is_urgent (fixture->alert));
  /* Too late is no reason to stop. */
  g_assert_true (cpt_alert_is_ringing (fixture->alert));
}

static void
test_detail_pauses (Fixture *fixture, gconstpointer data)
{
  arrive (fixture, 1);
  cpt_alert_set_detail_row (fixture->alert, 1);
  g_assert_false (cpt_alert_is_ringing (fixture->alert));
  g_assert_false (gtk_widget_get_visible (window (fixture)));
  arrive (fixture, 2);
  g_assert_true (cpt_alert_is_ringing (fixture->alert));
  put (fixture, 2, CPT_ORDER_ACCEPTED);
  g_assert_false (cpt_alert_is_ringing (fixture->alert));
  cpt_alert_set_detail_row (fixture->alert, 0);
  g_assert_true (cpt_alert_is_ringing (fixture->alert));
  g_assert_true (gtk_widget_get_visible (window (fixture)));
}

static void
test_quiet (Fixture *fixture, gconstpointer data)
{
  guint before = 0;

  arrive (fixture, 1);
  cpt_press (window (fixture), "Quiet for 60 s");
  before = rings (fixture);
  g_assert_false (cpt_alert_is_ringing (fixture->alert));
  advance (fixture, 20);
  g_assert_nonnull (cpt_find_button (window (fixture), "Quiet for 40 s more"));
  advance (fixture, 39);
  g_assert_cmpuint (rings (fixture), ==, before);
  advance (fixture, 1);
  g_assert_cmpuint (rings (fixture), ==, before + 1);
  g_assert_true (cpt_alert_is_ringing (fixture->alert));
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (window (fixture)));
  arrive (fixture, 1);
  arrive (fixture, 2);
  g_assert_true (gtk_widget_get_visible (window (fixture)));
  g_assert_cmpuint (cpt_alert_window_count (cpt_alert_get_window (fixture->alert)), ==, 2);
  g_assert_nonnull (cpt_find_label (window (fixture), "2 orders are waiting"));
  g_assert_null (gtk_window_get_default_widget (GTK_WINDOW (window (fixture))));
  cpt_press (window (fixture), "Accept 19:22");
  g_assert_true (
      g_str_has_prefix (cpt_double_engine_last_act (fixture->engine), "press 2 accepted") ||
      g_str_has_prefix (cpt_double_engine_last_act (fixture->engine), "press 1 accepted"));
  put (fixture, 2, CPT_ORDER_ACCEPTED);
  g_assert_cmpuint (cpt_alert_window_count (cpt_alert_get_window (fixture->alert)), ==, 1);
  g_signal_emit_by_name (cpt_find_named (window (fixture), GTK_ACCESSIBLE_ROLE_BUTTON,
                                         "Show the whole order"),
                         "clicked");
  g_assert_cmpint (asked, ==, 1);
  put (fixture, 1, CPT_ORDER_ACCEPTED);
  g_assert_false (gtk_widget_get_visible (window (fixture)));
}

static void
test_hidden_by_hand (Fixture *fixture, gconstpointer data)
{
  arrive (fixture, 1);
  gtk_window_close (GTK_WINDOW (window (fixture)));
  drain ();
  put (fixture, 1, CPT_ORDER_RECEIVED);
  g_assert_false (gtk_widget_get_visible (window (fixture)));
  g_assert_true (cpt_alert_is_ringing (fixture->alert));
  arrive (fixture, 2);
  g_assert_true (gtk_widget_get_visible (window (fixture)));
}

/* The keyboard stays where it was. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  GtkWidget *other = gtk_window_new ();
  GtkWidget *entry = gtk_entry_new ();

  gtk_window_set_child (GTK_WINDOW (other), entry);
  gtk_window_present (GTK_WINDOW (other));
  gtk_widget_grab_focus (entry);
  CPT_WAIT_UNTIL (gtk_window_is_active (GTK_WINDOW (other)));
  arrive (fixture, 1);
  CPT_WAIT_UNTIL (gtk_widget_get_mapped (window (fixture)));
  for (int i = 0; i < 200; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (gtk_window_is_active (GTK_WINDOW (other)));
  g_assert_false (gtk_window_is_active (GTK_WINDOW (window (fixture))));
  gtk_window_destroy (GTK_WINDOW (other));
}

static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  CptSound *sound = cpt_alert_get_sound (fixture->alert);

  put (fixture, 1, CPT_ORDER_ACCEPTED);
  cpt_double_engine_alert (fixture->engine, CPT_ALERT_CHANGED, 1);
  cpt_double_engine_alert (fixture->engine, CPT_ALERT_CANCELLED, 1);
  cpt_double_engine_alert (fixture->engine, CPT_ALERT_CONNECTION_LOST, 0);
  g_assert_cmpuint (cpt_sound_count (sound, CPT_SOUND_CHANGED), ==, 1);
  g_assert_cmpuint (cpt_sound_count (sound, CPT_SOUND_CANCELLED), ==, 1);
  g_assert_cmpuint (cpt_sound_count (sound, CPT_SOUND_LOST), ==, 1);
  advance (fixture, 120);
  g_assert_cmpuint (rings (fixture), ==, 0);
}

/* Who is refused waits in vain for the line: they connect again. */
static void
test_connection_note (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lost_body = NULL;
  g_autofree char *refused_body = NULL;
  g_autofree char *lost = cpt_alert_notes_dup_connection (CPT_CONNECTION_OFFLINE, &lost_body);
  g_autofree char *refused = cpt_alert_notes_dup_connection (CPT_CONNECTION_REFUSED, &refused_body);

  g_assert_cmpstr (lost, ==, "HubRise cannot be reached");
  g_assert_nonnull (strstr (lost_body, "when the line is back"));
  g_assert_cmpstr (refused, ==, "HubRise refuses this till: connect again");
  g_assert_nonnull (strstr (refused_body, "once this till is connected again"));
}

/* An order that does not say where it comes from. */
static void
test_note_title (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CptOrderRow) row = cpt_double_row_new (1, "4821", NULL, CPT_ORDER_NEW, NOW);
  g_autofree char *unknown = cpt_alert_notes_dup_title (CPT_ALERT_NEW_ORDER, row);
  g_autofree char *known = NULL;
  g_autofree char *unconfirmed = NULL;

  row->source = g_strdup ("Deliveroo");
  known = cpt_alert_notes_dup_title (CPT_ALERT_NEW_ORDER, row);
  unconfirmed = cpt_alert_notes_dup_title (CPT_ALERT_NOT_CONFIRMED, row);
  g_assert_cmpstr (unknown, ==, "New order #4821 from the ordering site");
  g_assert_cmpstr (known, ==, "New order #4821 from Deliveroo");
  g_assert_cmpstr (unconfirmed, ==, "Order #4821 is not confirmed");
}

/* What happened to an order has words of its own. */
static void
test_note_titles (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    CptAlertKind kind;
    const char *title;
  } cases[] = {
    { CPT_ALERT_NEW_ORDER, "New order #4821 from Deliveroo" },
    { CPT_ALERT_CHANGED, "Order #4821 was changed" },
    { CPT_ALERT_CANCELLED, "Order #4821 was cancelled" },
    { CPT_ALERT_NOT_CONFIRMED, "Order #4821 is not confirmed" },
  };
  g_autoptr (CptOrderRow) row = cpt_double_row_new (1, "4821", "Deliveroo", CPT_ORDER_NEW, NOW);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = cpt_alert_notes_dup_title (cases[i].kind, row);

      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

int
main (int argc, char **argv)
{
  /* No test needs a sound device. */
  g_setenv ("CANBERRA_DRIVER", "null", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  cpt_ui_init ();
  make_application ();

#define ADD(path, test) g_test_add ("/alert/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("level", test_level);
  ADD ("urgent", test_urgent);
  ADD ("detail-pauses", test_detail_pauses);
  ADD ("quiet", test_quiet);
  ADD ("window", test_window);
  ADD ("hidden-by-hand", test_hidden_by_hand);
  ADD ("focus", test_focus);
  ADD ("kinds", test_kinds);
  ADD ("note-title", test_note_title);
  ADD ("connection-note", test_connection_note);
  ADD ("note-titles", test_note_titles);
  return g_test_run ();
}
