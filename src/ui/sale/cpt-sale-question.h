/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions with a yes and a no. Main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @object, @data: as given */
typedef void (*CptSaleAnswer) (GObject *object, gpointer data);

void cpt_sale_ask (GtkWidget *over,
                   const char *heading,
                   const char *body,
                   const char *yes,
                   gboolean destroys,
                   CptSaleAnswer answer,
                   GObject *object,
                   gpointer data,
                   GDestroyNotify free_data);
void cpt_sale_ask_inactive (GtkWidget *over,
                            const char *name,
                            CptSaleAnswer answer,
                            GObject *object,
                            gpointer data,
                            GDestroyNotify free_data);

G_END_DECLS
