/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock from a file on a screen: what could be taken, what was, and what was not and why. */
#include <adwaita.h>

#include "cpt-double-engine.h"
#include "cpt-find.h"
#include "cpt-import-dialog.h"
#include "cpt-test-clock.h"
#include "cpt-test-wait.h"
#include "cpt-ui.h"

typedef struct
{
  CptTestClock *clock;
  CptEngine *engine;
  GtkWidget *over;
} Fixture;

static GtkWidget *
find_dialog (Fixture *fixture)
{
  GtkWindow *dialog = cpt_find_window (ADW_TYPE_WINDOW);

  return dialog != NULL ? GTK_WIDGET (dialog) : NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = cpt_test_clock_new (0);
  fixture->engine = cpt_double_engine_new (CPT_CLOCK (fixture->clock));
  for (const char *const *ref = (const char *const[]){ "COKE", "GONE", "EGG", NULL }; *ref; ref++)
    cpt_double_engine_put_item (fixture->engine, CPT_ITEM_SKU, *ref);
  fixture->over = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (fixture->over));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = find_dialog (fixture);

  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (fixture->over));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->engine);
  g_object_unref (fixture->clock);
}

static GtkWidget *
open_dialog (Fixture *fixture, const char *text)
{
  g_autoptr (GPtrArray) lines = cpt_stock_csv_parse (text);

  cpt_import_dialog_show (fixture->over, fixture->engine, lines);
  CPT_WAIT_UNTIL (find_dialog (fixture) != NULL);
  return find_dialog (fixture);
}

/* Where the row that says @part stands, the topmost being 0. */
static int
row_of (GtkWidget *dialog, const char *part)
{
  GtkWidget *label = cpt_find_label (dialog, part);
  GtkWidget *row = label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

static void
test_says_before (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (fixture, "ref;quantity;active\n"
                                            "COKE;12,5;\n"
                                            "NOBODY;3;\n"
                                            "TEA;many;\n"
                                            "EGG;2;no\n");

  g_assert_nonnull (cpt_find_label (dialog, "2 lines can be taken, 2 cannot"));
  g_assert_nonnull (cpt_find_label (dialog, "quantity 12.5"));
  g_assert_nonnull (cpt_find_label (dialog, "quantity 2, INACTIF"));
  g_assert_nonnull (cpt_find_label (dialog, "Line 3 is not taken: the catalog does not have"));
  g_assert_nonnull (cpt_find_label (dialog, "Line 4 is not taken"));
  g_assert_cmpint (row_of (dialog, "Line 4"), <, row_of (dialog, "quantity 12.5"));
}

static void
test_says_after (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (fixture, "ref;quantity\nCOKE;12\nGONE;3\n");

  g_assert_nonnull (cpt_find_label (dialog, "2 lines can be taken"));
  cpt_press (dialog, "Take these lines");
  CPT_WAIT_UNTIL (cpt_find_label (dialog, "1 line was taken, 1 was not") != NULL);
  g_assert_nonnull (cpt_find_label (dialog, "Line 3 is not taken: it left the catalog"));
  g_assert_nonnull (cpt_find_label (dialog, "quantity 12"));
  g_assert_null (cpt_find_button (dialog, "Take these lines"));
}

static void
test_nothing_to_take (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (fixture, "ref;quantity\nNOBODY;12\n");

  g_assert_nonnull (cpt_find_label (dialog, "0 lines can be taken, 1 cannot"));
  g_assert_null (cpt_find_button (dialog, "Take these lines"));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  cpt_ui_init ();
#define ADD(name, func) g_test_add ("/import/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("says-before", test_says_before);
  ADD ("says-after", test_says_after);
  ADD ("nothing-to-take", test_nothing_to_take);
  return g_test_run ();
}
