/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stock list as a file of a spreadsheet, in and out. Main thread only. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-decimal.h"
#include "cpt-import-dialog.h"
#include "cpt-stock-page-private.h"

/* A list of a hundred thousand items is a tenth of it. */
#define MAX_BYTES (20 * 1000 * 1000)

/* --- In --- */

/* A long list takes its time: on a thread, which knows bytes and lines only. */
static void
read_lines (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (data, &length);
  g_autofree char *text =
      bytes != NULL && length <= MAX_BYTES ? cpt_stock_csv_to_utf8 (bytes, length) : NULL;

  g_task_return_pointer (task, text != NULL ? cpt_stock_csv_parse (text) : NULL,
                         (GDestroyNotify)g_ptr_array_unref);
}

static void
lines_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  g_autoptr (GPtrArray) lines = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->engine == NULL)
    return;
  if (lines == NULL || lines->len == 0)
    cpt_stock_page_tell (self, _ ("This file holds no list: export one to see what it looks like"));
  else
    cpt_import_dialog_show (GTK_WIDGET (self), self->engine, lines);
}

static void
file_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  char *contents = NULL;
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    {
      cpt_stock_page_tell (self, error->message);
      return;
    }
  /* Not the page's task: a thread must not hold the last of it. */
  task = g_task_new (NULL, NULL, lines_read_cb, g_steal_pointer (&self));
  g_task_set_task_data (task, g_bytes_new_take (contents, length), (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, read_lines);
}

static void
import_chosen_cb (GtkNativeDialog *dialog, int response, CptStockPage *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_file_load_contents_async (file, NULL, file_read_cb, g_object_ref (self));
    }
  g_object_unref (dialog);
}

/* --- Out --- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockPage) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    cpt_stock_page_tell (self, _ ("The list was written"));
  else
    cpt_stock_page_tell (self, error->message);
}

typedef struct
{
  CptStockPage *self; /* (owned) */
  GFile *file;        /* (owned) */
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->self);
  g_object_unref (export->file);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

/* What spreadsheets of a language expect goes with its decimal mark. */
static gboolean
has_decimal_comma (void)
{
  g_autofree char *half = cpt_decimal_format (cpt_decimal (500));

  return strchr (half, ',') != NULL;
}

static void
put_into_text (GTask *task, gpointer source, gpointer items, GCancellable *cancellable)
{
  char *text = cpt_stock_csv_write (items, has_decimal_comma ());

  g_task_return_pointer (task, g_bytes_new_take (text, strlen (text)),
                         (GDestroyNotify)g_bytes_unref);
}

static void
text_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  g_file_replace_contents_bytes_async (export->file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_REPLACE_DESTINATION, NULL, written_cb,
                                       g_object_ref (export->self));
}

static void
items_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = cpt_engine_load_stock_finish (CPT_ENGINE (source), result, &error);
  g_autoptr (GTask) task = NULL;

  if (items == NULL)
    {
      cpt_stock_page_tell (export->self, error->message);
      return;
    }
  task = g_task_new (NULL, NULL, text_made_cb, g_steal_pointer (&export));
  g_task_set_task_data (task, g_steal_pointer (&items), (GDestroyNotify)g_ptr_array_unref);
  g_task_run_in_thread (task, put_into_text);
}

static void
export_chosen_cb (GtkNativeDialog *dialog, int response, CptStockPage *self)
{
  Export *export = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      export = g_new0 (Export, 1);
      export->self = g_object_ref (self);
      export->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      cpt_engine_load_all_stock_async (self->engine, NULL, items_cb, export);
    }
  g_object_unref (dialog);
}

/* --- The menu --- */

static void
choose (CptStockPage *self, GtkFileChooserAction action, const char *title, GCallback callback)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, root != NULL ? GTK_WINDOW (root) : NULL, action, NULL,
                                   NULL);

  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "stock.csv");
  g_signal_connect_object (dialog, "response", callback, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
import_cb (CptStockPage *self)
{
  choose (self, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Take stock from a file"),
          G_CALLBACK (import_chosen_cb));
}

static void
export_cb (CptStockPage *self)
{
  choose (self, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Write the stock to a file"),
          G_CALLBACK (export_chosen_cb));
}

static GtkWidget *
new_choice (CptStockPage *self, GtkWidget *popover, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "touch-button");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (gtk_popover_popdown), popover);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
new_command (GtkWidget *popover, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "touch-button");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (gtk_popover_popdown), popover);
  return button;
}

GtkWidget *
cpt_stock_page_make_files (CptStockPage *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_box_append (GTK_BOX (box), new_command (popover, _ ("Pull catalog"), "win.pull-catalog"));
  gtk_box_append (GTK_BOX (box), new_command (popover, _ ("Check refs"), "win.check-refs"));
  gtk_box_append (GTK_BOX (box),
                  new_choice (self, popover, _ ("Take stock from a file"), G_CALLBACK (import_cb)));
  gtk_box_append (GTK_BOX (box), new_choice (self, popover, _ ("Write the stock to a file"),
                                             G_CALLBACK (export_cb)));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Catalog and files"), -1);
  return button;
}
