/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which printers this desktop has. Main thread only. */
#include "cpt-printer-finder.h"

#include <glib/gi18n-lib.h>

/* A print server that does not answer is asked no longer than this. */
#define PATIENCE_MS (5 * CPT_SECOND)

/* One search. The enumeration cannot be stopped from outside: it holds a reference of its own and
 * finds out at its next printer that nobody listens. */
typedef struct
{
  CptClock *clock;   /* (owned) */
  GTask *task;       /* (owned) (nullable) until it is answered */
  char *name;        /* (owned) (nullable) the one looked for; NULL lists all */
  GPtrArray *names;  /* (owned) */
  char *standard;    /* (owned) (nullable) */
  GtkPrinter *found; /* (owned) (nullable) */
  guint timer;
} Search;

static void
search_clear (gpointer data)
{
  Search *self = data;

  cpt_clock_clear_timer (self->clock, &self->timer);
  g_clear_object (&self->clock);
  g_clear_object (&self->task);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_object (&self->found);
  g_free (self->name);
  g_free (self->standard);
}

static void
search_unref (gpointer data)
{
  g_rc_box_release_full (data, search_clear);
}

static gboolean
is_wanted (const Search *self, GtkPrinter *printer)
{
  if (self->name == NULL)
    return FALSE;
  if (*self->name == '\0')
    return gtk_printer_is_default (printer);
  return g_str_equal (self->name, gtk_printer_get_name (printer));
}

/* Nothing more comes: the list is what it is, and who was looked for is not there. */
static void
give_up (Search *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  cpt_clock_clear_timer (self->clock, &self->timer);
  if (task == NULL)
    return;
  if (self->name == NULL)
    g_task_return_boolean (task, TRUE);
  else if (*self->name == '\0')
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                             _ ("This computer has no printer of its own: choose one, or a PDF "
                                "file, in the preferences"));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             /* TRANSLATORS: %s is the name of a printer. */
                             _ ("The printer “%s” is not there: is it on and connected?"),
                             self->name);
}

static gboolean
patience_over_cb (gpointer data)
{
  Search *self = data;

  self->timer = 0;
  give_up (self);
  return G_SOURCE_REMOVE;
}

static void
answer (gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&self->found), g_object_unref);
}

/* Returns: whether the enumeration may end */
static gboolean
printer_cb (GtkPrinter *printer, gpointer data)
{
  Search *self = data;

  if (self->task == NULL)
    return TRUE;
  if (self->name == NULL && !gtk_printer_is_virtual (printer))
    g_ptr_array_add (self->names, g_strdup (gtk_printer_get_name (printer)));
  if (self->name == NULL && gtk_printer_is_default (printer))
    {
      g_free (self->standard);
      self->standard = g_strdup (gtk_printer_get_name (printer));
    }
  if (!is_wanted (self, printer))
    return FALSE;
  cpt_clock_clear_timer (self->clock, &self->timer);
  self->found = g_object_ref (printer);
  /* Whoever is answered prints at once, and the print system must not be entered from inside. */
  g_idle_add_once (answer, g_steal_pointer (&self->task));
  return TRUE;
}

static void
enumerated_cb (gpointer data)
{
  give_up (data);
  search_unref (data);
}

/* @name: (nullable) */
static void
start (CptClock *clock, const char *name, GAsyncReadyCallback callback, gpointer data)
{
  Search *self = g_rc_box_new0 (Search);

  self->clock = g_object_ref (clock);
  self->name = g_strdup (name);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->task = g_task_new (NULL, NULL, callback, data);
  g_task_set_task_data (self->task, g_rc_box_acquire (self), search_unref);
  self->timer = cpt_clock_add_timer (clock, PATIENCE_MS, patience_over_cb, g_rc_box_acquire (self),
                                     search_unref);
  gtk_enumerate_printers (printer_cb, self, enumerated_cb, FALSE);
}

void
cpt_printer_finder_list_async (CptClock *clock, GAsyncReadyCallback callback, gpointer data)
{
  start (clock, NULL, callback, data);
}

char **
cpt_printer_finder_list_finish (GAsyncResult *result, char **standard)
{
  Search *self = g_task_get_task_data (G_TASK (result));

  *standard = g_steal_pointer (&self->standard);
  g_ptr_array_add (self->names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&self->names), FALSE);
}

void
cpt_printer_finder_find_async (CptClock *clock,
                               const char *name,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  start (clock, name != NULL ? name : "", callback, data);
}

GtkPrinter *
cpt_printer_finder_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
