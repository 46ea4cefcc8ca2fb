/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints tickets: by hand, and by itself when an order is accepted for good or cancelled. Main
 * thread only. */
#include "cpt-ticket-printer.h"

#include <glib/gi18n-lib.h>

#include "cpt-engine-till.h"
#include "cpt-order-view-state.h"
#include "cpt-ticket-output.h"

/* The second half of a double click comes within this, an impatient second press too. */
#define REST_MS (2 * CPT_SECOND)

struct _CptTicketPrinter
{
  GObject parent_instance;

  CptEngine *engine;      /* (owned) */
  CptClock *clock;        /* (owned) */
  GSettings *settings;    /* (owned) */
  guint under_way;        /* pressed or asked for, and with no printer yet */
  GPtrArray *outputs;     /* (owned) (element-type CptTicketOutput) under way */
  GHashTable *rests;      /* (owned) ticket → when it may be pressed again */
  GHashTable *never_left; /* (owned) ticket: it was counted, but no printer ever had it */
  GArray *failed;         /* (owned) (element-type CptTicketDue) what did not come out */
  char *trouble;          /* (owned) (nullable) why the last of them did not */
  guint hold_timer;       /* until a cancellation can no longer be undone */
  CptTime hold_until;     /* when that is so of the last one, or CPT_TIME_NONE */
  gboolean started;
};

/* One ticket between the press and its printer. */
typedef struct
{
  CptTicketPrinter *self; /* (owned) */
  CptTicketDue due;
  gboolean counted;         /* it was claimed: its print is on disk already */
  gboolean duplicate;       /* it was printed before */
  CptOrderDetails *details; /* (owned) (nullable) until loaded */
} Print;

enum
{
  SIGNAL_PRINTED,
  SIGNAL_TROUBLE,
  SIGNAL_WELL,
  SIGNAL_IDLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptTicketPrinter, cpt_ticket_printer, G_TYPE_OBJECT)

static const char *const kinds[CPT_TICKET_KINDS] = { "kitchen", "customer" };

const char *
cpt_ticket_kind_to_string (CptTicketKind kind)
{
  return kinds[kind];
}

gboolean
cpt_ticket_kind_parse (const char *text, CptTicketKind *kind)
{
  for (int i = 0; i < CPT_TICKET_KINDS; i++)
    if (g_strcmp0 (text, kinds[i]) == 0)
      {
        *kind = (CptTicketKind)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * cpt_ticket_printer_is_busy:
 *
 * Returns: whether a ticket would be lost if the program ended now
 */
gboolean
cpt_ticket_printer_is_busy (CptTicketPrinter *self)
{
  for (guint i = 0; i < self->outputs->len; i++)
    if (!cpt_ticket_output_was_sent (self->outputs->pdata[i]))
      return TRUE;
  return self->under_way > 0;
}

static void
tell_idle (CptTicketPrinter *self)
{
  if (!cpt_ticket_printer_is_busy (self))
    g_signal_emit (self, signals[SIGNAL_IDLE], 0);
}

static void
note_done (CptTicketPrinter *self)
{
  self->under_way--;
  tell_idle (self);
}

static void
print_free (Print *print)
{
  g_autoptr (CptTicketPrinter) self = print->self;

  g_clear_pointer (&print->details, cpt_order_details_free);
  g_free (print);
  note_done (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Print, print_free)

static Print *
print_new (CptTicketPrinter *self, const CptTicketDue *due, gboolean counted)
{
  Print *print = g_new0 (Print, 1);

  self->under_way++;
  print->self = g_object_ref (self);
  print->due = *due;
  print->counted = counted;
  return print;
}

static char *
dup_key (gint64 row, CptTicketKind kind)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", row, kinds[kind]);
}

/* --- What happened --- */

static void
forget (CptTicketPrinter *self, const CptTicketDue *due)
{
  for (guint i = 0; i < self->failed->len; i++)
    {
      const CptTicketDue *one = &g_array_index (self->failed, CptTicketDue, i);

      if (one->row == due->row && one->kind == due->kind)
        {
          g_array_remove_index (self->failed, i);
          return;
        }
    }
}

/* None is forgotten for another: a kitchen may wait for each. */
static void
tell_trouble (CptTicketPrinter *self, const CptTicketDue *due, const char *message)
{
  g_autofree char *told = g_strdup (message);

  forget (self, due);
  g_array_append_val (self->failed, *due);
  g_free (self->trouble);
  self->trouble = g_steal_pointer (&told);
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, self->trouble, due->row);
}

static void
tell_well (CptTicketPrinter *self, const CptTicketDue *due)
{
  g_autofree char *key = dup_key (due->row, due->kind);
  guint before = self->failed->len;

  g_hash_table_remove (self->never_left, key);
  forget (self, due);
  if (self->failed->len == before)
    return;
  if (self->failed->len == 0)
    g_signal_emit (self, signals[SIGNAL_WELL], 0);
  else
    g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, self->trouble,
                   g_array_index (self->failed, CptTicketDue, self->failed->len - 1).row);
}

static const CptTicketDue *
get_due (CptTicketOutput *output)
{
  return g_object_get_data (G_OBJECT (output), "due");
}

static void
output_sent_cb (CptTicketOutput *output, const char *path, CptTicketPrinter *self)
{
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  /* TRANSLATORS: %s is the name of a file. */
  g_autofree char *text = name != NULL ? g_strdup_printf (_ ("Ticket in Documents: %s"), name)
                                       : g_strdup (_ ("Ticket sent to the printer"));

  tell_well (self, get_due (output));
  g_signal_emit (self, signals[SIGNAL_PRINTED], 0, text);
  tell_idle (self);
}

static void
output_failed_cb (CptTicketOutput *output, const char *message, CptTicketPrinter *self)
{
  const CptTicketDue *due = get_due (output);

  if (!cpt_ticket_output_was_sent (output))
    g_hash_table_add (self->never_left, dup_key (due->row, due->kind));
  tell_trouble (self, due, message);
}

static void
output_over_cb (CptTicketOutput *output, CptTicketPrinter *self)
{
  if (cpt_ticket_output_came_out (output))
    tell_well (self, get_due (output));
  g_ptr_array_remove (self->outputs, output);
  tell_idle (self);
}

/* --- On its way --- */

/**
 * cpt_ticket_printer_lay_out:
 * @details: the order
 *
 * Returns: (transfer full): the ticket as it would print now
 */
CptTicketPainter *
cpt_ticket_printer_lay_out (CptEngine *engine,
                            const CptOrderDetails *details,
                            CptTicketKind kind,
                            gboolean duplicate,
                            gboolean called_off)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);
  CptTicketInput input = {
    .kind = kind,
    .order = details->order,
    .row = details->row,
    .outbox = details->outbox,
    .shop = cpt_engine_get_connection (engine),
    .duplicate = duplicate,
    .called_off = called_off,
    .now = cpt_clock_now (cpt_engine_get_clock (engine)),
    .zone = zone,
  };
  g_autoptr (GPtrArray) lines = cpt_ticket_new (&input);

  return cpt_ticket_painter_new (lines, kind);
}

static char *
dup_title (const Print *print)
{
  const char *kind = print->due.kind == CPT_TICKET_KITCHEN ? C_ ("ticket", "kitchen")
                                                           /* TRANSLATORS: whose ticket: the
                                                            * customer's. */
                                                           : C_ ("ticket", "customer");

  return g_strdup_printf ("%s %s", print->details->row->number, kind);
}

static void
send_out (Print *print)
{
  CptTicketPrinter *self = print->self;
  g_autofree char *key = g_strconcat ("printer-", kinds[print->due.kind], NULL);
  g_autofree char *printer = g_settings_get_string (self->settings, key);
  g_autofree char *title = dup_title (print);
  CptTicketOutput *output =
      cpt_ticket_output_new (self->clock,
                             cpt_ticket_printer_lay_out (self->engine, print->details,
                                                         print->due.kind, print->duplicate,
                                                         print->due.called_off),
                             printer, title);

  g_object_set_data_full (G_OBJECT (output), "due", g_memdup2 (&print->due, sizeof print->due),
                          g_free);
  g_signal_connect (output, "sent", G_CALLBACK (output_sent_cb), self);
  g_signal_connect (output, "failed", G_CALLBACK (output_failed_cb), self);
  g_signal_connect (output, "over", G_CALLBACK (output_over_cb), self);
  g_ptr_array_add (self->outputs, output);
  cpt_ticket_output_run (output);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Print) print = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = dup_key (print->due.row, print->due.kind);
  int before = cpt_engine_note_print_finish (CPT_ENGINE (source), result, &error);

  if (before < 0)
    {
      tell_trouble (print->self, &print->due, error->message);
      return;
    }
  print->duplicate = before > 0 && !g_hash_table_contains (print->self->never_left, key);
  send_out (print);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Print) print = data;
  g_autoptr (GError) error = NULL;

  print->details = cpt_engine_load_details_finish (CPT_ENGINE (source), result, &error);
  if (print->details == NULL)
    {
      tell_trouble (print->self, &print->due, error->message);
      return;
    }
  if (print->counted)
    {
      send_out (print);
      return;
    }
  print->due.called_off = cpt_order_status_is_called_off (print->details->row->status);
  cpt_engine_note_print_async (print->self->engine, print->due.row, print->due.kind,
                               print->due.called_off, counted_cb, print);
  g_steal_pointer (&print);
}

static void
begin (CptTicketPrinter *self, const CptTicketDue *due, gboolean counted)
{
  cpt_engine_load_details_async (self->engine, due->row, NULL, loaded_cb,
                                 print_new (self, due, counted));
}

void
cpt_ticket_printer_print (CptTicketPrinter *self, gint64 row, CptTicketKind kind)
{
  CptTicketDue due = { .row = row, .kind = kind };
  g_autofree char *key = dup_key (row, kind);
  gint64 now = cpt_clock_monotonic (self->clock);
  const gint64 *rest = g_hash_table_lookup (self->rests, key);
  gint64 until = now + REST_MS;

  if (rest != NULL && now < *rest)
    return;
  g_hash_table_insert (self->rests, g_steal_pointer (&key), g_memdup2 (&until, sizeof until));
  begin (self, &due, FALSE);
}

guint
cpt_ticket_printer_count_failed (CptTicketPrinter *self)
{
  return self->failed->len;
}

void
cpt_ticket_printer_print_failed (CptTicketPrinter *self)
{
  g_autoptr (GArray) failed = g_array_copy (self->failed);

  for (guint i = 0; i < failed->len; i++)
    {
      const CptTicketDue *due = &g_array_index (failed, CptTicketDue, i);

      cpt_ticket_printer_print (self, due->row, due->kind);
    }
}

void
cpt_ticket_printer_forget_failed (CptTicketPrinter *self)
{
  g_array_set_size (self->failed, 0);
  g_signal_emit (self, signals[SIGNAL_WELL], 0);
}

/* --- By itself --- */

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptTicketPrinter) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) due = cpt_engine_claim_tickets_finish (CPT_ENGINE (source), result, &error);

  if (due == NULL)
    /* The window says what is wrong with the database; the next change asks again. */
    g_info ("what is to be printed could not be read: %s", error->message);
  for (guint i = 0; due != NULL && i < due->len; i++)
    begin (self, &g_array_index (due, CptTicketDue, i), TRUE);
  note_done (self);
}

static void
claim (CptTicketPrinter *self, GArray *rows)
{
  self->under_way++;
  cpt_engine_claim_tickets_async (self->engine, rows, claimed_cb, g_object_ref (self));
}

static gboolean hold_over_cb (gpointer data);

static void
wait_for_holds (CptTicketPrinter *self)
{
  CptTime now = cpt_clock_now (self->clock);

  if (self->hold_timer == 0 && self->hold_until != CPT_TIME_NONE)
    self->hold_timer = cpt_clock_add_timer (self->clock, MAX (self->hold_until - now, 0) + 1,
                                            hold_over_cb, self, NULL);
}

/* Another order may have been cancelled meanwhile. */
static gboolean
hold_over_cb (gpointer data)
{
  CptTicketPrinter *self = data;

  self->hold_timer = 0;
  if (self->hold_until < cpt_clock_now (self->clock))
    self->hold_until = CPT_TIME_NONE;
  claim (self, NULL);
  wait_for_holds (self);
  return G_SOURCE_REMOVE;
}

/* A cancellation is printed when it can no longer be undone, and nothing tells of that moment
 * while there is no network. */
static void
rows_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptTicketPrinter) self = data;
  g_autoptr (GPtrArray) rows = cpt_engine_load_rows_finish (CPT_ENGINE (source), result, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      CptOrderRow *row = rows->pdata[i];

      if (row->send == CPT_SEND_HELD)
        self->hold_until = MAX (self->hold_until, row->held_until);
    }
  if (self->clock != NULL)
    wait_for_holds (self);
}

static void
orders_changed_cb (CptTicketPrinter *self, GArray *rows)
{
  if (!self->started || rows->len == 0)
    return;
  claim (self, rows);
  cpt_engine_load_rows_async (self->engine, (const gint64 *)(gpointer)rows->data, rows->len, NULL,
                              rows_loaded_cb, g_object_ref (self));
}

/* From the moment it is turned on, and not from the next order: that one may be accepted already.
 */
static void
wanted_changed_cb (CptTicketPrinter *self)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (self->started)
    claim (self, none);
}

void
cpt_ticket_printer_start (CptTicketPrinter *self)
{
  self->started = TRUE;
  claim (self, NULL);
}

/* --- The object --- */

static void
cpt_ticket_printer_dispose (GObject *object)
{
  CptTicketPrinter *self = CPT_TICKET_PRINTER (object);

  if (self->clock != NULL)
    cpt_clock_clear_timer (self->clock, &self->hold_timer);
  for (guint i = 0; i < self->outputs->len; i++)
    g_signal_handlers_disconnect_by_data (self->outputs->pdata[i], self);
  g_ptr_array_set_size (self->outputs, 0);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_ticket_printer_parent_class)->dispose (object);
}

static void
cpt_ticket_printer_finalize (GObject *object)
{
  CptTicketPrinter *self = CPT_TICKET_PRINTER (object);

  g_ptr_array_unref (self->outputs);
  g_hash_table_unref (self->rests);
  g_hash_table_unref (self->never_left);
  g_array_unref (self->failed);
  g_free (self->trouble);
  G_OBJECT_CLASS (cpt_ticket_printer_parent_class)->finalize (object);
}

static void
cpt_ticket_printer_class_init (CptTicketPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_ticket_printer_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_ticket_printer_finalize;
  signals[SIGNAL_PRINTED] = g_signal_new ("printed", CPT_TYPE_TICKET_PRINTER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_TROUBLE] =
      g_signal_new ("trouble", CPT_TYPE_TICKET_PRINTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[SIGNAL_WELL] = g_signal_new ("well", CPT_TYPE_TICKET_PRINTER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_IDLE] = g_signal_new ("idle", CPT_TYPE_TICKET_PRINTER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_ticket_printer_init (CptTicketPrinter *self)
{
  self->hold_until = CPT_TIME_NONE;
  self->outputs = g_ptr_array_new_with_free_func (g_object_unref);
  self->failed = g_array_new (FALSE, FALSE, sizeof (CptTicketDue));
  self->rests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->never_left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * cpt_ticket_printer_new:
 *
 * Returns: (transfer full): a printer of tickets that prints nothing by itself before its start
 */
CptTicketPrinter *
cpt_ticket_printer_new (CptEngine *engine)
{
  CptTicketPrinter *self = g_object_new (CPT_TYPE_TICKET_PRINTER, NULL);

  self->engine = g_object_ref (engine);
  self->clock = g_object_ref (cpt_engine_get_clock (engine));
  self->settings = g_object_ref (cpt_profile_get_settings (cpt_engine_get_profile (engine)));
  g_signal_connect_object (engine, "orders-changed", G_CALLBACK (orders_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::print-on-acceptance",
                           G_CALLBACK (wanted_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
