/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange in full: request and reply, key and personal data hidden. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_EXCHANGE_WINDOW (cpt_exchange_window_get_type ())
G_DECLARE_FINAL_TYPE (CptExchangeWindow, cpt_exchange_window, CPT, EXCHANGE_WINDOW, AdwWindow)

CptExchangeWindow *cpt_exchange_window_new (GtkWindow *parent, CptEngine *engine, gint64 id);

G_END_DECLS
