/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks once before an item of an order is said to be missing. Main thread only. */
#include "cpt-missing-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-engine-till.h"
#include "cpt-note-box.h"
#include "cpt-outbox-rule.h"

struct _CptMissingDialog
{
  AdwMessageDialog parent_instance;

  CptNoteBox *note; /* (owned by its parent) (nullable) NULL for the last item */
  gboolean rejects;
};

enum
{
  SIGNAL_CONFIRMED,
  SIGNAL_CALL_OFF,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptMissingDialog, cpt_missing_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
cpt_missing_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  CptMissingDialog *self = CPT_MISSING_DIALOG (dialog);
  g_autofree char *note = NULL;

  if (!g_str_equal (response, "do"))
    return;
  if (self->note == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_CALL_OFF], 0, self->rejects);
      return;
    }
  note = cpt_note_box_dup_text (self->note);
  g_signal_emit (self, signals[SIGNAL_CONFIRMED], 0, note);
}

static void
cpt_missing_dialog_class_init (CptMissingDialogClass *klass)
{
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = cpt_missing_dialog_response;

  signals[SIGNAL_CONFIRMED] = g_signal_new ("confirmed", CPT_TYPE_MISSING_DIALOG, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CALL_OFF] = g_signal_new ("call-off", CPT_TYPE_MISSING_DIALOG, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
cpt_missing_dialog_init (CptMissingDialog *self)
{
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

/* The customer reads it: what has neither is at least a product. */
static const char *
name_of (const CptOrderItem *item)
{
  if (is_set (item->product_name))
    return item->product_name;
  /* TRANSLATORS: instead of the name of a product that has none: “We are sorry: a product is not
   * available.” */
  return is_set (item->sku_ref) ? item->sku_ref : C_ ("missing", "a product");
}

static void
add_responses (CptMissingDialog *self, const char *label)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  adw_message_dialog_add_response (dialog, "back", _ ("Back"));
  adw_message_dialog_add_response (dialog, "do", label);
  adw_message_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "back");
}

/* What the order would cost without it. */
static void
get_balance_without (const CptOrderDetails *details, const char *item, CptOrderBalance *balance)
{
  g_autoptr (GPtrArray) outbox = g_ptr_array_new ();
  g_autoptr (CptOutboxEntry) deletion =
      cpt_outbox_entry_new (CPT_OUTBOX_DELETION, details->row->row, NULL);

  deletion->element = g_strdup (item);
  g_ptr_array_extend (outbox, details->outbox, NULL, NULL);
  g_ptr_array_add (outbox, deletion);
  cpt_order_get_balance_with (details->order, outbox, balance);
}

static char *
money_sentence (const CptOrderDetails *details, const char *item)
{
  CptOrderBalance balance = { 0 };
  g_autofree char *amount = NULL;

  get_balance_without (details, item, &balance);
  if (balance.due.state != CPT_AMOUNT_KNOWN)
    return g_strdup (_ ("What is left to pay will not be known."));
  if (balance.due.minor == 0)
    return g_strdup (_ ("Nothing will be left to pay."));
  if (balance.due.minor < 0)
    balance.due.minor = -balance.due.minor;
  else
    {
      amount = cpt_money_format (balance.due);
      /* TRANSLATORS: %s is an amount. */
      return g_strdup_printf (_ ("%s will be left to pay."), amount);
    }
  amount = cpt_money_format (balance.due);
  /* TRANSLATORS: %s is an amount. */
  return g_strdup_printf (_ ("%s will be to refund."), amount);
}

static char *
stock_sentence (CptEngine *engine, const CptOrderItem *item)
{
  CptTime until = cpt_engine_get_missing_until (engine);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);
  g_autofree char *time = NULL;

  if (item->sku_ref == NULL || until == CPT_TIME_NONE)
    return NULL;
  time = cpt_time_format_day_clock (until, cpt_clock_now (cpt_engine_get_clock (engine)), zone);
  /* TRANSLATORS: %s is a time such as "tomorrow 06:00". */
  return g_strdup_printf (_ ("The product is not for sale until %s."), time);
}

static char *
make_body (CptEngine *engine, const CptOrderDetails *details, const CptOrderItem *item)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *money = money_sentence (details, item->id);
  g_autofree char *stock = stock_sentence (engine, item);

  g_string_append (body,
                   details->row->id != NULL
                       ? _ ("It is taken out of the order on HubRise, too. This cannot be undone.")
                       : _ ("It is taken out of the order. This cannot be undone."));
  g_string_append_printf (body, "\n%s", money);
  if (stock != NULL)
    g_string_append_printf (body, "\n%s", stock);
  return g_string_free (g_steal_pointer (&body), FALSE);
}

static void
ask (CptMissingDialog *self,
     CptEngine *engine,
     const CptOrderDetails *details,
     const CptOrderItem *item)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  const char *name = name_of (item);
  /* TRANSLATORS: a question; %s is a product. */
  g_autofree char *heading = g_strdup_printf (_ ("“%s” is missing?"), name);
  g_autofree char *body = make_body (engine, details, item);
  /* TRANSLATORS: what a customer reads; %s is a product. */
  g_autofree char *sentence = g_strdup_printf (_ ("We are sorry: %s is not available."), name);

  self->note = CPT_NOTE_BOX (cpt_note_box_new ());
  cpt_note_box_offer (self->note, sentence);
  adw_message_dialog_set_heading (dialog, heading);
  adw_message_dialog_set_body (dialog, body);
  adw_message_dialog_set_extra_child (dialog, GTK_WIDGET (self->note));
  /* TRANSLATORS: a button: the item is missing, the order goes on without it. */
  add_responses (self, _ ("Take it out"));
}

/* An order cannot be empty. */
static void
ask_to_call_off (CptMissingDialog *self, const CptOrderDetails *details, const CptOrderItem *item)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  /* TRANSLATORS: %s is a product. */
  g_autofree char *heading =
      g_strdup_printf (_ ("“%s” is all that is left of the order"), name_of (item));

  self->rejects = cpt_order_status_is_waiting (details->row->status);
  adw_message_dialog_set_heading (dialog, heading);
  adw_message_dialog_set_body (
      dialog, self->rejects ? _ ("An order cannot be empty. It has to be rejected instead.")
                            : _ ("An order cannot be empty. It has to be cancelled instead."));
  add_responses (self,
                 cpt_order_step_label (self->rejects ? CPT_ORDER_REJECTED : CPT_ORDER_CANCELLED));
}

/**
 * cpt_missing_dialog_new:
 * @item: the id of one of its items
 *
 * Returns: (transfer none): the question, to be presented; it closes by itself
 */
GtkWidget *
cpt_missing_dialog_new (GtkWindow *parent,
                        CptEngine *engine,
                        const CptOrderDetails *details,
                        const char *item)
{
  CptMissingDialog *self =
      g_object_new (CPT_TYPE_MISSING_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  const CptOrderItem *found = cpt_order_find_item (details->order, item);

  if (found == NULL)
    {
      /* It went while the order was loaded. */
      adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self),
                                      _ ("The item is not in the order any more"));
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), "back", _ ("Back"));
    }
  else if (cpt_order_count_items_left (details->order, details->outbox) <= 1)
    ask_to_call_off (self, details, found);
  else
    ask (self, engine, details, found);
  return GTK_WIDGET (self);
}

/**
 * cpt_missing_dialog_fill:
 * @note: (nullable): what the customer shall read
 *
 * Nothing of it when the question has become another one.
 */
void
cpt_missing_dialog_fill (CptMissingDialog *self, const char *note)
{
  if (self->note != NULL)
    cpt_note_box_set_text (self->note, note);
}
