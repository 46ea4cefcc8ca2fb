/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which printers this desktop has. Main thread only. */
#pragma once

#include <gtk/gtk.h>
#include <gtk/gtkunixprint.h>

#include "cpt-clock.h"

G_BEGIN_DECLS

/* Asks the print system, at most for a few seconds. Result of the finish: (transfer full), the
 * names in the order found; the desktop's own printer is @standard (nullable) (transfer full). */
void cpt_printer_finder_list_async (CptClock *clock, GAsyncReadyCallback callback, gpointer data);
char **cpt_printer_finder_list_finish (GAsyncResult *result, char **standard);

/* One printer: NULL or "" for the desktop's own. Result: (transfer full) the printer, or an error
 * that says what to do. */
void cpt_printer_finder_find_async (CptClock *clock,
                                    const char *name,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GtkPrinter *cpt_printer_finder_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
