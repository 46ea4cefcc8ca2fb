/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the customer will read, to be changed. Main thread only. */
#include "cpt-note-box.h"

#include <glib/gi18n-lib.h>

/* What fits a customer's mail and HubRise's field alike. */
#define NOTE_CHARS 500

struct _CptNoteBox
{
  AdwBin parent_instance;

  GtkTextBuffer *buffer; /* (owned by its view) */
  GtkWidget *text_view;  /* (owned by its parent) */
  char *offered;         /* (owned) (nullable) the sentence that was put in last */
};

G_DEFINE_FINAL_TYPE (CptNoteBox, cpt_note_box, ADW_TYPE_BIN)

static void
limit_cb (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  if (gtk_text_buffer_get_char_count (buffer) <= NOTE_CHARS)
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, NOTE_CHARS);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
}

static void
cpt_note_box_finalize (GObject *object)
{
  g_free (CPT_NOTE_BOX (object)->offered);
  G_OBJECT_CLASS (cpt_note_box_parent_class)->finalize (object);
}

static void
cpt_note_box_class_init (CptNoteBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_note_box_finalize;
}

static GtkWidget *
make_frame (CptNoteBox *self)
{
  GtkWidget *frame = gtk_scrolled_window_new ();

  self->text_view = gtk_text_view_new ();
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->text_view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->text_view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the customer will read"), -1);
  g_signal_connect (self->buffer, "changed", G_CALLBACK (limit_cb), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), self->text_view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 84);
  gtk_widget_add_css_class (frame, "cpt-note");
  return frame;
}

static void
cpt_note_box_init (CptNoteBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (_ ("The customer will read:"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), make_frame (self));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * cpt_note_box_new:
 *
 * Returns: (transfer full): a floating, empty box
 */
GtkWidget *
cpt_note_box_new (void)
{
  return g_object_new (CPT_TYPE_NOTE_BOX, NULL);
}

/**
 * cpt_note_box_dup_text:
 *
 * Returns: (transfer full) (nullable): what the customer will read, NULL for nothing
 */
char *
cpt_note_box_dup_text (CptNoteBox *self)
{
  GtkTextIter start, end;
  char *note = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  note = g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
  if (note[0] == '\0')
    g_clear_pointer (&note, g_free);
  return note;
}

/**
 * cpt_note_box_offer:
 * @sentence: to begin with
 *
 * What a person has typed is never overwritten.
 */
void
cpt_note_box_offer (CptNoteBox *self, const char *sentence)
{
  g_autofree char *note = cpt_note_box_dup_text (self);

  if (note == NULL || g_strcmp0 (note, self->offered) == 0)
    gtk_text_buffer_set_text (self->buffer, sentence, -1);
  g_free (self->offered);
  self->offered = g_strdup (sentence);
}

/**
 * cpt_note_box_set_text:
 * @text: (nullable): taken as if it had been typed
 */
void
cpt_note_box_set_text (CptNoteBox *self, const char *text)
{
  gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
}

void
cpt_note_box_focus (CptNoteBox *self)
{
  gtk_widget_grab_focus (self->text_view);
}
