/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets commands typed elsewhere work on this process's engine, by a socket beside the database: it
 * is there while the engine is open and holds the lock. Main thread only. */
#pragma once

#include "cpt-engine.h"

G_BEGIN_DECLS

#define CPT_TYPE_CLI_SERVER (cpt_cli_server_get_type ())
G_DECLARE_FINAL_TYPE (CptCliServer, cpt_cli_server, CPT, CLI_SERVER, GObject)

CptCliServer *cpt_cli_server_new (CptEngine *engine);

G_END_DECLS
