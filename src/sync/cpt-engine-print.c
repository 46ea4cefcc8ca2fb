/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window asks about printed tickets. */
#include "cpt-engine-private.h"
#include "cpt-engine-till.h"
#include "cpt-store-ticket-jobs.h"

/* Hands a store job's result on to the engine's caller, who frees it with g_free or, for an array,
 * g_array_unref: the task's own data. */
static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GDestroyNotify free_result = g_task_get_task_data (task);
  gpointer answer = cpt_store_run_finish (CPT_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, cpt_engine_translate_error (error));
  else
    g_task_return_pointer (task, answer, free_result);
}

/* @job: (transfer full) */
static void
ask (CptEngine *self,
     CptStoreJob *job,
     gpointer free_result,
     GAsyncReadyCallback callback,
     gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_task_data (task, free_result, NULL);
  cpt_store_run_async (self->store, job, NULL, answered_cb, task);
}

void
cpt_engine_note_print_async (CptEngine *self,
                             gint64 row,
                             CptTicketKind kind,
                             gboolean called_off,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  ask (self, cpt_store_note_print (row, kind, called_off, cpt_clock_now (self->clock)), g_free,
       callback, data);
}

int
cpt_engine_note_print_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  g_autofree int *before = g_task_propagate_pointer (G_TASK (result), error);

  return before != NULL ? *before : -1;
}

void
cpt_engine_load_prints_async (CptEngine *self,
                              gint64 row,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  ask (self, cpt_store_load_prints (row), g_free, callback, data);
}

gboolean
cpt_engine_load_prints_finish (CptEngine *self,
                               GAsyncResult *result,
                               CptTicketPrints *prints,
                               GError **error)
{
  g_autofree CptTicketPrints *loaded = g_task_propagate_pointer (G_TASK (result), error);

  if (loaded == NULL)
    return FALSE;
  *prints = *loaded;
  return TRUE;
}

void
cpt_engine_claim_tickets_async (CptEngine *self,
                                GArray *rows,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autofree char *wanted = g_settings_get_string (self->settings, "print-on-acceptance");
  gboolean both = g_str_equal (wanted, "both");
  gboolean kinds[CPT_TICKET_KINDS] = {
    [CPT_TICKET_KITCHEN] = both || g_str_equal (wanted, "kitchen"),
    [CPT_TICKET_CUSTOMER] = both || g_str_equal (wanted, "customer"),
  };

  ask (self, cpt_store_claim_tickets (rows, kinds, cpt_clock_now (self->clock)), g_array_unref,
       callback, data);
}

GArray *
cpt_engine_claim_tickets_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
