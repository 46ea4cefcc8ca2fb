/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The double's till: what is placed waits until the test says what became of it. Main thread only.
 */
#include "cpt-double-engine-private.h"

#define TILL "cpt-double-till"

typedef struct
{
  CptMenu *menu;   /* (owned) (nullable) */
  GTask *placing;  /* (owned) (nullable) */
  char *placed;    /* (owned) (nullable) */
  char *drafts;    /* (owned) (nullable) */
  CptOrder *draft; /* (owned) (nullable) */
} Till;

static void
till_free (gpointer data)
{
  Till *till = data;

  g_clear_pointer (&till->menu, cpt_menu_unref);
  g_clear_object (&till->placing);
  g_free (till->placed);
  g_free (till->drafts);
  g_clear_pointer (&till->draft, cpt_order_unref);
  g_free (till);
}

static Till *
get_till (CptEngine *self)
{
  Till *till = g_object_get_data (G_OBJECT (self), TILL);

  if (till == NULL)
    {
      till = g_new0 (Till, 1);
      g_object_set_data (G_OBJECT (self), TILL, till);
    }
  return till;
}

void
cpt_double_engine_forget_till (CptEngine *self)
{
  Till *till = g_object_steal_data (G_OBJECT (self), TILL);

  g_clear_pointer (&till, till_free);
}

/* Takes @menu. */
void
cpt_double_engine_set_menu (CptEngine *self, CptMenu *menu)
{
  get_till (self)->menu = menu;
  g_signal_emit_by_name (self, "stock-changed");
}

void
cpt_engine_load_menu_async (CptEngine *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  CptMenu *menu = get_till (self)->menu;

  if (menu != NULL)
    g_task_return_pointer (task, cpt_menu_ref (menu), (GDestroyNotify)cpt_menu_unref);
  else
    g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_FOUND, "No catalog");
}

CptMenu *
cpt_engine_load_menu_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cpt_engine_pull_catalog_async (CptEngine *self, GAsyncReadyCallback callback, gpointer data)
{
  cpt_double_engine_answer (self, g_task_new (self, NULL, callback, data), GSIZE_TO_POINTER (1));
}

gboolean
cpt_engine_has_customer_list (CptEngine *self)
{
  return TRUE;
}

void
cpt_engine_search_customers_async (CptEngine *self,
                                   const char *text,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  cpt_double_engine_answer (self, g_task_new (self, cancellable, callback, data),
                            g_ptr_array_new ());
}

GPtrArray *
cpt_engine_search_customers_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Orders --- */

static char *
describe (const CptOrder *order)
{
  return order != NULL ? cpt_order_dup_items_summary (order, NULL) : g_strdup ("-");
}

/* Two of them, "2 Coke | -". */
void
cpt_engine_save_draft (CptEngine *self, const CptOrder *draft, const CptOrder *other)
{
  Till *till = get_till (self);
  g_autofree char *first = describe (draft);
  g_autofree char *second = describe (other);

  g_free (till->drafts);
  till->drafts = g_strconcat (first, " | ", second, NULL);
}

const char *
cpt_double_engine_last_drafts (CptEngine *self)
{
  return get_till (self)->drafts;
}

/* What the next page that opens finds on the disk. Takes @draft. */
void
cpt_double_engine_set_draft (CptEngine *self, CptOrder *draft)
{
  get_till (self)->draft = draft;
}

void
cpt_engine_load_draft_async (CptEngine *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  cpt_double_engine_answer (self, g_task_new (self, cancellable, callback, data),
                            g_steal_pointer (&get_till (self)->draft));
}

CptOrder *
cpt_engine_load_draft_finish (CptEngine *self,
                              GAsyncResult *result,
                              CptOrder **other,
                              GError **error)
{
  *other = NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
cpt_engine_would_send (CptEngine *self, const CptOrder *order)
{
  return FALSE;
}

void
cpt_engine_replace_order_async (CptEngine *self,
                                gint64 row,
                                const CptOrder *order,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  Till *till = get_till (self);
  g_autofree char *items = describe (order);

  g_assert_null (till->placing);
  g_free (till->placed);
  till->placed = g_strdup_printf ("%" G_GINT64_FORMAT ": %s", row, items);
  till->placing = g_task_new (self, NULL, callback, data);
}

void
cpt_engine_place_order_async (CptEngine *self,
                              const CptOrder *order,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  cpt_engine_replace_order_async (self, 0, order, callback, data);
}

gint64
cpt_engine_place_order_finish (CptEngine *self, GAsyncResult *result, GError **error)
{
  gint64 row = g_task_propagate_int (G_TASK (result), error);

  return MAX (row, 0);
}

/* What was placed last, "0: 2 Coke", the row it corrects first. */
const char *
cpt_double_engine_last_placed (CptEngine *self)
{
  return get_till (self)->placed;
}

/* It is @row now, or with 0 was not taken, because of @message. */
void
cpt_double_engine_end_placing (CptEngine *self, gint64 row, const char *message)
{
  g_autoptr (GTask) task = g_steal_pointer (&get_till (self)->placing);

  g_assert_nonnull (task);
  if (row != 0)
    g_task_return_int (task, row);
  else
    g_task_return_new_error (task, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_BUSY, "%s", message);
}
