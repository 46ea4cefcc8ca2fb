/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks why an order is rejected, cancelled or not delivered. Main thread only. */
#include "cpt-reason-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-note-box.h"

#define N_REASONS 5

struct _CptReasonDialog
{
  AdwMessageDialog parent_instance;

  CptDeed deed;
  CptNoteBox *note;              /* (owned by its parent) */
  const char *cause;             /* (nullable) (transfer none) */
  GtkWidget *buttons[N_REASONS]; /* (owned by their parent) (nullable) with a rejection only */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptReasonDialog, cpt_reason_dialog, ADW_TYPE_MESSAGE_DIALOG)

static const struct
{
  const char *label;
  const char *sentence;
} reasons[N_REASONS] = {
  /* TRANSLATORS: why an order is rejected, on large buttons, each with the sentence that the
   * customer will read. */
  { NC_ ("rejection", "Too busy"),
    NC_ ("rejection", "We are sorry: there are too many orders at the moment.") },
  { NC_ ("rejection", "Sold out"), NC_ ("rejection", "We are sorry: a product is sold out.") },
  { NC_ ("rejection", "Closed"), NC_ ("rejection", "We are sorry: we are closed.") },
  { NC_ ("rejection", "Outside the area"),
    NC_ ("rejection", "We are sorry: we do not deliver to this address.") },
  { NC_ ("rejection", "Other"), "" },
};

static const char *
translated (const char *text)
{
  return text[0] != '\0' ? g_dpgettext2 (GETTEXT_PACKAGE, "rejection", text) : text;
}

static void
reason_toggled_cb (CptReasonDialog *self, GtkToggleButton *button)
{
  gsize i = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "reason"));

  if (!gtk_toggle_button_get_active (button))
    return;
  self->cause = translated (reasons[i].label);
  cpt_note_box_offer (self->note, translated (reasons[i].sentence));
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "do", TRUE);
  if (reasons[i].sentence[0] == '\0')
    cpt_note_box_focus (self->note);
}

static GtkWidget *
make_reasons (CptReasonDialog *self)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *first = NULL;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (translated (reasons[i].label));

      g_object_set_data (G_OBJECT (button), "reason", GSIZE_TO_POINTER (i));
      gtk_widget_add_css_class (button, "cpt-reason");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      first = first != NULL ? first : button;
      self->buttons[i] = button;
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (reason_toggled_cb), self);
      gtk_grid_attach (GTK_GRID (grid), button, i % 2, i / 2, i == 4 ? 2 : 1, 1);
    }
  return grid;
}

static void
cpt_reason_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  CptReasonDialog *self = CPT_REASON_DIALOG (dialog);
  g_autofree char *note = cpt_note_box_dup_text (self->note);

  if (g_str_equal (response, "do"))
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, note, self->cause);
}

static void
cpt_reason_dialog_class_init (CptReasonDialogClass *klass)
{
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = cpt_reason_dialog_response;

  signals[SIGNAL_CHOSEN] =
      g_signal_new ("chosen", CPT_TYPE_REASON_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
cpt_reason_dialog_init (CptReasonDialog *self)
{
  self->note = CPT_NOTE_BOX (cpt_note_box_new ());
}

static char *
heading (CptDeed deed, const char *number, const char *platform)
{
  if (deed == CPT_DEED_REJECT)
    /* TRANSLATORS: 1: an order's number, 2: where it comes from. */
    return g_strdup_printf (_ ("Reject %1$s from %2$s?"), number, platform);
  if (deed == CPT_DEED_CANCEL)
    /* TRANSLATORS: 1: an order's number, 2: where it comes from. */
    return g_strdup_printf (_ ("Cancel %1$s from %2$s?"), number, platform);
  /* TRANSLATORS: 1: an order's number, 2: where it comes from. */
  return g_strdup_printf (_ ("Could %1$s from %2$s not be delivered?"), number, platform);
}

static const char *
first_sentence (CptDeed deed)
{
  if (deed == CPT_DEED_CANCEL)
    return _ ("We are sorry: we have to cancel your order.");
  return deed == CPT_DEED_FAIL ? _ ("We are sorry: your order could not be delivered.") : "";
}

static void
add_responses (CptReasonDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  CptOrderStatus to = self->deed == CPT_DEED_REJECT   ? CPT_ORDER_REJECTED
                      : self->deed == CPT_DEED_CANCEL ? CPT_ORDER_CANCELLED
                                                      : CPT_ORDER_DELIVERY_FAILED;

  /* TRANSLATORS: leaves a question without doing anything. */
  adw_message_dialog_add_response (dialog, "back", _ ("Back"));
  adw_message_dialog_add_response (dialog, "do", cpt_order_step_label (to));
  adw_message_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (dialog, "do", self->deed != CPT_DEED_REJECT);
  adw_message_dialog_set_close_response (dialog, "back");
}

/**
 * cpt_reason_dialog_new:
 * @deed: REJECT, CANCEL or FAIL
 *
 * Returns: (transfer none): the question, to be presented; it closes by itself
 */
GtkWidget *
cpt_reason_dialog_new (GtkWindow *parent, const CptOrderRow *row, CptDeed deed)
{
  CptReasonDialog *self =
      g_object_new (CPT_TYPE_REASON_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  g_autofree char *number = cpt_order_view_number (row->number);
  g_autofree char *title = heading (deed, number, cpt_order_view_platform (row));

  self->deed = deed;
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), title);
  add_responses (self);
  if (deed == CPT_DEED_REJECT)
    gtk_box_append (GTK_BOX (box), make_reasons (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  cpt_note_box_offer (self->note, first_sentence (deed));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), box);
  return GTK_WIDGET (self);
}

/**
 * cpt_reason_dialog_fill:
 * @note: (nullable)
 * @cause: (nullable)
 *
 * As if a person had answered so; nothing is done yet.
 */
void
cpt_reason_dialog_fill (CptReasonDialog *self, const char *note, const char *cause)
{
  for (gsize i = 0; i < N_REASONS && self->buttons[i] != NULL; i++)
    if (g_strcmp0 (translated (reasons[i].label), cause) == 0)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), TRUE);
  cpt_note_box_set_text (self->note, note);
}
