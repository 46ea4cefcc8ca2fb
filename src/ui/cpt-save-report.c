/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the report for support into the Documents folder. Main thread only. */
#include "cpt-save-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-support-report.h"

#define MOST_EXCHANGES 1000

typedef struct
{
  CptEngine *engine; /* (owned) */
  CptReportSaved saved;
  gpointer data;
} Report;

static void
finish (Report *report, const char *told)
{
  report->saved (told, report->data);
  g_object_unref (report->engine);
  g_free (report);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (G_FILE (source));
  g_autofree char *told = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    /* TRANSLATORS: %s is a file. */
    told = g_strdup_printf (_ ("The report is saved: %s"), path);
  else
    /* TRANSLATORS: %s is a reason. */
    told = g_strdup_printf (_ ("The report could not be saved: %s"), error->message);
  finish (data, told);
}

/* A desktop without a Documents folder has a home. */
static GFile *
new_file (CptTime now, GTimeZone *zone)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *name = cpt_support_report_name (now, zone);

  return g_file_new_build_filename (folder != NULL ? folder : g_get_home_dir (), name, NULL);
}

static void
write_report (Report *report, GPtrArray *exchanges)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (report->engine);
  CptSupportFacts facts = {
    .connection = cpt_engine_get_connection (report->engine),
    .trouble = cpt_engine_get_trouble (report->engine),
    .exchanges = exchanges,
    .now = cpt_clock_now (cpt_engine_get_clock (report->engine)),
    .zone = zone,
  };
  g_autoptr (GFile) file = new_file (facts.now, zone);
  g_autoptr (GBytes) bytes = NULL;
  char *text = NULL;

  cpt_engine_get_counts (report->engine, &facts.counts);
  cpt_engine_get_usage (report->engine, &facts.usage);
  text = cpt_support_report_new (&facts);
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       written_cb, report);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Report *report = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) exchanges =
      cpt_engine_list_exchanges_finish (CPT_ENGINE (source), result, &error);
  g_autofree char *told = NULL;

  if (exchanges != NULL)
    {
      write_report (report, exchanges);
      return;
    }
  told = g_strdup_printf (_ ("The report could not be saved: %s"), error->message);
  finish (report, told);
}

/**
 * cpt_save_report:
 * @engine: the engine that is reported on
 * @saved: called once, with where it is or why it is not
 * @data: for @saved
 */
void
cpt_save_report (CptEngine *engine, CptReportSaved saved, gpointer data)
{
  Report *report = g_new0 (Report, 1);

  report->engine = g_object_ref (engine);
  report->saved = saved;
  report->data = data;
  cpt_engine_list_exchanges_async (engine, NULL, FALSE, 0, MOST_EXCHANGES, NULL, listed_cb, report);
}
