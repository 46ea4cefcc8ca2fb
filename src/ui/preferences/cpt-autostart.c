/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting when the desktop does: a file in the folder every desktop reads, or, where there is a
 * sandbox around the program, a request to the desktop's portal. Main thread only. */
#include "cpt-autostart.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define SANDBOX "/.flatpak-info"
/* What the kernel adds to the name of a program whose file was replaced while it runs. */
#define REPLACED " (deleted)"

static char *
dup_path (CptProfile *profile)
{
  g_autofree char *name = g_strconcat (cpt_profile_get_application_id (profile), ".desktop", NULL);

  return g_build_filename (g_get_user_config_dir (), "autostart", name, NULL);
}

/* As the desktop entry's specification quotes, and escapes once more what a file of keys does: a
 * shell's single quotes mean nothing there. */
static char *
quote (const char *path)
{
  GString *text = g_string_new ("\"");

  for (; *path != '\0'; path++)
    {
      if (strchr ("\"`$\\", *path) != NULL)
        g_string_append (text, *path == '\\' ? "\\\\\\" : "\\\\");
      else if (*path == '%')
        g_string_append_c (text, '%');
      g_string_append_c (text, *path);
    }
  g_string_append_c (text, '"');
  return g_string_free (text, FALSE);
}

/**
 * cpt_autostart_dup_command:
 * @self: (nullable): the file of this very program, as the kernel names it
 * @installed: (nullable): the command in the path
 *
 * Returns: (transfer full): what a desktop entry calls: the installed command where it is this
 *   program, or the one that took its place
 */
char *
cpt_autostart_dup_command (const char *self, const char *installed)
{
  g_autofree char *path = g_strdup (self);

  if (path != NULL && g_str_has_suffix (path, REPLACED))
    path[strlen (path) - strlen (REPLACED)] = '\0';
  if (path == NULL || g_strcmp0 (installed, path) == 0)
    return g_strdup ("comptoir");
  return quote (path);
}

static gboolean
write_file (CptProfile *profile, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *installed = g_find_program_in_path ("comptoir");
  g_autofree char *command = cpt_autostart_dup_command (self, installed);
  const char *name = cpt_profile_get_name (profile);
  gboolean is_shop = g_str_equal (name, "shop");
  g_autofree char *profiled =
      is_shop ? g_strdup ("") : g_strdup_printf ("env COMPTOIR_PROFILE=%s ", name);
  g_autofree char *text = g_strdup_printf ("[Desktop Entry]\n"
                                           "Type=Application\n"
                                           "Name=Comptoir\n"
                                           "Icon=io.github.comptoir.Comptoir\n"
                                           "Exec=%s%s\n"
                                           "X-GNOME-Autostart-enabled=true\n",
                                           profiled, command);

  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (path, text, -1, error);
}

static gboolean
remove_file (const char *path, GError **error)
{
  if (g_remove (path) == 0 || errno == ENOENT || errno == ENOTDIR)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    g_message ("The desktop was asked to start Comptoir with it: %s", error->message);
}

/* The portal answers with a question of its own to the user. */
static void
call_portal (GDBusConnection *bus, gboolean wanted)
{
  GVariantBuilder options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  const char *command[] = { "comptoir", NULL };

  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (wanted));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, 1));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("Orders ring from the start of the day")));
  g_dbus_connection_call (bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                          "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, asked_cb, NULL);
}

/* Who has switched back meanwhile means what the switch says now. */
static void
bus_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GSettings) settings = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    g_message ("The desktop could not be asked to start Comptoir with it: %s", error->message);
  else
    call_portal (bus, g_settings_get_boolean (settings, "autostart"));
}

/**
 * cpt_autostart_ask_portal:
 * @settings: whose "autostart" says whether
 *
 * Asks the desktop's portal, for where there is a sandbox around the program. Returns at once.
 */
void
cpt_autostart_ask_portal (GSettings *settings)
{
  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_found_cb, g_object_ref (settings));
}

/**
 * cpt_autostart_apply:
 * @profile: whose preference says whether
 *
 * Returns: whether the desktop will do as the preference says
 */
gboolean
cpt_autostart_apply (CptProfile *profile, GError **error)
{
  GSettings *settings = cpt_profile_get_settings (profile);
  g_autofree char *path = dup_path (profile);

  if (g_file_test (SANDBOX, G_FILE_TEST_EXISTS))
    {
      cpt_autostart_ask_portal (settings);
      return TRUE;
    }
  return g_settings_get_boolean (settings, "autostart") ? write_file (profile, path, error)
                                                        : remove_file (path, error);
}
