/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comptoir order ID [what to do]. Main thread only. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-cli-order-private.h"

/* What fits a customer's mail and HubRise's field alike. */
#define MAX_REASON 500
/* Of a year's orders with "1" in them the newest are meant. */
#define MAX_CANDIDATES 2000

static gboolean
is_accept_time (const char *text)
{
  return g_regex_match_simple ("^(\\+[0-9]{1,3}|([01]?[0-9]|2[0-3]):[0-5][0-9])$", text, 0, 0);
}

/* What a customer is told, and when the order is ready, is never guessed from a slip. */
static gboolean
check_options (const CptCliVerb *verb, const char *time, const char *reason, GError **error)
{
  gboolean tells =
      verb != NULL && verb->kind == CPT_CLI_VERB_STEP && cpt_order_status_is_held (verb->to);
  gboolean accepts = verb != NULL && verb->to == CPT_ORDER_ACCEPTED;
  const char *problem = NULL;

  if (time != NULL && !accepts)
    problem = _ ("--time goes with accept");
  else if (time != NULL && !is_accept_time (time))
    problem = _ ("--time is a time like 19:30, or minutes like +20");
  else if (reason != NULL && !tells)
    problem = _ ("--reason goes with reject, cancel and delivery-failed");
  else if (reason != NULL && g_utf8_strlen (reason, -1) > MAX_REASON)
    problem = _ ("--reason is too long: 500 characters at most");
  else if (reason == NULL && verb != NULL && verb->to == CPT_ORDER_REJECTED)
    problem = _ ("reject needs --reason: the customer will read it");
  if (problem != NULL)
    g_set_error_literal (error, CPT_CLI_ERROR, 0, problem);
  return problem == NULL;
}

gboolean
cpt_cli_order_prepare (JsonObject *request, GError **error)
{
  const char *word = cpt_cli_get_word (request, 1);
  const CptCliVerb *verb = cpt_cli_find_verb (word);
  g_autofree char *verbs = NULL;

  json_object_set_boolean_member (request, "changes", word != NULL);
  if (word == NULL || verb != NULL)
    return check_options (verb, cpt_cli_get_text (request, "time"),
                          cpt_cli_get_text (request, "reason"), error);
  verbs = cpt_cli_list_verbs ();
  g_set_error (error, CPT_CLI_ERROR, 0,
               /* TRANSLATORS: on the command line. 1: what was typed, 2: a list of words */
               _ ("“%1$s” cannot be done with an order; what can: %2$s"), word, verbs);
  return FALSE;
}

typedef struct
{
  const CptCliVerb *verb; /* (nullable) only shown */
  gint64 row;
  CptOrderStatus to; /* of a step that was pressed, else UNKNOWN */
  GArray *found;     /* (owned) (element-type gint64) web orders that may be meant */
} Deed;

static void
deed_free (gpointer data)
{
  Deed *self = data;

  g_clear_pointer (&self->found, g_array_unref);
  g_free (self);
}

/* --- Which order is meant --- */

static gboolean
has_number (const CptOrderRow *row, const char *word)
{
  return g_ascii_strcasecmp (row->number, word) == 0;
}

/* Returns: (transfer none) (nullable): by its id, else the one order with that number, else the one
 * of them that is not over; *several: there are more */
static CptOrderRow *
choose (GPtrArray *rows, const char *word, GString *several)
{
  CptOrderRow *found[2] = { NULL, NULL }; /* any, not over */
  guint n[2] = { 0, 0 };

  for (guint i = 0; i < rows->len; i++)
    {
      CptOrderRow *row = rows->pdata[i];
      gboolean over = cpt_order_status_is_end (row->status);

      if (g_strcmp0 (row->id, word) == 0)
        return row;
      if (!has_number (row, word))
        continue;
      g_string_append_printf (several, "%s%s", several->len > 0 ? ", " : "",
                              row->id != NULL ? row->id : "–");
      for (int j = 0; j < (over ? 1 : 2); j++)
        found[j] = n[j]++ == 0 ? row : found[j];
    }
  return n[0] == 1 ? found[0] : n[1] == 1 ? found[1] : NULL;
}

static void act (CptCliDeed *deed, CptOrderRow *row);

static void
candidates_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  const char *word = cpt_cli_get_word (cpt_cli_deed_get_request (deed), 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cpt_engine_load_rows_finish (CPT_ENGINE (source), result, &error);
  g_autoptr (GString) several = g_string_new (NULL);
  CptOrderRow *row = rows != NULL ? choose (rows, word, several) : NULL;

  if (rows == NULL)
    cpt_cli_deed_fail (deed, error);
  else if (row != NULL)
    act (deed, row);
  else if (several->len > 0)
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "several-orders", several->str);
  else
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "unknown-order", word);
}

/* Web orders first, then this till's own: both have numbers. */
static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CptCliDeed) deed = user_data;
  CptEngine *engine = CPT_ENGINE (source);
  Deed *data = cpt_cli_deed_get_data (deed);
  const char *word = cpt_cli_get_word (cpt_cli_deed_get_request (deed), 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = cpt_engine_list_orders_finish (engine, result, &error);

  if (found == NULL)
    {
      cpt_cli_deed_fail (deed, error);
      return;
    }
  g_array_set_size (found, MIN (found->len, MAX_CANDIDATES));
  if (data->found == NULL)
    {
      data->found = g_steal_pointer (&found);
      cpt_engine_list_orders_async (engine, CPT_ORDER_TAB_TILL_ALL, word, NULL, listed_cb,
                                    g_steal_pointer (&deed));
      return;
    }
  g_array_append_vals (data->found, found->data, found->len);
  cpt_engine_load_rows_async (engine, (const gint64 *)(gpointer)data->found->data, data->found->len,
                              NULL, candidates_cb, g_steal_pointer (&deed));
}

void
cpt_cli_order_run (CptCliDeed *deed)
{
  JsonObject *request = cpt_cli_deed_get_request (deed);
  const char *word = cpt_cli_get_word (request, 0);
  Deed *data = g_new0 (Deed, 1);

  data->verb = cpt_cli_find_verb (cpt_cli_get_word (request, 1));
  cpt_cli_deed_set_data (deed, data, deed_free);
  if (word == NULL)
    cpt_cli_deed_end (deed, CPT_CLI_USAGE, "unknown-command", NULL);
  else
    cpt_engine_list_orders_async (cpt_cli_deed_get_engine (deed), CPT_ORDER_TAB_ALL, word, NULL,
                                  listed_cb, cpt_cli_deed_ref (deed));
}

/* --- What becomes of it --- */

static void
set_order (CptCliDeed *deed, const CptOrderRow *row)
{
  json_object_set_object_member (cpt_cli_deed_get_answer (deed), "order",
                                 cpt_cli_new_order (cpt_cli_deed_get_engine (deed), row));
}

/* Whether what we wanted is no longer what the order says: HubRise's won. */
static gboolean
is_lost (const Deed *data, const CptOrderRow *row)
{
  return data->to != CPT_ORDER_UNKNOWN && row->status != data->to &&
         (row->notice == CPT_NOTICE_THEIRS_HOLD || row->notice == CPT_NOTICE_TOO_LATE ||
          row->notice == CPT_NOTICE_CANCELLED);
}

static void
judge (CptCliDeed *deed, const CptOrderRow *row)
{
  const Deed *data = cpt_cli_deed_get_data (deed);

  set_order (deed, row);
  if (is_lost (data, row))
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "theirs",
                      cpt_order_status_to_string (row->hubrise_status));
  else if (row->send == CPT_SEND_REFUSED)
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "refused", row->send_reason);
  else if (row->send == CPT_SEND_NOTHING)
    cpt_cli_deed_end (deed, CPT_CLI_DONE, NULL, NULL);
  else if (!cpt_cli_deed_end_stored (deed, FALSE))
    cpt_cli_deed_looked (deed);
}

static void
row_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cpt_engine_load_rows_finish (CPT_ENGINE (source), result, &error);

  if (rows == NULL)
    cpt_cli_deed_fail (deed, error);
  else if (rows->len == 0)
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "unknown-order", NULL);
  else
    judge (deed, rows->pdata[0]);
}

static void
look (CptCliDeed *deed)
{
  const Deed *data = cpt_cli_deed_get_data (deed);

  cpt_engine_load_rows_async (cpt_cli_deed_get_engine (deed), &data->row, 1, NULL, row_cb,
                              cpt_cli_deed_ref (deed));
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CptCliDeed) deed = user_data;
  const Deed *data = cpt_cli_deed_get_data (deed);
  g_autoptr (GError) error = NULL;
  gint64 patience = CPT_CLI_PATIENCE;

  if (data->to != CPT_ORDER_UNKNOWN && cpt_order_status_is_held (data->to))
    patience += CPT_STEP_HOLD_MS;
  if (cpt_engine_act_finish (CPT_ENGINE (source), result, &error))
    cpt_cli_deed_wait (deed, patience, look);
  else if (g_error_matches (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_NOT_ALLOWED))
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "not-allowed", NULL);
  else
    cpt_cli_deed_fail (deed, error);
}

/* "19:30", or "+20" minutes on top of the time Accept shows; else that. */
static CptTime
find_accept_time (CptCliDeed *deed, const CptOrderRow *row)
{
  CptEngine *engine = cpt_cli_deed_get_engine (deed);
  const char *text = cpt_cli_get_text (cpt_cli_deed_get_request (deed), "time");
  CptTime shown = cpt_engine_get_accept_time (engine, row->expected_time);
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (engine);

  if (text == NULL)
    return shown;
  if (*text == '+')
    return shown + g_ascii_strtoll (text + 1, NULL, 10) * CPT_MINUTE;
  return cpt_time_next_clock (cpt_clock_now (cpt_engine_get_clock (engine)), text, zone);
}

static void
press (CptCliDeed *deed, Deed *data, CptOrderRow *row)
{
  const char *reason = cpt_cli_get_text (cpt_cli_deed_get_request (deed), "reason");
  CptTime time = CPT_TIME_NONE;

  data->to = cpt_cli_verb_get_status (data->verb, row);
  if (data->to == CPT_ORDER_UNKNOWN)
    {
      cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "not-allowed",
                        cpt_order_status_to_string (row->status));
      return;
    }
  if (data->to == CPT_ORDER_ACCEPTED)
    time = find_accept_time (deed, row);
  cpt_engine_press_async (cpt_cli_deed_get_engine (deed), row->row, data->to, time, reason, reason,
                          acted_cb, cpt_cli_deed_ref (deed));
}

typedef void (*Act) (CptEngine *, gint64, GAsyncReadyCallback, gpointer);

static void
act_on_step (CptCliDeed *deed, CptOrderRow *row, CptSendState needed, Act act_on)
{
  if (row->send != needed)
    cpt_cli_deed_end (deed, CPT_CLI_REFUSED, "not-allowed", NULL);
  else
    act_on (cpt_cli_deed_get_engine (deed), row->send_step, acted_cb, cpt_cli_deed_ref (deed));
}

static void
details_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCliDeed) deed = data;
  CptEngine *engine = CPT_ENGINE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (CptOrderDetails) details = cpt_engine_load_details_finish (engine, result, &error);

  if (details == NULL)
    {
      cpt_cli_deed_fail (deed, error);
      return;
    }
  set_order (deed, details->row);
  cpt_cli_set_details (cpt_cli_get_object (cpt_cli_deed_get_answer (deed), "order"), engine,
                       details);
  cpt_cli_deed_end (deed, CPT_CLI_DONE, NULL, NULL);
}

static void
do_verb (CptCliDeed *deed, Deed *data, CptOrderRow *row)
{
  CptEngine *engine = cpt_cli_deed_get_engine (deed);

  switch (data->verb->kind)
    {
    case CPT_CLI_VERB_ELSEWHERE:
      cpt_engine_mark_elsewhere_async (engine, row->row, acted_cb, cpt_cli_deed_ref (deed));
      break;
    case CPT_CLI_VERB_SEEN:
      cpt_engine_mark_seen_async (engine, row->row, acted_cb, cpt_cli_deed_ref (deed));
      break;
    case CPT_CLI_VERB_UNDO:
      act_on_step (deed, row, CPT_SEND_HELD, cpt_engine_undo_async);
      break;
    case CPT_CLI_VERB_RETRY:
      act_on_step (deed, row, CPT_SEND_REFUSED, cpt_engine_retry_async);
      break;
    case CPT_CLI_VERB_GIVE_UP:
      act_on_step (deed, row, CPT_SEND_REFUSED, cpt_engine_give_up_async);
      break;
    default:
      press (deed, data, row);
    }
}

static void
act (CptCliDeed *deed, CptOrderRow *row)
{
  CptEngine *engine = cpt_cli_deed_get_engine (deed);
  Deed *data = cpt_cli_deed_get_data (deed);

  data->row = row->row;
  if (data->verb == NULL)
    cpt_engine_load_details_async (engine, row->row, NULL, details_cb, cpt_cli_deed_ref (deed));
  else if (row->foreign)
    cpt_cli_deed_end (deed, CPT_CLI_NOT_CONNECTED, "not-connected", NULL);
  else
    do_verb (deed, data, row);
}

/* --- Where it was typed --- */

void
cpt_cli_order_print (JsonObject *request, JsonObject *answer)
{
  JsonObject *order = cpt_cli_get_object (answer, "order");
  g_autofree char *status = NULL;
  g_autofree char *line = NULL;
  g_autofree char *clean = NULL;

  if (order == NULL)
    return;
  if (cpt_cli_get_list (order, "items") != NULL)
    {
      cpt_cli_order_print_details (order);
      return;
    }
  status = cpt_cli_show_status (order);
  line = g_strdup_printf ("%s  %s", cpt_cli_get_text (order, "number"), status);
  clean = cpt_cli_clean (line);
  g_print ("%s\n", clean);
}
