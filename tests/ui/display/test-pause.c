/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Busy and paused while the question stands open: what is sent is what it shows when it is pressed,
 * and never over already. */
#include <adwaita.h>

#include "cpt-double-engine.h"
#include "cpt-find.h"
#include "cpt-pause-dialog.h"
#include "cpt-test-clock.h"
#include "cpt-test-wait.h"
#include "cpt-ui.h"

#define NOW                                                                                        \
  (G_GINT64_CONSTANT (1795284120000)) /* 2026-11-21T18:02:00Z, a Saturday, 19:02 in Paris */

typedef struct
{
  CptTestClock *clock;
  CptEngine *engine;
  GtkWidget *window;
  GtkWidget *dialog; /* (weak) (nullable) once it closed */
  CptTime until;     /* 0 while nothing was sent */
} Fixture;

static void
set_orders_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_variant_get (parameter, "(iix&s)", NULL, NULL, &((Fixture *)data)->until, NULL);
}

static void
take_dialog (Fixture *fixture, gpointer dialog)
{
  g_set_weak_pointer (&fixture->dialog, dialog);
  CPT_WAIT_UNTIL (gtk_widget_get_mapped (dialog));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const GActionEntry actions[] = {
    { .name = "set-orders", .activate = set_orders_cb, .parameter_type = "(iixs)" },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *dialog = NULL;

  fixture->clock = cpt_test_clock_new (NOW);
  fixture->engine = cpt_double_engine_new (CPT_CLOCK (fixture->clock));
  cpt_engine_get_connection (fixture->engine)->opening_hours = g_strdup ("6 18:30 19:30");
  fixture->window = adw_window_new ();
  gtk_widget_insert_action_group (fixture->window, "app", G_ACTION_GROUP (group));
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  dialog =
      cpt_pause_dialog_new (GTK_WINDOW (fixture->window), fixture->engine, GPOINTER_TO_INT (data));
  gtk_window_present (GTK_WINDOW (dialog));
  take_dialog (fixture, dialog);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_null (fixture->dialog);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (cpt_test_clock_count_timers (fixture->clock), ==, 0);
  g_assert_finalize_object (fixture->engine);
  g_object_unref (fixture->clock);
}

static void
choose (Fixture *fixture, const char *label)
{
  GtkWidget *button = cpt_find_button (fixture->dialog, label);

  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
set_clock (Fixture *fixture, const char *name, int value)
{
  GtkWidget *spin = cpt_find_named (fixture->dialog, GTK_ACCESSIBLE_ROLE_SPIN_BUTTON, name);

  g_assert_nonnull (spin);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
}

static gboolean
can_press (Fixture *fixture)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (fixture->dialog), "do");
}

/* It closes by itself. */
static void
press (Fixture *fixture, const char *button)
{
  cpt_press (fixture->dialog, button);
  CPT_WAIT_UNTIL (fixture->dialog == NULL);
}

/* Forty minutes later half an hour still is one. */
static void
test_left_open (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "30 min 19:32");
  cpt_test_clock_advance (fixture->clock, 40 * CPT_MINUTE);
  g_assert_nonnull (cpt_find_button (fixture->dialog, "30 min 20:12"));
  g_assert_nonnull (cpt_find_button (fixture->dialog, "2 h 21:42"));
  cpt_test_clock_advance (fixture->clock, 10 * CPT_SECOND);
  press (fixture, "Set to busy");
  g_assert_cmpint (fixture->until, ==, NOW + 70 * CPT_MINUTE + 10 * CPT_SECOND);
}

/* What was typed at five past for ten past means no day of pause at a quarter past. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "At a time");
  set_clock (fixture, "Hour", 19);
  set_clock (fixture, "Minute", 10);
  g_assert_nonnull (cpt_find_button (fixture->dialog, "At a time 19:10"));
  cpt_test_clock_advance (fixture->clock, 8 * CPT_MINUTE - 1);
  g_assert_true (can_press (fixture));
  cpt_test_clock_advance (fixture->clock, 1);
  g_assert_false (can_press (fixture));
  g_assert_nonnull (cpt_find_label (fixture->dialog, "19:10 is over: choose another time"));
  set_clock (fixture, "Minute", 15);
  g_assert_null (cpt_find_label (fixture->dialog, "is over"));
  press (fixture, "Pause orders");
  g_assert_cmpint (fixture->until, ==, NOW + 13 * CPT_MINUTE);
}

/* The service ends while it is chosen: not the end of the next one is meant. */
static void
test_end_of_service (Fixture *fixture, gconstpointer data)
{
  choose (fixture, "End of service 19:30");
  cpt_test_clock_advance (fixture->clock, 28 * CPT_MINUTE);
  g_assert_false (can_press (fixture));
  g_assert_nonnull (cpt_find_label (fixture->dialog, "19:30 is over"));
  choose (fixture, "1 h 20:30");
  g_assert_null (cpt_find_button (fixture->dialog, "End of service 19:30"));
  press (fixture, "Set to busy");
  g_assert_cmpint (fixture->until, ==, NOW + 88 * CPT_MINUTE);
}

/* The computer slept, its timers too. */
static void
test_slept (Fixture *fixture, gconstpointer data)
{
  GtkWidget *reason = cpt_find_named (fixture->dialog, GTK_ACCESSIBLE_ROLE_TEXT_BOX, "Reason");

  gtk_editable_set_text (GTK_EDITABLE (reason), "Oven broken");
  choose (fixture, "End of service 19:30");
  cpt_test_clock_set_now (fixture->clock, NOW + CPT_HOUR);
  press (fixture, "Pause orders");
  g_assert_cmpint (fixture->until, ==, 0);
  take_dialog (fixture, cpt_find_window (CPT_TYPE_PAUSE_DIALOG));
  g_assert_nonnull (cpt_find_label (fixture->dialog, "19:30 is over: choose another time"));
  reason = cpt_find_named (fixture->dialog, GTK_ACCESSIBLE_ROLE_TEXT_BOX, "Reason");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (reason)), ==, "Oven broken");
  choose (fixture, "1 h 21:02");
  press (fixture, "Pause orders");
  g_assert_cmpint (fixture->until, ==, NOW + 2 * CPT_HOUR);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  cpt_ui_init ();

#define ADD(path, mode, test)                                                                      \
  g_test_add ("/pause/" path, Fixture, GINT_TO_POINTER (mode), set_up, test, tear_down)
  ADD ("left-open", CPT_ORDERS_BUSY, test_left_open);
  ADD ("typed", CPT_ORDERS_PAUSED, test_typed);
  ADD ("end-of-service", CPT_ORDERS_BUSY, test_end_of_service);
  ADD ("slept", CPT_ORDERS_PAUSED, test_slept);
  return g_test_run ();
}
