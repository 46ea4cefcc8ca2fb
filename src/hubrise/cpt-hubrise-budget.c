/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many requests HubRise still allows this connection, in its round windows by its own time.
 * Main thread only. */
#include "cpt-hubrise-budget.h"

#include <string.h>

/* A saved line begins with it. */
#define SAVE_WORD "budget1"

struct _CptHubriseBudget
{
  GObject parent_instance;

  CptClock *clock; /* (owned) */
  gint64 offset;   /* the server's clock minus this PC's */
  CptBudgetCount counts[CPT_N_WINDOWS];
  CptTime blocked_until; /* on the server's clock, or CPT_TIME_NONE */
  guint refusals;        /* without an answer in between */
};

G_DEFINE_FINAL_TYPE (CptHubriseBudget, cpt_hubrise_budget, G_TYPE_OBJECT)

static const struct
{
  gint64 length;
  gint64 limit;
} windows[CPT_N_WINDOWS] = {
  [CPT_WINDOW_MINUTE] = { CPT_MINUTE, 500 },
  [CPT_WINDOW_HOUR] = { CPT_HOUR, 2500 },
  [CPT_WINDOW_DAY] = { CPT_DAY, 10000 },
  [CPT_WINDOW_HEAVY_MINUTE] = { CPT_MINUTE, 10 },
};

static void
cpt_hubrise_budget_finalize (GObject *object)
{
  CptHubriseBudget *self = CPT_HUBRISE_BUDGET (object);

  g_clear_object (&self->clock);
  G_OBJECT_CLASS (cpt_hubrise_budget_parent_class)->finalize (object);
}

static void
cpt_hubrise_budget_class_init (CptHubriseBudgetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_hubrise_budget_finalize;
}

static void
cpt_hubrise_budget_init (CptHubriseBudget *self)
{
  self->blocked_until = CPT_TIME_NONE;
  for (int i = 0; i < CPT_N_WINDOWS; i++)
    self->counts[i] = (CptBudgetCount){ 0, 0, windows[i].limit };
}

CptHubriseBudget *
cpt_hubrise_budget_new (CptClock *clock)
{
  CptHubriseBudget *self = g_object_new (CPT_TYPE_HUBRISE_BUDGET, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

static CptTime
server_now (CptHubriseBudget *self)
{
  return cpt_clock_now (self->clock) + self->offset;
}

static CptTime
round_down (CptTime time, gint64 length)
{
  gint64 rest = time % length;
  return time - (rest < 0 ? rest + length : rest);
}

/* The Date header has whole seconds, so the corrected time trembles: a small step back stays in
 * the window. A large one is a clock set right: the count moves along, for those requests were
 * made at a time nobody knows any more. */
static void
roll (CptHubriseBudget *self)
{
  CptTime now = server_now (self);

  for (int i = 0; i < CPT_N_WINDOWS; i++)
    {
      CptTime start = round_down (now, windows[i].length);

      if (start > self->counts[i].start)
        self->counts[i].used = 0;
      else if (start >= self->counts[i].start - windows[i].length)
        continue;
      self->counts[i].start = start;
    }
}

static gint64
allowed (CptBudgetWindow window, CptPriority priority)
{
  static const gint64 percent[] = {
    [CPT_PRIORITY_SPARE] = 50,
    [CPT_PRIORITY_BACKGROUND] = 80,
    [CPT_PRIORITY_LIVE] = 90,
    [CPT_PRIORITY_PERSON] = 100,
  };

  return windows[window].limit * percent[priority] / 100;
}

/**
 * cpt_hubrise_budget_take:
 * @heavy: whether it is one of the calls that HubRise counts separately
 *
 * Returns: 0 when granted and counted, else the instant, on this PC's clock, at which every
 * window that is spent now begins anew.
 */
CptTime
cpt_hubrise_budget_take (CptHubriseBudget *self, CptPriority priority, gboolean heavy)
{
  int n_windows = heavy ? CPT_N_WINDOWS : CPT_WINDOW_HEAVY_MINUTE;
  CptTime again = CPT_TIME_NONE;

  roll (self);
  if (self->blocked_until != CPT_TIME_NONE && server_now (self) < self->blocked_until)
    again = self->blocked_until;
  for (int i = 0; i < n_windows; i++)
    if (self->counts[i].used >= allowed (i, priority))
      again = MAX (again, self->counts[i].start + windows[i].length);

  if (again != CPT_TIME_NONE)
    return again - self->offset;

  for (int i = 0; i < n_windows; i++)
    self->counts[i].used++;
  return 0;
}

/**
 * cpt_hubrise_budget_refused:
 * @retry_at: of the Retry-After header, on this PC's clock, or %CPT_TIME_NONE
 *
 * Several requests that were under way together are one refusal.
 */
void
cpt_hubrise_budget_refused (CptHubriseBudget *self, CptTime retry_at)
{
  CptTime now = server_now (self);

  if (retry_at != CPT_TIME_NONE)
    {
      CptTime until = retry_at + self->offset;
      /* A day is the longest window: a longer wait is a mistake of somebody's clock. */
      self->blocked_until = MAX (self->blocked_until, MIN (until, now + CPT_DAY));
      return;
    }

  if (self->blocked_until != CPT_TIME_NONE && now < self->blocked_until)
    return;

  gint64 length = self->refusals++ == 0 ? CPT_MINUTE : CPT_HOUR;
  self->blocked_until = round_down (now, length) + length;
}

/**
 * cpt_hubrise_budget_get_blocked_until:
 *
 * Returns: on this PC's clock, or %CPT_TIME_NONE when nothing is forbidden
 */
CptTime
cpt_hubrise_budget_get_blocked_until (CptHubriseBudget *self)
{
  if (self->blocked_until == CPT_TIME_NONE || server_now (self) >= self->blocked_until)
    return CPT_TIME_NONE;
  return self->blocked_until - self->offset;
}

/**
 * cpt_hubrise_budget_answered:
 *
 * HubRise let a request through: the next refusal waits for a minute again.
 */
void
cpt_hubrise_budget_answered (CptHubriseBudget *self)
{
  self->refusals = 0;
}

/**
 * cpt_hubrise_budget_set_offset:
 * @clock_offset_ms: the server's clock minus this PC's
 */
void
cpt_hubrise_budget_set_offset (CptHubriseBudget *self, gint64 clock_offset_ms)
{
  self->offset = clock_offset_ms;
}

/**
 * cpt_hubrise_budget_get:
 *
 * Returns: the count of the window that runs now; its start is on the server's clock
 */
CptBudgetCount
cpt_hubrise_budget_get (CptHubriseBudget *self, CptBudgetWindow window)
{
  roll (self);
  return self->counts[window];
}

/**
 * cpt_hubrise_budget_save:
 *
 * Returns: (transfer full): one line for cpt_hubrise_budget_load()
 */
char *
cpt_hubrise_budget_save (CptHubriseBudget *self)
{
  GString *line = g_string_new (SAVE_WORD);

  roll (self);
  for (int i = 0; i < CPT_N_WINDOWS; i++)
    g_string_append_printf (line, " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, self->counts[i].start,
                            self->counts[i].used);
  g_string_append_printf (line, " %" G_GINT64_FORMAT " %u",
                          self->blocked_until == CPT_TIME_NONE ? 0 : self->blocked_until,
                          self->refusals);
  return g_string_free (line, FALSE);
}

static gboolean
parse_numbers (const char *saved, gint64 *numbers, guint n)
{
  g_auto (GStrv) words = g_strsplit (saved, " ", -1);

  if (g_strv_length (words) != n + 1 || !g_str_equal (words[0], SAVE_WORD))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_ascii_string_to_signed (words[i + 1], 10, 0, G_MAXINT64 / 2, &numbers[i], NULL))
      return FALSE;
  return TRUE;
}

/**
 * cpt_hubrise_budget_load:
 * @saved: (nullable): of cpt_hubrise_budget_save()
 */
void
cpt_hubrise_budget_load (CptHubriseBudget *self, const char *saved)
{
  gint64 numbers[2 * CPT_N_WINDOWS + 2];

  if (saved == NULL || !parse_numbers (saved, numbers, G_N_ELEMENTS (numbers)))
    return;

  for (int i = 0; i < CPT_N_WINDOWS; i++)
    {
      self->counts[i].start = numbers[2 * i];
      self->counts[i].used = MIN (numbers[2 * i + 1], windows[i].limit);
    }
  if (numbers[2 * CPT_N_WINDOWS] > 0)
    self->blocked_until = MIN (numbers[2 * CPT_N_WINDOWS], server_now (self) + CPT_DAY);
  self->refusals = (guint)MIN (numbers[2 * CPT_N_WINDOWS + 1], 2);
}
