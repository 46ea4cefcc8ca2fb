/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes templates and style sheets of the window's library known. Main thread only. */
#include "cpt-ui.h"

#include <gio/gio.h>

#include "cpt-ui-resources.h"

/**
 * cpt_ui_init:
 *
 * Registers the resources of this library; a second call does nothing more. A static library's
 * resource is left out by the linker unless somebody names it. Call it before the first widget.
 */
void
cpt_ui_init (void)
{
  g_resources_register (cpt_ui_get_resource ());
}
