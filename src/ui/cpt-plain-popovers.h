/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Popovers on a screen that nothing composes. Main thread only. */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

void cpt_plain_popovers_watch (GdkDisplay *display);

G_END_DECLS
