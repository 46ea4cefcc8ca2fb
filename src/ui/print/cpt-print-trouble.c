/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strip that says why a ticket did not come out, and offers a way out: it stands above the view
 * and asks for nothing, so that orders go on. Main thread only. */
#include "cpt-print-trouble.h"

#include <glib/gi18n-lib.h>

struct _CptPrintTrouble
{
  AdwBin parent_instance;

  /* (owned by their parents) */
  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (CptPrintTrouble, cpt_print_trouble, ADW_TYPE_BIN)

static void
cpt_print_trouble_class_init (CptPrintTroubleClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
add_button (GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "touch-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_close (GtkWidget *box)
{
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* TRANSLATORS: about a ticket that was not printed. */
  const char *name = _ ("Close the message");

  gtk_widget_add_css_class (close, "touch-button");
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (close, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "app.forget-failed");
  gtk_box_append (GTK_BOX (box), close);
}

static void
cpt_print_trouble_init (CptPrintTrouble *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->text = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->text), 0);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_box_append (GTK_BOX (box), self->text);
  add_button (box, _ ("Print again"), "app.print-failed");
  add_button (box, _ ("Printer settings"), "app.printer-settings");
  add_close (box);
  gtk_widget_add_css_class (box, "notice");
  gtk_widget_add_css_class (box, "notice-alarm");
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * cpt_print_trouble_show:
 * @text: what happened to the last of them, translated
 * @n: how many tickets did not come out
 */
void
cpt_print_trouble_show (CptPrintTrouble *self, const char *text, guint n)
{
  /* TRANSLATORS: 1: how many, 2: why. */
  g_autofree char *sentence =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$u ticket was not printed. %2$s",
                                    "%1$u tickets were not printed. %2$s", n),
                       n, text);

  gtk_label_set_text (GTK_LABEL (self->text), sentence);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
cpt_print_trouble_clear (CptPrintTrouble *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
