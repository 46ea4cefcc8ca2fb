/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of an order's sheet as labels: plain ones, so that a screen reader finds each. Main
 * thread only. */
#include "cpt-order-sheet-view.h"

#include <glib/gi18n-lib.h>

#include "cpt-order-sheet.h"
#include "cpt-tone-label.h"

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* Beside a tall button a label would else be as narrow as two lines allow. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* A label that takes the width and a value at the end of it. */
static GtkWidget *
make_pair (const CptSheetLine *line, const char *css_class)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = make_label (line->text, NULL);
  GtkWidget *value = make_label (line->value, "numeric");

  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_label_set_justify (GTK_LABEL (value), GTK_JUSTIFY_RIGHT);
  gtk_widget_set_valign (value, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), value);
  gtk_widget_add_css_class (box, css_class);
  return box;
}

/* By which what has the keyboard is known when the sheet is made anew. */
static void
set_name (GtkWidget *widget, const char *kind, const char *of)
{
  g_autofree char *name = g_strconcat (kind, "-", of, NULL);

  gtk_widget_set_name (widget, name);
}

static void
missing_cb (GtkWidget *button, gpointer data)
{
  const gint64 *row = g_object_get_data (G_OBJECT (button), "row");

  gtk_widget_activate_action (button, "order.missing", "(xs)", *row,
                              g_object_get_data (G_OBJECT (button), "item"));
}

static GtkWidget *
make_missing (const CptSheetLine *line, gint64 row)
{
  /* TRANSLATORS: a button beside an item of an order: there is none of it. In French: Manquant. */
  GtkWidget *button = gtk_button_new_with_label (C_ ("item", "Missing"));
  /* TRANSLATORS: the same for who cannot see the item; %s is the item. */
  g_autofree char *name = g_strdup_printf (_ ("Missing: %s"), line->text);

  g_object_set_data_full (G_OBJECT (button), "item", g_strdup (line->item), g_free);
  g_object_set_data_full (G_OBJECT (button), "row", g_memdup2 (&row, sizeof row), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (missing_cb), NULL);
  set_name (button, "missing", line->item);
  gtk_widget_add_css_class (button, "cpt-missing");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
make_item (const CptSheetLine *line, gint64 row)
{
  GtkWidget *box = make_pair (line, "sheet-item");
  GtkWidget *text = gtk_widget_get_first_child (box);
  GtkWidget *mark = NULL;

  if (line->mark != NULL)
    {
      mark = cpt_tone_label_new (line->mark, CPT_TONE_AMBER, TRUE);
      gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
      gtk_box_insert_child_after (GTK_BOX (box), mark, text);
    }
  if (line->item != NULL)
    {
      gtk_box_append (GTK_BOX (box), make_missing (line, row));
      gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
      gtk_widget_set_valign (gtk_widget_get_prev_sibling (gtk_widget_get_last_child (box)),
                             GTK_ALIGN_CENTER);
    }
  return box;
}

static GtkWidget *
make_section (const CptSheetLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  if (line->text != NULL)
    gtk_box_append (GTK_BOX (box), make_label (line->text, "heading"));
  gtk_widget_add_css_class (box, "sheet-section");
  return box;
}

static GtkWidget *
make_removed (const CptSheetLine *line)
{
  GtkWidget *label = make_label (line->text, "sheet-removed");
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
  return label;
}

static GtkWidget *
make_note (const CptSheetLine *line)
{
  /* TRANSLATORS: quotation marks around somebody's own words. */
  g_autofree char *text =
      g_strdup_printf (C_ ("quotation", "“%s”"), line->text != NULL ? line->text : line->value);

  return make_label (text, "sheet-note");
}

static void
copy_cb (GtkWidget *button, gpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button),
                          g_object_get_data (G_OBJECT (button), "value"));
}

static GtkWidget *
make_copy (const CptSheetLine *line)
{
  GtkWidget *box = make_pair (line, "sheet-line");
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  /* TRANSLATORS: a button beside a value; %s is the value's name. */
  g_autofree char *name = g_strdup_printf (_ ("Copy: %s"), line->text);

  g_object_set_data_full (G_OBJECT (button), "value", g_strdup (line->value), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), NULL);
  gtk_widget_add_css_class (button, "flat");
  set_name (button, "copy", line->text);
  gtk_widget_add_css_class (button, "cpt-copy");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static GtkWidget *
make_link (const CptSheetLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *link = gtk_link_button_new_with_label (line->value, line->text);

  set_name (link, "link", line->text);
  gtk_widget_set_halign (link, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), link);
  gtk_box_append (GTK_BOX (box), make_label (line->value, "sheet-small"));
  return box;
}

static GtkWidget *
make_small (const CptSheetLine *line)
{
  g_autofree char *text = line->value != NULL ? g_strdup_printf ("%s   %s", line->text, line->value)
                                              : g_strdup (line->text);

  return make_label (text, "sheet-small");
}

static GtkWidget *
make_warning (const CptSheetLine *line)
{
  g_autofree char *text = line->value != NULL ? g_strdup_printf ("%s: %s", line->text, line->value)
                                              : g_strdup (line->text);

  return cpt_tone_label_new (text, CPT_TONE_RED, FALSE);
}

static GtkWidget *
make_raw (const CptSheetLine *line)
{
  GtkWidget *label = make_label (line->text, "sheet-raw");

  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
make_change (const CptSheetLine *line)
{
  GtkWidget *label = cpt_tone_label_new (line->text, CPT_TONE_AMBER, FALSE);

  gtk_widget_add_css_class (label, "sheet-change");
  return label;
}

static GtkWidget *
make_line (const CptSheetLine *line, gint64 row)
{
  switch (line->kind)
    {
    case CPT_SHEET_SECTION:
      return make_section (line);
    case CPT_SHEET_ITEM:
      return make_item (line, row);
    case CPT_SHEET_LINE:
      return make_pair (line, "sheet-line");
    case CPT_SHEET_TOTAL:
      return make_pair (line, "sheet-total");
    case CPT_SHEET_STRONG:
      return make_label (line->text, "heading");
    case CPT_SHEET_DETAIL:
      return make_label (line->text, "sheet-detail");
    case CPT_SHEET_REMOVED:
      return make_removed (line);
    case CPT_SHEET_NOTE:
      return make_note (line);
    case CPT_SHEET_WARNING:
      return make_warning (line);
    case CPT_SHEET_CHANGE:
      return make_change (line);
    case CPT_SHEET_SMALL:
      return make_small (line);
    case CPT_SHEET_LINK:
      return make_link (line);
    case CPT_SHEET_COPY:
      return make_copy (line);
    case CPT_SHEET_RAW:
      return make_raw (line);
    case CPT_SHEET_TEXT:
    default:
      return make_label (line->text, NULL);
    }
}

/**
 * cpt_order_sheet_view_new:
 * @lines: (element-type CptSheetLine): from cpt_order_sheet_new()
 * @row: the order's, for what can be done with its items
 *
 * Returns: (transfer full): a floating box of labels
 */
GtkWidget *
cpt_order_sheet_view_new (GPtrArray *lines, gint64 row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < lines->len; i++)
    gtk_box_append (GTK_BOX (box), make_line (lines->pdata[i], row));
  gtk_widget_add_css_class (box, "sheet");
  return box;
}
