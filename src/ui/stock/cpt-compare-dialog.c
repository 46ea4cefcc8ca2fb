/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every difference between the till's stock and HubRise's. Main thread only. */
#include "cpt-compare-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-stock-view-state.h"

#define LEAD "cpt-lead"

/* What one button answers: the row goes when it is on disk. */
typedef struct
{
  CptEngine *engine; /* (owned) */
  GtkWidget *window; /* (unowned) outlives its buttons */
  GtkWidget *row;    /* (unowned) (nullable) NULL: all */
  gint64 item;
  gboolean ours;
} Answer;

static void
answer_free (gpointer data, GClosure *closure)
{
  Answer *answer = data;

  g_object_unref (answer->engine);
  g_free (answer);
}

/* Where it was pressed: on the row, or above all of them. */
static void
tell (GtkWidget *widget, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (GTK_IS_WINDOW (widget))
    gtk_label_set_text (g_object_get_data (G_OBJECT (widget), LEAD), text);
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), escaped);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_act_finish (CPT_ENGINE (source), result, &error))
    {
      tell (widget, error->message);
      gtk_widget_set_sensitive (widget, TRUE);
      return;
    }
  if (GTK_IS_WINDOW (widget))
    gtk_window_close (GTK_WINDOW (widget));
  else
    gtk_widget_set_visible (widget, FALSE);
}

static void
clicked_cb (GtkButton *button, Answer *answer)
{
  g_autoptr (GArray) rows = NULL;
  GtkWidget *ends = answer->row != NULL ? answer->row : answer->window;

  if (answer->row != NULL)
    {
      rows = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (rows, answer->item);
    }
  gtk_widget_set_sensitive (ends, FALSE);
  cpt_engine_answer_stock_async (answer->engine, rows, answer->ours, answered_cb,
                                 g_object_ref (ends));
}

static GtkWidget *
new_answer (CptEngine *engine, GtkWidget *window, GtkWidget *row, gint64 item, gboolean ours)
{
  GtkWidget *button = NULL;
  Answer *answer = g_new0 (Answer, 1);
  const char *label = NULL;

  if (row != NULL)
    label = ours ? _ ("Send ours") : _ ("Take theirs");
  else
    label = ours ? _ ("Send all of ours") : _ ("Take all of theirs");
  button = gtk_button_new_with_label (label);
  answer->engine = g_object_ref (engine);
  answer->window = window;
  answer->row = row;
  answer->item = item;
  answer->ours = ours;
  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), answer, answer_free, 0);
  return button;
}

static char *
describe (const CptStockItem *item)
{
  g_autofree char *ours = cpt_stock_entry_dup_words (item->wanted);
  g_autofree char *theirs =
      cpt_stock_entry_dup_words (item->has_theirs ? item->theirs : item->known);

  if (item->refusal != NULL && *item->refusal != '\0')
    /* TRANSLATORS: two numbers of the same item, then why HubRise refused ours */
    return g_strdup_printf (_ ("Here %s, on HubRise %s · refused: %s"), ours, theirs,
                            item->refusal);
  /* TRANSLATORS: two numbers of the same item */
  return g_strdup_printf (_ ("Here %s, on HubRise %s"), ours, theirs);
}

static GtkWidget *
new_row (CptEngine *engine, GtkWidget *window, const CptStockItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = cpt_stock_item_dup_title (item);
  g_autofree char *full = g_strdup_printf ("%s  %s", title, item->ref);
  g_autofree char *escaped = g_markup_escape_text (full, -1);
  g_autofree char *words = describe (item);
  g_autofree char *subtitle = g_markup_escape_text (words, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             new_answer (engine, window, row, item->row, TRUE));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             new_answer (engine, window, row, item->row, FALSE));
  return row;
}

/* More rows than somebody would answer one by one are answered together. */
#define MAX_ROWS 200

static GtkWidget *
new_list (CptEngine *engine, GtkWidget *window, GPtrArray *differences)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  for (guint i = 0; i < differences->len && i < MAX_ROWS; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_row (engine, window, differences->pdata[i]));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static char *
make_lead (const char *lead, guint n)
{
  g_autofree char *count = NULL;

  if (n == 0)
    return g_strdup (lead);
  count = g_strdup_printf (ngettext ("%d line differs.", "%d lines differ.", n), (int)n);
  return g_strdup_printf ("%s %s", lead, count);
}

void
cpt_compare_dialog_show (GtkWidget *over,
                         CptEngine *engine,
                         GPtrArray *differences,
                         const char *lead)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *text = make_lead (lead, differences->len);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "lead-text");
  /* An answer may come after the window is closed. */
  g_object_set_data_full (G_OBJECT (window), LEAD, g_object_ref (label), g_object_unref);
  gtk_widget_add_css_class (content, "dialog-content");
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), new_list (engine, window, differences));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), new_answer (engine, window, NULL, 0, FALSE));
  gtk_box_append (GTK_BOX (buttons), new_answer (engine, window, NULL, 0, TRUE));
  gtk_box_append (GTK_BOX (content), buttons);
  gtk_widget_set_visible (buttons, differences->len > 0);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Compare"));
  gtk_window_set_default_size (GTK_WINDOW (window), 760, 560);
  cpt_compat_close_on_escape (GTK_WINDOW (window));
  /* Not modal: orders that arrive must be answered meanwhile. */
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (over)));
  gtk_window_present (GTK_WINDOW (window));
}
