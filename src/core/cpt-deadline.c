/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a platform waits for a decision before it closes the order; pure, any thread. */
#include "cpt-deadline.h"

#include <string.h>

static void
rule_clear (gpointer data)
{
  CptDeadlineRule *rule = data;

  g_free (rule->source);
}

/**
 * cpt_deadline_table_new:
 *
 * Returns: (transfer full): no rules and five minutes for everybody
 */
CptDeadlineTable *
cpt_deadline_table_new (void)
{
  CptDeadlineTable *table = g_new0 (CptDeadlineTable, 1);

  table->rules = g_array_new (FALSE, TRUE, sizeof (CptDeadlineRule));
  g_array_set_clear_func (table->rules, rule_clear);
  table->default_minutes = 5;
  return table;
}

/**
 * cpt_deadline_table_new_default:
 *
 * What the platforms say of themselves: Deliveroo and Just Eat close an order after three
 * minutes, Uber Eats after ten.
 *
 * Returns: (transfer full): the table before anybody edits it
 */
CptDeadlineTable *
cpt_deadline_table_new_default (void)
{
  CptDeadlineTable *table = cpt_deadline_table_new ();

  cpt_deadline_table_add (table, "deliveroo", 3);
  cpt_deadline_table_add (table, "just eat", 3);
  cpt_deadline_table_add (table, "just-eat", 3);
  cpt_deadline_table_add (table, "jet", 3);
  cpt_deadline_table_add (table, "uber", 10);
  return table;
}

/**
 * cpt_deadline_table_add:
 * @source: part of a source's name, in any case
 * @minutes: how long it waits
 *
 * Rules added first are asked first.
 */
void
cpt_deadline_table_add (CptDeadlineTable *table, const char *source, int minutes)
{
  CptDeadlineRule rule = { .minutes = minutes };

  g_return_if_fail (source != NULL);

  rule.source = g_utf8_casefold (source, -1);
  g_array_append_val (table->rules, rule);
}

void
cpt_deadline_table_free (CptDeadlineTable *table)
{
  g_array_unref (table->rules);
  g_free (table);
}

/**
 * cpt_deadline_table_minutes:
 * @source: (nullable): an order's source
 *
 * Returns: the minutes of the first rule whose text stands anywhere in @source, else the default
 */
int
cpt_deadline_table_minutes (const CptDeadlineTable *table, const char *source)
{
  g_autofree char *folded = g_utf8_casefold (source != NULL ? source : "", -1);

  for (guint i = 0; i < table->rules->len; i++)
    {
      const CptDeadlineRule *rule = &g_array_index (table->rules, CptDeadlineRule, i);

      if (rule->source[0] != '\0' && strstr (folded, rule->source) != NULL)
        return rule->minutes;
    }
  return table->default_minutes;
}

/**
 * cpt_deadline_start:
 * @created_at: as HubRise wrote it, or CPT_TIME_NONE
 * @clock_offset_ms: HubRise's clock minus this PC's
 *
 * Returns: what this PC's clock showed when the order was made, or CPT_TIME_NONE
 */
CptTime
cpt_deadline_start (CptTime created_at, gint64 clock_offset_ms)
{
  return created_at == CPT_TIME_NONE ? CPT_TIME_NONE : created_at - clock_offset_ms;
}

/**
 * cpt_deadline_at:
 * @source: (nullable): an order's source
 * @created_at: as HubRise wrote it, or CPT_TIME_NONE
 * @clock_offset_ms: HubRise's clock minus this PC's
 *
 * Returns: the deadline on this PC's clock, or CPT_TIME_NONE
 */
CptTime
cpt_deadline_at (const CptDeadlineTable *table,
                 const char *source,
                 CptTime created_at,
                 gint64 clock_offset_ms)
{
  CptTime start = cpt_deadline_start (created_at, clock_offset_ms);

  if (start == CPT_TIME_NONE)
    return CPT_TIME_NONE;
  return start + cpt_deadline_table_minutes (table, source) * CPT_MINUTE;
}

/**
 * cpt_deadline_state:
 * @created_at: when the order was made; on this PC's clock like the others: cpt_deadline_start()
 * @deadline: from cpt_deadline_at(), or CPT_TIME_NONE
 *
 * Returns: how urgent a decision is; CALM without a deadline
 */
CptDeadlineState
cpt_deadline_state (CptTime created_at, CptTime deadline, CptTime now)
{
  if (deadline == CPT_TIME_NONE)
    return CPT_DEADLINE_CALM;
  if (now >= deadline)
    return CPT_DEADLINE_OVER;
  if (deadline - now <= CPT_MINUTE)
    return CPT_DEADLINE_RED;
  if (created_at != CPT_TIME_NONE && now - created_at >= deadline - now)
    return CPT_DEADLINE_AMBER;
  return CPT_DEADLINE_CALM;
}
