/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes the money for an order. Main thread only. */
#include "cpt-invoice-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-invoice-state.h"
#include "cpt-money-pad.h"
#include "cpt-order-view-state.h"
#include "cpt-payment-names.h"

struct _CptInvoiceDialog
{
  AdwWindow parent_instance;

  GSettings *settings; /* (owned) */
  CptMoney due;
  gboolean taking; /* it is on its way to the disk */

  /* (owned by their parents) */
  GtkWidget *methods[CPT_N_PAYMENTS];
  GtkWidget *amount, *given, *given_row, *change, *problem, *left, *print, *take;
  CptMoneyPad *pad;
};

enum
{
  SIGNAL_TAKEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptInvoiceDialog, cpt_invoice_dialog, ADW_TYPE_WINDOW)

static CptPaymentMethod
get_method (CptInvoiceDialog *self)
{
  for (int i = CPT_PAYMENT_CASH; i < CPT_N_PAYMENTS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->methods[i])))
      return (CptPaymentMethod)i;
  return CPT_PAYMENT_NONE;
}

static CptInvoiceState *
make_state (CptInvoiceDialog *self)
{
  return cpt_invoice_state_new (self->due, get_method (self),
                                gtk_editable_get_text (GTK_EDITABLE (self->amount)),
                                gtk_editable_get_text (GTK_EDITABLE (self->given)));
}

/* Its place stays: what stands below must not jump under a finger. */
static void
say (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

static void
update (CptInvoiceDialog *self)
{
  g_autoptr (CptInvoiceState) state = make_state (self);

  gtk_widget_set_sensitive (self->given_row, state->counts);
  say (self->change, state->change);
  say (self->problem, state->problem);
  say (self->left, state->problem == NULL ? state->left : NULL);
  gtk_button_set_label (GTK_BUTTON (self->take), state->button);
  gtk_widget_set_sensitive (self->take, state->allowed && !self->taking);
}

static void
take (CptInvoiceDialog *self)
{
  g_autoptr (CptInvoiceState) state = make_state (self);
  CptPaymentMethod method = get_method (self);
  g_autofree char *name = cpt_payment_names_dup_name (self->settings, method);
  g_autofree char *ref = cpt_payment_names_dup_ref (self->settings, method);
  CptTaking taking = { name, ref, state->amount, FALSE };

  if (!state->allowed || self->taking)
    return;
  taking.prints = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->print));
  self->taking = TRUE;
  update (self);
  g_signal_emit (self, signals[SIGNAL_TAKEN], 0, &taking);
}

static void
cpt_invoice_dialog_dispose (GObject *object)
{
  g_clear_object (&CPT_INVOICE_DIALOG (object)->settings);
  G_OBJECT_CLASS (cpt_invoice_dialog_parent_class)->dispose (object);
}

static void
cpt_invoice_dialog_class_init (CptInvoiceDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_invoice_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);

  signals[SIGNAL_TAKEN] = g_signal_new ("taken", CPT_TYPE_INVOICE_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
entered_cb (GtkEventControllerFocus *controller, CptInvoiceDialog *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  cpt_money_pad_set_entry (self->pad, GTK_EDITABLE (entry));
}

static GtkWidget *
make_entry (CptInvoiceDialog *self, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_add_css_class (entry, "cpt-amount");
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (take), self);
  g_signal_connect (focus, "enter", G_CALLBACK (entered_cb), self);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static GtkWidget *
make_row (const char *text, GtkWidget *entry)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = make_label (text, "cpt-field");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), entry);
  return row;
}

static GtkWidget *
make_methods (CptInvoiceDialog *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int i = CPT_PAYMENT_CASH; i < CPT_N_PAYMENTS; i++)
    {
      g_autofree char *label = cpt_payment_names_dup_label (self->settings, (CptPaymentMethod)i);
      int at = i - CPT_PAYMENT_CASH;

      self->methods[i] = gtk_toggle_button_new_with_label (label);
      gtk_widget_add_css_class (self->methods[i], "cpt-reason");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->methods[i]),
                                   at > 0 ? GTK_TOGGLE_BUTTON (self->methods[CPT_PAYMENT_CASH])
                                          : NULL);
      g_signal_connect_swapped (self->methods[i], "toggled", G_CALLBACK (update), self);
      gtk_grid_attach (GTK_GRID (grid), self->methods[i], at % 2, at / 2, 1, 1);
    }
  return grid;
}

static GtkWidget *
make_fields (CptInvoiceDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->amount = make_entry (self, _ ("Amount"));
  self->given = make_entry (self, _ ("The customer gives"));
  self->given_row = make_row (_ ("The customer gives"), self->given);
  self->change = make_label (NULL, "cpt-change");
  self->left = make_label (NULL, "dim-label");
  self->problem = make_label (NULL, "cpt-problem");
  gtk_box_append (GTK_BOX (box), make_methods (self));
  /* TRANSLATORS: of a payment. */
  gtk_box_append (GTK_BOX (box), make_row (_ ("Amount"), self->amount));
  gtk_box_append (GTK_BOX (box), self->given_row);
  gtk_box_append (GTK_BOX (box), self->change);
  gtk_box_append (GTK_BOX (box), self->left);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
make_foot (CptInvoiceDialog *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *back = gtk_button_new_with_label (_ ("Back"));

  self->print = gtk_check_button_new_with_label (_ ("Print the receipt"));
  self->take = gtk_button_new ();
  gtk_widget_set_hexpand (self->print, TRUE);
  gtk_widget_add_css_class (self->print, "cpt-check");
  gtk_widget_add_css_class (back, "cpt-deed");
  gtk_widget_add_css_class (back, "cpt-quiet");
  gtk_widget_add_css_class (self->take, "cpt-deed");
  gtk_widget_add_css_class (self->take, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "window.close");
  g_signal_connect_swapped (self->take, "clicked", G_CALLBACK (take), self);
  gtk_box_append (GTK_BOX (foot), self->print);
  gtk_box_append (GTK_BOX (foot), back);
  gtk_box_append (GTK_BOX (foot), self->take);
  gtk_widget_set_halign (back, GTK_ALIGN_END);
  return foot;
}

static GtkWidget *
make_due (CptInvoiceDialog *self)
{
  g_autofree char *amount = cpt_money_format (self->due);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = make_label (_ ("Left to pay"), "cpt-due");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), make_label (amount, "cpt-due"));
  return row;
}

static void
build (CptInvoiceDialog *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  self->pad = CPT_MONEY_PAD (cpt_money_pad_new ());
  gtk_box_append (GTK_BOX (middle), make_fields (self));
  gtk_box_append (GTK_BOX (middle), GTK_WIDGET (self->pad));
  gtk_box_append (GTK_BOX (page), make_due (self));
  gtk_box_append (GTK_BOX (page), middle);
  gtk_box_append (GTK_BOX (page), make_foot (self));
  gtk_widget_add_css_class (page, "cpt-invoice");
  gtk_box_append (GTK_BOX (all), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (all), page);
  adw_window_set_content (ADW_WINDOW (self), all);
}

static void
cpt_invoice_dialog_init (CptInvoiceDialog *self)
{
}

static void
offer_due (CptInvoiceDialog *self)
{
  CptMoney bare = self->due;
  g_autofree char *text = NULL;

  bare.currency[0] = '\0';
  text = cpt_money_format (bare);
  gtk_editable_set_text (GTK_EDITABLE (self->amount), text);
  gtk_editable_select_region (GTK_EDITABLE (self->amount), 0, -1);
  cpt_money_pad_set_entry (self->pad, GTK_EDITABLE (self->amount));
}

/**
 * cpt_invoice_dialog_new:
 * @details: of an order with something left to pay
 *
 * Returns: (transfer none): the dialog, to be presented; it closes once what was taken is stored
 */
GtkWidget *
cpt_invoice_dialog_new (GtkWindow *parent, CptEngine *engine, const CptOrderDetails *details)
{
  CptInvoiceDialog *self =
      g_object_new (CPT_TYPE_INVOICE_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG,
                    "transient-for", parent, "modal", TRUE, "resizable", FALSE, NULL);
  g_autofree char *number = cpt_order_view_number (details->row->number);
  /* TRANSLATORS: a window's title; %s is an order's number. In French: Facturer. */
  g_autofree char *title = g_strdup_printf (_ ("Invoice %s"), number);

  self->settings = g_object_ref (cpt_profile_get_settings (cpt_engine_get_profile (engine)));
  self->due = details->row->due;
  gtk_window_set_title (GTK_WINDOW (self), title);
  build (self);
  offer_due (self);
  update (self);
  gtk_widget_grab_focus (self->methods[CPT_PAYMENT_CASH]);
  return GTK_WIDGET (self);
}

/**
 * cpt_invoice_dialog_end:
 * @failure: (nullable): why what was taken could not be stored; %NULL: it is
 *
 * Closes, or says so and keeps what was typed.
 */
void
cpt_invoice_dialog_end (CptInvoiceDialog *self, const char *failure)
{
  self->taking = FALSE;
  update (self);
  if (failure != NULL)
    say (self->problem, failure);
  else
    gtk_window_close (GTK_WINDOW (self));
}
