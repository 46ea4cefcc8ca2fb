/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoir: puts the rooms together. */
#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "cpt-application.h"
#include "cpt-cli-server.h"
#include "cpt-cli.h"
#include "cpt-log-file.h"
#include "cpt-system-clock.h"
#include "cpt-ui.h"

static gboolean demo, version, quit;

static const GOptionEntry options[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, &demo, N_ ("Run on the built-in demo shop"), NULL },
  { "quit", 0, 0, G_OPTION_ARG_NONE, &quit, N_ ("End the running Comptoir"), NULL },
  /* TRANSLATORS: the description of an option of the command line. */
  { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Show the version"), NULL },
  { NULL },
};

static gboolean
parse (int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *commands = cpt_cli_list_commands ();
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  g_option_context_set_description (context, commands);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("comptoir: %s\n", error->message);
      return FALSE;
    }
  return TRUE;
}

static int
end_running (GApplication *app)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (app, NULL, &error))
    {
      g_printerr ("comptoir: %s\n", error->message);
      return EXIT_FAILURE;
    }
  if (!g_application_get_is_remote (app))
    {
      g_printerr ("%s\n", _ ("comptoir: it does not run"));
      return EXIT_FAILURE;
    }
  g_action_group_activate_action (G_ACTION_GROUP (app), "quit", NULL);
  g_dbus_connection_flush_sync (g_application_get_dbus_connection (app), NULL, NULL);
  return EXIT_SUCCESS;
}

static void
keep_log (CptClock *clock, CptProfile *profile)
{
  g_autofree char *path = cpt_profile_dup_log_path (profile);
  g_autoptr (CptLogFile) file = cpt_log_file_new (clock, path);

  cpt_log_file_install (file);
  g_info ("Comptoir %s begins as %s", cpt_ui_get_version (), cpt_profile_get_name (profile));
}

int
main (int argc, char *argv[])
{
  g_autoptr (CptProfile) profile = NULL;
  g_autoptr (CptClock) clock = NULL;
  g_autoptr (CptEngine) engine = NULL;
  g_autoptr (CptDemoShop) demo_shop = NULL;
  g_autoptr (CptCliServer) cli_server = NULL;
  g_autoptr (CptApplication) app = NULL;
  g_autoptr (GError) error = NULL;

  cpt_ui_init_language ();
  if (cpt_cli_is_command (argc, argv))
    return cpt_cli_main (argc, argv);
  if (!parse (&argc, &argv))
    return CPT_CLI_USAGE;
  if (version)
    {
      g_print ("comptoir %s\n", cpt_ui_get_version ());
      return EXIT_SUCCESS;
    }
  profile = cpt_profile_new (demo ? "demo" : NULL, &error);
  if (profile == NULL)
    {
      g_printerr ("comptoir: %s\n", error->message);
      return CPT_CLI_USAGE;
    }
  clock = cpt_system_clock_new ();
  keep_log (clock, profile);
  engine = cpt_engine_new (clock, profile);
  cli_server = cpt_cli_server_new (engine);
  demo_shop = demo ? cpt_demo_shop_new () : NULL;
  app = cpt_application_new (engine, demo_shop);
  return quit ? end_running (G_APPLICATION (app))
              : g_application_run (G_APPLICATION (app), argc, argv);
}
