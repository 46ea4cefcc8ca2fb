/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of stock from a file, before and after it is taken. Main thread only. */
#include "cpt-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-decimal.h"

/* More lines than that nobody reads; they are taken all the same. */
#define MAX_ROWS 1000

typedef struct
{
  CptEngine *engine; /* (owned) */
  GPtrArray *lines;  /* (owned) (element-type CptStockCsvLine) */
  gboolean done;
  GtkWidget *window, *lead, *list, *take; /* (unowned) the window holds all of it */
} Import;

static void
import_free (gpointer data)
{
  Import *self = data;

  g_object_unref (self->engine);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static guint
count_good (const Import *self)
{
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n += ((CptStockCsvLine *)self->lines->pdata[i])->problem == NULL;
  return n;
}

static char *
describe_change (const CptStockCsvLine *line)
{
  g_autofree char *quantity = cpt_decimal_format (cpt_decimal (line->edit.quantity));
  const char *active =
      line->edit.active ? _ ("on sale") : cpt_stock_look_label (CPT_STOCK_INACTIVE);

  if (!line->edit.sets_quantity)
    return g_strdup (active);
  if (!line->edit.sets_active)
    /* TRANSLATORS: %s is a quantity a line of a file sets */
    return g_strdup_printf (_ ("quantity %s"), quantity);
  /* TRANSLATORS: a quantity, then "on sale" or INACTIF */
  return g_strdup_printf (_ ("quantity %s, %s"), quantity, active);
}

static GtkWidget *
new_row (const CptStockCsvLine *line)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *change = line->problem == NULL ? describe_change (line) : NULL;
  /* TRANSLATORS: the number of a line in a file, then why it is not taken */
  g_autofree char *refused =
      line->problem != NULL
          ? g_strdup_printf (_ ("Line %u is not taken: %s"), line->number, line->problem)
          : NULL;
  g_autofree char *title = g_markup_escape_text (line->ref != NULL ? line->ref : "—", -1);
  g_autofree char *subtitle = g_markup_escape_text (refused != NULL ? refused : change, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), refused != NULL ? "dialog-warning-symbolic"
                                                                      : "object-select-symbolic");
  return row;
}

/* What is not taken comes first: that is what somebody has to read. */
static void
fill (Import *self)
{
  GtkWidget *child = NULL;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (int refused = 1; refused >= 0; refused--)
    for (guint i = 0; i < self->lines->len && n < MAX_ROWS; i++)
      {
        const CptStockCsvLine *line = g_ptr_array_index (self->lines, i);

        if ((line->problem != NULL) == refused)
          {
            gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (line));
            n++;
          }
      }
}

static void
show (Import *self)
{
  guint good = count_good (self);
  guint bad = self->lines->len - good;
  g_autofree char *taken =
      self->done
          ? g_strdup_printf (ngettext ("%u line was taken", "%u lines were taken", good), good)
          : g_strdup_printf (ngettext ("%u line can be taken", "%u lines can be taken", good),
                             good);
  g_autofree char *left = self->done
                              /* TRANSLATORS: after "3 lines were taken" */
                              ? g_strdup_printf (ngettext ("%u was not", "%u were not", bad), bad)
                              /* TRANSLATORS: after "3 lines can be taken" */
                              : g_strdup_printf (ngettext ("%u cannot", "%u cannot", bad), bad);
  g_autofree char *text = bad > 0 ? g_strconcat (taken, ", ", left, NULL) : g_strdup (taken);

  gtk_label_set_text (GTK_LABEL (self->lead), text);
  gtk_widget_set_visible (self->take, !self->done && good > 0);
  fill (self);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Import *self = g_object_get_data (G_OBJECT (window), "import");
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->take, TRUE);
  if (!cpt_engine_act_finish (CPT_ENGINE (source), result, &error))
    {
      gtk_label_set_text (GTK_LABEL (self->lead), error->message);
      return;
    }
  self->done = TRUE;
  show (self);
}

static void
take_cb (Import *self)
{
  gtk_widget_set_sensitive (self->take, FALSE);
  cpt_engine_import_stock_async (self->engine, self->lines, imported_cb,
                                 g_object_ref (self->window));
}

/* --- What the catalog knows is looked up before anything is shown --- */

typedef struct
{
  GtkWidget *over;  /* (owned) */
  GPtrArray *lines; /* (owned) */
} Opening;

static void
mark_unknown (GPtrArray *lines, GPtrArray *items)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const CptStockItem *item = g_ptr_array_index (items, i);

      if (item->ref != NULL)
        g_hash_table_add (known, g_strdup_printf ("%d%s", item->kind, item->ref));
    }
  for (guint i = 0; i < lines->len; i++)
    {
      CptStockCsvLine *line = g_ptr_array_index (lines, i);
      g_autofree char *key = g_strdup_printf ("%d%s", line->kind, line->ref);

      if (line->problem == NULL && !g_hash_table_contains (known, key))
        line->problem = g_strdup (_ ("the catalog does not have this code"));
    }
}

static void
build (Import *self, GtkWidget *over)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (self->window), "import", self, import_free);
  self->lead = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->lead), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->lead), 0);
  gtk_widget_add_css_class (self->lead, "lead-text");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->take = gtk_button_new_with_label (_ ("Take these lines"));
  gtk_widget_add_css_class (self->take, "touch-button");
  gtk_widget_add_css_class (self->take, "suggested-action");
  gtk_widget_set_halign (self->take, GTK_ALIGN_END);
  g_signal_connect_swapped (self->take, "clicked", G_CALLBACK (take_cb), self);
  gtk_widget_add_css_class (content, "dialog-content");
  gtk_box_append (GTK_BOX (content), self->lead);
  gtk_box_append (GTK_BOX (content), scroller);
  gtk_box_append (GTK_BOX (content), self->take);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self->window), box);
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Stock from a file"));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 640, 560);
  cpt_compat_close_on_escape (GTK_WINDOW (self->window));
  /* Not modal: orders that arrive must be answered meanwhile. */
  gtk_window_set_transient_for (GTK_WINDOW (self->window), GTK_WINDOW (gtk_widget_get_root (over)));
}

static void
items_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (GtkWidget) over = opening->over;
  g_autoptr (GPtrArray) lines = opening->lines;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (CPT_ENGINE (source), result, NULL);
  Import *self = NULL;

  if (gtk_widget_get_root (over) == NULL)
    return;
  if (items != NULL)
    mark_unknown (lines, items);
  self = g_new0 (Import, 1);
  self->engine = CPT_ENGINE (g_object_ref (source));
  self->lines = g_steal_pointer (&lines);
  build (self, over);
  show (self);
  gtk_window_present (GTK_WINDOW (self->window));
}

void
cpt_import_dialog_show (GtkWidget *over, CptEngine *engine, GPtrArray *lines)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->over = g_object_ref (over);
  opening->lines = g_ptr_array_ref (lines);
  cpt_engine_load_all_stock_async (engine, NULL, items_cb, opening);
}
