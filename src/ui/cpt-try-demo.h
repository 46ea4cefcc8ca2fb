/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the demo shop as a program of its own beside this one. Main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cpt_try_demo (GError **error);

G_END_DECLS
