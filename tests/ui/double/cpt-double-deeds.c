/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is pressed: the double keeps the last of it in words. Main thread only. */
#include "cpt-double-engine-private.h"

#include "cpt-engine-till.h"

static void
act (CptEngine *self, GAsyncReadyCallback callback, gpointer data, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
act (CptEngine *self, GAsyncReadyCallback callback, gpointer data, const char *format, ...)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  va_list args;

  g_free (self->last_act);
  va_start (args, format);
  self->last_act = g_strdup_vprintf (format, args);
  va_end (args);
  if (self->fail_next != NULL)
    {
      cpt_double_engine_fail (self, task);
      g_object_unref (task);
      return;
    }
  cpt_double_engine_answer (self, task, GSIZE_TO_POINTER (1));
}

void
cpt_engine_press_async (CptEngine *self,
                        gint64 row,
                        CptOrderStatus to,
                        CptTime confirmed_time,
                        const char *note,
                        const char *cause,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  act (self, callback, data, "press %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " note=%s cause=%s",
       row, cpt_order_status_to_string (to),
       confirmed_time == CPT_TIME_NONE ? (gint64)0 : confirmed_time, note != NULL ? note : "",
       cause != NULL ? cause : "");
}

void
cpt_engine_add_payment_async (CptEngine *self,
                              gint64 row,
                              const char *name,
                              const char *ref,
                              CptMoney amount,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autofree char *text = cpt_money_to_string (amount);

  act (self, callback, data, "pay %" G_GINT64_FORMAT " %s %s %s", row, name, ref, text);
}

void
cpt_engine_mark_missing_async (CptEngine *self,
                               gint64 row,
                               const char *item,
                               const char *note,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  act (self, callback, data, "missing %" G_GINT64_FORMAT " %s note=%s", row, item,
       note != NULL ? note : "");
}

CptTime
cpt_engine_get_missing_until (CptEngine *self)
{
  return cpt_clock_now (self->clock) + 10 * CPT_HOUR;
}

#define ACT(name)                                                                                  \
  void cpt_engine_##name##_async (CptEngine *self, gint64 target, GAsyncReadyCallback callback,    \
                                  gpointer data)                                                   \
  {                                                                                                \
    act (self, callback, data, #name " %" G_GINT64_FORMAT, target);                                \
  }

ACT (undo)
ACT (retry)
ACT (give_up)
ACT (mark_elsewhere)
ACT (mark_seen)
ACT (retry_entry)
ACT (give_up_entry)

gboolean
cpt_engine_act_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Tickets: none is due --- */

void
cpt_engine_note_print_async (CptEngine *self,
                             gint64 row,
                             CptTicketKind kind,
                             gboolean called_off,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  cpt_double_engine_answer (self, g_task_new (self, NULL, callback, data), GSIZE_TO_POINTER (1));
}

int
cpt_engine_note_print_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? 0 : -1;
}

void
cpt_engine_claim_tickets_async (CptEngine *self,
                                GArray *rows,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  self->claims += rows == NULL;
  cpt_double_engine_answer (self, g_task_new (self, NULL, callback, data),
                            g_array_new (FALSE, FALSE, sizeof (CptTicketDue)));
}

GArray *
cpt_engine_claim_tickets_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
