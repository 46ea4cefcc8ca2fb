/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's notifications about orders: one for each, withdrawn when somebody has seen to it.
 * Main thread only. */
#pragma once

#include <gio/gio.h>

#include "cpt-engine.h"
#include "cpt-order-view-state.h"

G_BEGIN_DECLS

#define CPT_TYPE_ALERT_NOTES (cpt_alert_notes_get_type ())
G_DECLARE_FINAL_TYPE (CptAlertNotes, cpt_alert_notes, CPT, ALERT_NOTES, GObject)

CptAlertNotes *cpt_alert_notes_new (GApplication *app);
void cpt_alert_notes_send (CptAlertNotes *self,
                           CptAlertKind kind,
                           const CptOrderRow *row,
                           const CptOrderViewContext *context);
void cpt_alert_notes_send_connection (CptAlertNotes *self, CptConnectionState state);
void cpt_alert_notes_update (CptAlertNotes *self, const CptOrderRow *row);
void cpt_alert_notes_withdraw_connection (CptAlertNotes *self);
GArray *cpt_alert_notes_get_rows (CptAlertNotes *self);

char *cpt_alert_notes_dup_title (CptAlertKind kind, const CptOrderRow *row);
char *cpt_alert_notes_dup_connection (CptConnectionState state, char **body);

G_END_DECLS
