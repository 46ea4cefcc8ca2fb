/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report a support team is sent; pure, any thread. It holds ids, states and the lines of the
 * log: no token, no body, no address of a customer. */
#include "cpt-support-report.h"

#include <glib/gi18n-lib.h>

#include "cpt-exchange-words.h"
#include "cpt-support-text.h"

static void
add_title (GString *text, const char *title)
{
  g_string_append_printf (text, "\n== %s ==\n", title);
}

static void
add_text (GString *text, const char *what, const char *value)
{
  g_string_append_printf (text, "%s: %s\n", what, value != NULL && *value != '\0' ? value : "–");
}

static void
add_time (GString *text, const char *what, CptTime time, GTimeZone *zone, const char *words)
{
  g_autofree char *told = cpt_time_format_full (time, zone);

  g_string_append_printf (text, "%s: %s", what, *told != '\0' ? told : "–");
  if (*told != '\0' && words != NULL)
    g_string_append_printf (text, ", %s", words);
  g_string_append_c (text, '\n');
}

static void
add_connection (GString *text, const CptSupportFacts *facts)
{
  const CptConnection *connection = facts->connection;

  add_title (text, _ ("Connection"));
  /* TRANSLATORS: of the connection, "Connected" for instance. */
  add_text (text, _ ("State"), cpt_connection_state_label (connection->state));
  /* TRANSLATORS: why HubRise is not reached or refuses. */
  add_text (text, _ ("Reason"), connection->reason);
  add_text (text, _ ("HubRise’s address"), connection->api_root);
  add_text (text, _ ("Time zone"), connection->time_zone);
  add_time (text, _ ("Connected since"), connection->connected_since, facts->zone, NULL);
  add_time (text, _ ("Last success"), connection->last_success, facts->zone, NULL);
  add_time (text, _ ("Last failure"), connection->last_failure, facts->zone,
            connection->last_failure_reason);
  /* TRANSLATORS: of this PC against HubRise. */
  g_string_append_printf (text, "%s: %+.1f s\n", _ ("Clock"),
                          (double)-connection->clock_offset_ms / CPT_SECOND);
}

static void
add_work (GString *text, const CptSupportFacts *facts)
{
  const CptEngineCounts *counts = &facts->counts;

  add_title (text, _ ("Work"));
  g_string_append_printf (text, "%s: %" G_GINT64_FORMAT "\n", _ ("Orders waiting"),
                          counts->waiting);
  g_string_append_printf (text, "%s: %" G_GINT64_FORMAT "\n", _ ("Orders kept"), counts->all);
  g_string_append_printf (text, "%s: %" G_GINT64_FORMAT "\n", _ ("Changes not sent yet"),
                          counts->unsent);
  /* TRANSLATORS: by HubRise. */
  g_string_append_printf (text, "%s: %" G_GINT64_FORMAT "\n", _ ("Changes refused"),
                          counts->refused);
  /* TRANSLATORS: with the database, or "–". */
  add_text (text, _ ("Trouble"), facts->trouble);
  g_string_append_printf (text, "%s:", _ ("Requests used"));
  for (int i = 0; i < 3; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, facts->usage.used[i],
                            facts->usage.limit[i]);
  g_string_append_c (text, '\n');
}

static void
add_exchange (GString *text, const CptExchange *exchange, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (exchange->at / CPT_SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *at = local != NULL ? g_date_time_format (local, "%F %T") : g_strdup ("–");
  g_autofree char *result = cpt_exchange_words_result (exchange);
  g_autofree char *duration = cpt_exchange_words_duration (exchange->duration_ms);

  g_string_append_printf (text, "%s  %s %s  %s  %s", at, exchange->method, exchange->path, result,
                          duration);
  if (exchange->repeats > 1)
    g_string_append_printf (text, "  ×%" G_GINT64_FORMAT, exchange->repeats);
  if (exchange->failure != NULL)
    g_string_append_printf (text, "  %s", exchange->failure);
  g_string_append_c (text, '\n');
}

/**
 * cpt_support_report_new:
 *
 * Returns: (transfer full): the whole report
 */
char *
cpt_support_report_new (const CptSupportFacts *facts)
{
  g_autofree char *head = cpt_support_text_new (facts->connection);
  GString *text = g_string_new (head);

  add_time (text, _ ("Report of"), facts->now, facts->zone, NULL);
  add_connection (text, facts);
  add_work (text, facts);
  add_title (text, _ ("Exchanges with HubRise"));
  for (guint i = 0; i < facts->exchanges->len; i++)
    add_exchange (text, facts->exchanges->pdata[i], facts->zone);
  return g_string_free (text, FALSE);
}

/**
 * cpt_support_report_name:
 *
 * Returns: (transfer full): of the file, which sorts by date
 */
char *
cpt_support_report_name (CptTime now, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / CPT_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "comptoir-%Y-%m-%d-%H%M%S.txt");
}
