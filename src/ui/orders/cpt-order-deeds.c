/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All a person can do with an order. Main thread only. */
#include "cpt-order-deeds.h"

#include "cpt-engine-till.h"
#include "cpt-invoice-dialog.h"
#include "cpt-missing-dialog.h"
#include "cpt-order-view-state.h"
#include "cpt-reason-dialog.h"

/* After a press the button under the finger is another one, and after a dialog's whatever it hid:
 * the second half of a double click must not press that. */
#define REST_MS 400

/* What a person wrote for the customer, and of which order. */
typedef struct
{
  CptOrderDeeds *self; /* (owned) (nullable) on its way to the disk: who waits */
  gint64 row;
  char *item;  /* (owned) (nullable) the one that is missing; NULL: the order ends */
  char *note;  /* (owned) (nullable) */
  char *cause; /* (owned) (nullable) */
} Answer;

struct _CptOrderDeeds
{
  GObject parent_instance;

  CptEngine *engine; /* (owned) */
  GtkWidget *owner;  /* (unowned) (nullable) watched: over whose window dialogs stand */
  gint64 rest_until; /* on the monotonic clock */
  gint64 rest_row;   /* the order that rests, or EVERY_ORDER */
  gint64 rest_part;  /* the step or entry that was pressed last, 0 for none */
  Answer *unsaved;   /* (owned) (nullable) for when the same question is asked again */
};

/* A step and an entry do not say which order they are of. */
#define EVERY_ORDER 0

enum
{
  SIGNAL_FAILED,
  SIGNAL_SHOW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptOrderDeeds, cpt_order_deeds, G_TYPE_OBJECT)

static gboolean
is_resting (CptOrderDeeds *self)
{
  return cpt_clock_monotonic (cpt_engine_get_clock (self->engine)) < self->rest_until;
}

static void
rest (CptOrderDeeds *self, gint64 row, gint64 part)
{
  self->rest_row = row;
  self->rest_part = part;
  self->rest_until = cpt_clock_monotonic (cpt_engine_get_clock (self->engine)) + REST_MS;
}

/* Whether a press on an order counts; if so, the next one on it does not for a moment. */
static gboolean
begin (CptOrderDeeds *self, gint64 row)
{
  if (is_resting (self) && (self->rest_row == row || self->rest_row == EVERY_ORDER))
    return FALSE;
  rest (self, row, 0);
  return TRUE;
}

/* The same for a step or an entry: where Undo stood Accept comes. */
static gboolean
begin_part (CptOrderDeeds *self, gint64 part)
{
  if (is_resting (self) && self->rest_part == part)
    return FALSE;
  rest (self, EVERY_ORDER, part);
  return TRUE;
}

static void
answer_free (Answer *answer)
{
  g_clear_object (&answer->self);
  g_free (answer->item);
  g_free (answer->note);
  g_free (answer->cause);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

/* @item, @note, @cause: (nullable) */
static Answer *
answer_new (CptOrderDeeds *self, gint64 row, const char *item, const char *note, const char *cause)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->self = g_object_ref (self);
  answer->row = row;
  answer->item = g_strdup (item);
  answer->note = g_strdup (note);
  answer->cause = g_strdup (cause);
  return answer;
}

/* What the database did not take is not typed twice. (nullable) */
static const Answer *
find_unsaved (CptOrderDeeds *self, gint64 row, const char *item)
{
  const Answer *unsaved = self->unsaved;

  return unsaved != NULL && unsaved->row == row && g_strcmp0 (unsaved->item, item) == 0 ? unsaved
                                                                                        : NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Answer) answer = data;
  g_autoptr (CptOrderDeeds) self = g_steal_pointer (&answer->self);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->unsaved, answer_free);
  if (cpt_engine_act_finish (CPT_ENGINE (source), result, &error))
    return;
  self->unsaved = g_steal_pointer (&answer);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptOrderDeeds) self = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_act_finish (CPT_ENGINE (source), result, &error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
press (CptOrderDeeds *self, gint64 row, CptOrderStatus to, CptTime time)
{
  cpt_engine_press_async (self->engine, row, to, time, NULL, NULL, done_cb, g_object_ref (self));
}

static void
accept_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptOrderDeeds *self = data;
  gint64 row = 0, time = 0;

  g_variant_get (parameter, "(xx)", &row, &time);
  if (begin (self, row))
    press (self, row, CPT_ORDER_ACCEPTED, time);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptOrderDeeds *self = data;
  gint64 row = 0;
  const char *word = NULL;

  g_variant_get (parameter, "(x&s)", &row, &word);
  if (begin (self, row))
    press (self, row, cpt_order_status_parse (word), CPT_TIME_NONE);
}

/* A question under way: which deed with which order. */
typedef struct
{
  CptOrderDeeds *self; /* (owned) */
  CptDeed deed;
  gint64 row;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->self);
  g_free (question);
}

static void
chosen_cb (CptReasonDialog *dialog, const char *note, const char *cause, gpointer data)
{
  Question *question = data;
  CptOrderDeeds *self = question->self;
  CptOrderStatus to = question->deed == CPT_DEED_REJECT   ? CPT_ORDER_REJECTED
                      : question->deed == CPT_DEED_CANCEL ? CPT_ORDER_CANCELLED
                                                          : CPT_ORDER_DELIVERY_FAILED;

  rest (self, EVERY_ORDER, 0);
  cpt_engine_press_async (self->engine, question->row, to, CPT_TIME_NONE, note, cause, answered_cb,
                          answer_new (self, question->row, NULL, note, cause));
}

static void
question_closed_cb (gpointer data, GClosure *closure)
{
  question_free (data);
}

static void
ask (Question *question, CptOrderRow *row)
{
  GtkRoot *root =
      question->self->owner != NULL ? gtk_widget_get_root (question->self->owner) : NULL;
  const Answer *unsaved = find_unsaved (question->self, question->row, NULL);
  GtkWidget *dialog = NULL;

  if (!GTK_IS_WINDOW (root))
    {
      question_free (question);
      return;
    }
  dialog = cpt_reason_dialog_new (GTK_WINDOW (root), row, question->deed);
  if (unsaved != NULL)
    cpt_reason_dialog_fill (CPT_REASON_DIALOG (dialog), unsaved->note, unsaved->cause);
  g_signal_connect_data (dialog, "chosen", G_CALLBACK (chosen_cb), question, question_closed_cb, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
row_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cpt_engine_load_rows_finish (CPT_ENGINE (source), result, &error);

  if (rows != NULL && rows->len == 1)
    {
      ask (question, rows->pdata[0]);
      return;
    }
  if (error != NULL)
    g_signal_emit (question->self, signals[SIGNAL_FAILED], 0, error->message);
  question_free (question);
}

static void
ask_reason (CptOrderDeeds *self, CptDeed deed, gint64 row)
{
  Question *question = g_new0 (Question, 1);

  question->self = g_object_ref (self);
  question->deed = deed;
  question->row = row;
  cpt_engine_load_rows_async (self->engine, &row, 1, NULL, row_loaded_cb, question);
}

static void
question_cb (CptOrderDeeds *self, CptDeed deed, gint64 row)
{
  if (begin (self, row))
    ask_reason (self, deed, row);
}

static void
reject_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  question_cb (data, CPT_DEED_REJECT, g_variant_get_int64 (parameter));
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  question_cb (data, CPT_DEED_CANCEL, g_variant_get_int64 (parameter));
}

static void
fail_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  question_cb (data, CPT_DEED_FAIL, g_variant_get_int64 (parameter));
}

typedef void (*Act) (CptEngine *engine, gint64 target, GAsyncReadyCallback callback, gpointer data);

static void
act (gpointer data, GVariant *parameter, Act function)
{
  CptOrderDeeds *self = data;
  gint64 row = g_variant_get_int64 (parameter);

  if (begin (self, row))
    function (self->engine, row, done_cb, g_object_ref (self));
}

static void
act_on_part (gpointer data, GVariant *parameter, Act function)
{
  CptOrderDeeds *self = data;
  gint64 part = g_variant_get_int64 (parameter);

  if (begin_part (self, part))
    function (self->engine, part, done_cb, g_object_ref (self));
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act_on_part (data, parameter, cpt_engine_undo_async);
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act_on_part (data, parameter, cpt_engine_retry_async);
}

static void
give_up_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act_on_part (data, parameter, cpt_engine_give_up_async);
}

static void
retry_entry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act_on_part (data, parameter, cpt_engine_retry_entry_async);
}

static void
give_up_entry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act_on_part (data, parameter, cpt_engine_give_up_entry_async);
}

/* --- Questions about the whole order --- */

/* One under way: about which order, and which item of it. */
typedef struct
{
  CptOrderDeeds *self; /* (owned) */
  gint64 row;
  char *item; /* (owned) (nullable) the one that is missing; NULL: an invoice */
} Inquiry;

static void
inquiry_free (Inquiry *inquiry)
{
  g_object_unref (inquiry->self);
  g_free (inquiry->item);
  g_free (inquiry);
}

static void
inquiry_closed_cb (gpointer data, GObject *dialog)
{
  inquiry_free (data);
}

/* A payment on its way to the disk: whether its receipt is wanted. */
typedef struct
{
  CptOrderDeeds *self;      /* (owned) */
  CptInvoiceDialog *dialog; /* (weak) (nullable) */
  gint64 row;
  gboolean prints;
} Payment;

static void
payment_free (Payment *payment)
{
  g_clear_weak_pointer (&payment->dialog);
  g_object_unref (payment->self);
  g_free (payment);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Payment, payment_free)

static void
paid_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Payment) payment = data;
  CptOrderDeeds *self = payment->self;
  g_autoptr (GError) error = NULL;
  gboolean done = cpt_engine_act_finish (CPT_ENGINE (source), result, &error);

  if (payment->dialog != NULL)
    cpt_invoice_dialog_end (payment->dialog, done ? NULL : error->message);
  else if (!done)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
  if (done && payment->prints && self->owner != NULL)
    gtk_widget_activate_action (self->owner, "app.print-ticket", "(xs)", payment->row, "customer");
}

static void
taken_cb (CptInvoiceDialog *dialog, const CptTaking *taking, gpointer data)
{
  Inquiry *inquiry = data;
  Payment *payment = g_new0 (Payment, 1);

  payment->self = g_object_ref (inquiry->self);
  g_set_weak_pointer (&payment->dialog, dialog);
  payment->row = inquiry->row;
  payment->prints = taking->prints;
  rest (inquiry->self, EVERY_ORDER, 0);
  cpt_engine_add_payment_async (inquiry->self->engine, inquiry->row, taking->name, taking->ref,
                                taking->amount, paid_cb, payment);
}

static void
confirmed_cb (CptMissingDialog *dialog, const char *note, gpointer data)
{
  Inquiry *inquiry = data;

  rest (inquiry->self, EVERY_ORDER, 0);
  cpt_engine_mark_missing_async (inquiry->self->engine, inquiry->row, inquiry->item, note,
                                 answered_cb,
                                 answer_new (inquiry->self, inquiry->row, inquiry->item, note,
                                             NULL));
}

/* Nothing else is left of the order: it ends instead. */
static void
call_off_cb (CptMissingDialog *dialog, gboolean rejects, gpointer data)
{
  Inquiry *inquiry = data;

  ask_reason (inquiry->self, rejects ? CPT_DEED_REJECT : CPT_DEED_CANCEL, inquiry->row);
}

static GtkWidget *
make_dialog (Inquiry *inquiry, GtkWindow *window, const CptOrderDetails *details)
{
  CptEngine *engine = inquiry->self->engine;
  const Answer *unsaved = find_unsaved (inquiry->self, inquiry->row, inquiry->item);
  GtkWidget *dialog = inquiry->item != NULL
                          ? cpt_missing_dialog_new (window, engine, details, inquiry->item)
                          : cpt_invoice_dialog_new (window, engine, details);

  if (inquiry->item != NULL)
    {
      if (unsaved != NULL)
        cpt_missing_dialog_fill (CPT_MISSING_DIALOG (dialog), unsaved->note);
      g_signal_connect (dialog, "confirmed", G_CALLBACK (confirmed_cb), inquiry);
      g_signal_connect (dialog, "call-off", G_CALLBACK (call_off_cb), inquiry);
    }
  else
    g_signal_connect (dialog, "taken", G_CALLBACK (taken_cb), inquiry);
  g_object_weak_ref (G_OBJECT (dialog), inquiry_closed_cb, inquiry);
  return dialog;
}

static void
details_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Inquiry *inquiry = data;
  CptOrderDeeds *self = inquiry->self;
  GtkRoot *root = self->owner != NULL ? gtk_widget_get_root (self->owner) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CptOrderDetails) details =
      cpt_engine_load_details_finish (CPT_ENGINE (source), result, &error);

  if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
  if (details == NULL || !GTK_IS_WINDOW (root))
    inquiry_free (inquiry);
  else
    gtk_window_present (GTK_WINDOW (make_dialog (inquiry, GTK_WINDOW (root), details)));
}

/* @item: (nullable) */
static void
inquire (CptOrderDeeds *self, gint64 row, const char *item)
{
  Inquiry *inquiry = NULL;

  if (!begin (self, row))
    return;
  inquiry = g_new0 (Inquiry, 1);
  inquiry->self = g_object_ref (self);
  inquiry->row = row;
  inquiry->item = g_strdup (item);
  cpt_engine_load_details_async (self->engine, row, NULL, details_loaded_cb, inquiry);
}

static void
invoice_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  inquire (data, g_variant_get_int64 (parameter), NULL);
}

static void
missing_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gint64 row = 0;
  const char *item = NULL;

  g_variant_get (parameter, "(x&s)", &row, &item);
  inquire (data, row, item);
}

static void
elsewhere_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act (data, parameter, cpt_engine_mark_elsewhere_async);
}

static void
seen_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act (data, parameter, cpt_engine_mark_seen_async);
}

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_SHOW], 0, g_variant_get_int64 (parameter));
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptOrderDeeds *self = data;

  if (self->owner != NULL)
    gtk_widget_activate_action (self->owner, "win.edit-order", "x",
                                g_variant_get_int64 (parameter));
}

static const GActionEntry entries[] = {
  { .name = "accept", .activate = accept_cb, .parameter_type = "(xx)" },
  { .name = "step", .activate = step_cb, .parameter_type = "(xs)" },
  { .name = "reject", .activate = reject_cb, .parameter_type = "x" },
  { .name = "cancel", .activate = cancel_cb, .parameter_type = "x" },
  { .name = "fail", .activate = fail_cb, .parameter_type = "x" },
  { .name = "undo", .activate = undo_cb, .parameter_type = "x" },
  { .name = "retry", .activate = retry_cb, .parameter_type = "x" },
  { .name = "give-up", .activate = give_up_cb, .parameter_type = "x" },
  { .name = "retry-entry", .activate = retry_entry_cb, .parameter_type = "x" },
  { .name = "give-up-entry", .activate = give_up_entry_cb, .parameter_type = "x" },
  { .name = "invoice", .activate = invoice_cb, .parameter_type = "x" },
  { .name = "missing", .activate = missing_cb, .parameter_type = "(xs)" },
  { .name = "edit", .activate = edit_cb, .parameter_type = "x" },
  { .name = "elsewhere", .activate = elsewhere_cb, .parameter_type = "x" },
  { .name = "seen", .activate = seen_cb, .parameter_type = "x" },
  { .name = "show", .activate = show_cb, .parameter_type = "x" },
};

static void
cpt_order_deeds_dispose (GObject *object)
{
  CptOrderDeeds *self = CPT_ORDER_DEEDS (object);

  g_clear_weak_pointer (&self->owner);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->unsaved, answer_free);
  G_OBJECT_CLASS (cpt_order_deeds_parent_class)->dispose (object);
}

static void
cpt_order_deeds_class_init (CptOrderDeedsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_order_deeds_dispose;

  signals[SIGNAL_FAILED] = g_signal_new ("failed", CPT_TYPE_ORDER_DEEDS, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_SHOW] = g_signal_new ("show", CPT_TYPE_ORDER_DEEDS, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cpt_order_deeds_init (CptOrderDeeds *self)
{
}

/**
 * cpt_order_deeds_new:
 * @owner: the widget that gets the action group "order"
 *
 * Returns: (transfer full): the deeds, which @owner must hold as long as it lives
 */
CptOrderDeeds *
cpt_order_deeds_new (CptEngine *engine, GtkWidget *owner)
{
  CptOrderDeeds *self = g_object_new (CPT_TYPE_ORDER_DEEDS, NULL);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->engine = g_object_ref (engine);
  g_set_weak_pointer (&self->owner, owner);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (owner, "order", G_ACTION_GROUP (group));
  return self;
}
