/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Connection information": ids, places and times of the connection, the limits, and how support
 * gets in. Main thread only. */
#pragma once

#include <adwaita.h>

#include "cpt-alert.h"
#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_CONNECTION_INFO (cpt_connection_info_get_type ())
G_DECLARE_FINAL_TYPE (CptConnectionInfo, cpt_connection_info, CPT, CONNECTION_INFO, AdwBin)

CptConnectionInfo *cpt_connection_info_new (CptEngine *engine, CptAlert *alert);

G_END_DECLS
