/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the report for support into the Documents folder. Main thread only. */
#pragma once

#include "cpt-engine.h"

G_BEGIN_DECLS

/* @told: what to tell the user, translated. */
typedef void (*CptReportSaved) (const char *told, gpointer data);

void cpt_save_report (CptEngine *engine, CptReportSaved saved, gpointer data);

G_END_DECLS
