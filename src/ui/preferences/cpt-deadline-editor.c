/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of how long each platform waits for a decision. Main thread only. */
#include "cpt-deadline-editor.h"

#include <glib/gi18n-lib.h>

#define KEY             "deadlines"
#define LONGEST_MINUTES 120

struct _CptDeadlineEditor
{
  AdwBin parent_instance;

  GSettings *settings; /* (owned) */
  gboolean saving;     /* what changes now was written here */

  GtkListBox *list; /* (unowned) */
};

/* One line of the table; lives as long as its row. */
typedef struct
{
  CptDeadlineEditor *editor; /* (unowned): it holds the row */
  GtkWidget *row;            /* (unowned) */
  GtkWidget *source;         /* (unowned) */
  GtkWidget *minutes;        /* (unowned) */
} Line;

G_DEFINE_FINAL_TYPE (CptDeadlineEditor, cpt_deadline_editor, ADW_TYPE_BIN)

static void
save (CptDeadlineEditor *self)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(si)"));

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      Line *line = g_object_get_data (G_OBJECT (row), "line");
      g_autofree char *source =
          g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (line->source))));

      if (*source != '\0')
        g_variant_builder_add (&builder, "(si)", source,
                               gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (line->minutes)));
    }
  self->saving = TRUE;
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
  self->saving = FALSE;
}

static void
name_line (Line *line)
{
  const char *source = gtk_editable_get_text (GTK_EDITABLE (line->source));
  /* TRANSLATORS: for a screen reader; %s is the name of a platform. */
  g_autofree char *name = g_strdup_printf (_ ("Minutes for %s"), source);

  gtk_accessible_update_property (GTK_ACCESSIBLE (line->minutes), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *source != '\0' ? source : _ ("Part of the name"), -1);
}

static void
edited_cb (GtkWidget *widget, Line *line)
{
  name_line (line);
  save (line->editor);
}

static void
remove_cb (GtkButton *button, Line *line)
{
  CptDeadlineEditor *self = line->editor;

  gtk_list_box_remove (self->list, line->row);
  save (self);
}

static GtkWidget *
new_source (Line *line, const char *source)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), source);
  /* TRANSLATORS: of a platform. */
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Part of the name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Platform, part of its name"), -1);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_add_css_class (entry, "touch-entry");
  g_signal_connect (entry, "changed", G_CALLBACK (edited_cb), line);
  return entry;
}

static GtkWidget *
new_minutes (Line *line, int minutes)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (1, LONGEST_MINUTES, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), minutes);
  gtk_widget_add_css_class (spin, "touch-entry");
  g_signal_connect (spin, "value-changed", G_CALLBACK (edited_cb), line);
  return spin;
}

static GtkWidget *
new_remove (Line *line)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  /* TRANSLATORS: a platform from the table of deadlines. */
  gtk_widget_set_tooltip_text (button, _ ("Remove this platform"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove this platform"), -1);
  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), line);
  return button;
}

static Line *
add_line (CptDeadlineEditor *self, const char *source, int minutes)
{
  Line *line = g_new0 (Line, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  line->editor = self;
  line->row = gtk_list_box_row_new ();
  line->source = new_source (line, source);
  line->minutes = new_minutes (line, minutes);
  gtk_widget_add_css_class (box, "deadline-line");
  gtk_box_append (GTK_BOX (box), line->source);
  gtk_box_append (GTK_BOX (box), line->minutes);
  /* TRANSLATORS: the unit of minutes, after a number. */
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("min")));
  gtk_box_append (GTK_BOX (box), new_remove (line));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line->row), FALSE);
  gtk_widget_set_focusable (line->row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line->row), box);
  g_object_set_data_full (G_OBJECT (line->row), "line", line, g_free);
  gtk_list_box_append (self->list, line->row);
  name_line (line);
  return line;
}

static void
add_cb (GtkButton *button, CptDeadlineEditor *self)
{
  Line *line = add_line (self, "", 5);

  gtk_widget_grab_focus (line->source);
}

static void
load (CptDeadlineEditor *self)
{
  g_autoptr (GVariantIter) iter = NULL;
  GtkWidget *row = NULL;
  const char *source = NULL;
  int minutes = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_settings_get (self->settings, KEY, "a(si)", &iter);
  while (g_variant_iter_next (iter, "(&si)", &source, &minutes))
    add_line (self, source, minutes);
}

static void
changed_cb (GSettings *settings, const char *key, CptDeadlineEditor *self)
{
  if (!self->saving)
    load (self);
}

static void
cpt_deadline_editor_dispose (GObject *object)
{
  g_clear_object (&CPT_DEADLINE_EDITOR (object)->settings);
  G_OBJECT_CLASS (cpt_deadline_editor_parent_class)->dispose (object);
}

static void
cpt_deadline_editor_class_init (CptDeadlineEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_deadline_editor_dispose;
}

static void
cpt_deadline_editor_init (CptDeadlineEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  /* TRANSLATORS: to the table of deadlines. */
  GtkWidget *add = gtk_button_new_with_label (_ ("Add a platform"));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_widget_add_css_class (add, "touch-button");
  g_signal_connect (add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), add);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * cpt_deadline_editor_set_settings:
 * @self: the editor
 * @settings: holds the key "deadlines", read now and written at every change; once
 */
void
cpt_deadline_editor_set_settings (CptDeadlineEditor *self, GSettings *settings)
{
  g_return_if_fail (CPT_IS_DEADLINE_EDITOR (self) && self->settings == NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (changed_cb), self, 0);
  load (self);
}
