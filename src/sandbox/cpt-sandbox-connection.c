/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection: one token, with its own callback, events, limits and private refs. Main loop
 * only. */
#include "cpt-sandbox-private.h"

#include <string.h>

/* The live connection of this location and device, made when there is none: authorising again
 * gives the same token. */
CptSandboxConnection *
cpt_sandbox_connect (CptSandbox *self, const char *location_id, const char *device_id)
{
  CptSandboxConnection *connection;

  for (guint i = 0; i < self->connections->len; i++)
    {
      connection = self->connections->pdata[i];
      if (connection->token && strcmp (connection->location_id, location_id) == 0 &&
          strcmp (connection->device_id, device_id) == 0)
        return connection;
    }
  connection = g_new0 (CptSandboxConnection, 1);
  connection->id = g_strdup_printf ("c%u", self->connections->len + 1);
  connection->token = cpt_sandbox_new_id (40);
  connection->client_id = g_strdup (self->client_id);
  connection->location_id = g_strdup (location_id);
  connection->device_id = g_strdup (device_id);
  connection->scope = g_strdup ("");
  connection->events = g_ptr_array_new_with_free_func ((GDestroyNotify)cpt_sandbox_event_free);
  g_ptr_array_add (self->connections, connection);
  return connection;
}

void
cpt_sandbox_connection_free (CptSandboxConnection *connection)
{
  g_free (connection->id);
  g_free (connection->token);
  g_free (connection->client_id);
  g_free (connection->device_id);
  g_free (connection->scope);
  g_free (connection->location_id);
  g_free (connection->catalog_id);
  g_free (connection->customer_list_id);
  g_clear_pointer (&connection->callback, json_object_unref);
  g_ptr_array_unref (connection->events);
  g_free (connection);
}

/* The connection that lives under this token, or NULL. */
CptSandboxConnection *
cpt_sandbox_connection_by_token (CptSandbox *self, const char *token)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      CptSandboxConnection *connection = self->connections->pdata[i];

      if (g_strcmp0 (connection->token, token) == 0)
        return connection;
    }
  return NULL;
}

/* The connection the journal calls `id`, or NULL; `id` may be NULL. */
CptSandboxConnection *
cpt_sandbox_connection_by_id (CptSandbox *self, const char *id)
{
  for (guint i = 0; id && i < self->connections->len; i++)
    {
      CptSandboxConnection *connection = self->connections->pdata[i];

      if (strcmp (connection->id, id) == 0)
        return connection;
    }
  return NULL;
}

/* TRUE when the granted scope holds `scope`; what may be written may be read. */
gboolean
cpt_sandbox_connection_may (CptSandboxConnection *connection, const char *scope)
{
  const char *open = strchr (connection->scope, '[');
  g_autofree char *inside = open ? g_strndup (open + 1, strcspn (open + 1, "]")) : g_strdup ("");
  g_auto (GStrv) granted = g_strsplit (inside, ",", -1);
  g_autofree char *writing = NULL;

  if (g_str_has_suffix (scope, ".read"))
    writing = g_strdup_printf ("%.*s.write", (int)(strlen (scope) - strlen (".read")), scope);
  return g_strv_contains ((const char *const *)granted, scope) ||
         (writing && g_strv_contains ((const char *const *)granted, writing));
}

static void
roll_windows (CptSandboxConnection *connection, gint64 now)
{
  const gint64 length[] = { CPT_SANDBOX_MINUTE, CPT_SANDBOX_HOUR, CPT_SANDBOX_DAY,
                            CPT_SANDBOX_MINUTE };

  for (guint i = 0; i < G_N_ELEMENTS (length); i++)
    if (connection->window[i] != now / length[i])
      {
        connection->window[i] = now / length[i];
        connection->used[i] = 0;
      }
}

static void
reply_too_many (CptSandboxCall *call, guint window)
{
  const gint64 length[] = { CPT_SANDBOX_MINUTE, CPT_SANDBOX_HOUR, CPT_SANDBOX_DAY,
                            CPT_SANDBOX_MINUTE };
  gint64 now = cpt_sandbox_clock_now (call->sandbox->clock);
  gint64 left = length[window] - now % length[window];
  g_autofree char *wait =
      g_strdup_printf ("%" G_GINT64_FORMAT, (left + CPT_SANDBOX_SECOND - 1) / CPT_SANDBOX_SECOND);

  if (call->sandbox->settings.retry_after)
    soup_message_headers_replace (call->reply_headers, "Retry-After", wait);
  cpt_sandbox_reply_error (call, 429, "Too many requests", NULL);
}

/* Counts the request in the connection's windows, which start at round minutes, hours and days;
 * answers 429 and returns FALSE when one is full. */
gboolean
cpt_sandbox_limit (CptSandboxCall *call, gboolean heavy)
{
  CptSandboxSettings *settings = &call->sandbox->settings;
  CptSandboxConnection *connection = call->connection;
  guint windows = heavy ? 4 : 3;

  if (!settings->limits)
    return TRUE;
  roll_windows (connection, cpt_sandbox_clock_now (call->sandbox->clock));
  for (guint i = 0; i < windows; i++)
    if (connection->used[i] >= settings->limit[i])
      {
        reply_too_many (call, i);
        return FALSE;
      }
  for (guint i = 0; i < windows; i++)
    connection->used[i]++;
  return TRUE;
}
