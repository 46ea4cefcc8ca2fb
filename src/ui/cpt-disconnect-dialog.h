/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks once before this till gives its connection back. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

/* @told: what happened, translated. Not called when the answer is no. */
typedef void (*CptDisconnectedFunc) (const char *told, gpointer data);

void cpt_disconnect_dialog_run (GtkWindow *parent,
                                CptEngine *engine,
                                CptDisconnectedFunc done,
                                gpointer data);

G_END_DECLS
