/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number for each of the last hours, as bars. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-activity.h"

G_BEGIN_DECLS

#define CPT_TYPE_HOUR_CHART (cpt_hour_chart_get_type ())
G_DECLARE_FINAL_TYPE (CptHourChart, cpt_hour_chart, CPT, HOUR_CHART, GtkWidget)

GtkWidget *cpt_hour_chart_new (void);
void cpt_hour_chart_set (CptHourChart *self,
                         const int *values,
                         const char *most,
                         CptTime begin,
                         GTimeZone *zone);

G_END_DECLS
