/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes language, templates and style sheets of the window's library known. Main thread only. */
#include "cpt-ui.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <locale.h>

#include "cpt-ui-resources.h"

/**
 * cpt_ui_init_language:
 *
 * Takes the system's language. COMPTOIR_LOCALE_DIR names the folder of the translations for a
 * program that is not installed. Before anything that is translated, threads included.
 */
void
cpt_ui_init_language (void)
{
  const char *folder = g_getenv ("COMPTOIR_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && *folder != '\0' ? folder : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

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

/**
 * cpt_ui_get_version:
 *
 * Returns: (transfer none): the program's version
 */
const char *
cpt_ui_get_version (void)
{
  return CPT_VERSION;
}
