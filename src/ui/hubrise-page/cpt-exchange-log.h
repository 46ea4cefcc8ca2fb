/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of exchanges with its search and its filter. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_EXCHANGE_LOG (cpt_exchange_log_get_type ())
G_DECLARE_FINAL_TYPE (CptExchangeLog, cpt_exchange_log, CPT, EXCHANGE_LOG, AdwBin)

CptExchangeLog *cpt_exchange_log_new (CptEngine *engine);
void cpt_exchange_log_focus_search (CptExchangeLog *self);

G_END_DECLS
