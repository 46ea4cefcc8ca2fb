/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting in tests: for a condition, never for a time, and not for ever. Main thread only. */
#include "cpt-test-wait.h"

#define LIMIT_S 20
/* A sanitizer, or a busy machine, takes several times as long. */
#define PATIENCE "COMPTOIR_TEST_PATIENCE"
/* How long a condition another thread makes true may go unnoticed. */
#define WAKE_MS 5

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

static gint64
limit_s (void)
{
  const char *times = g_getenv (PATIENCE);

  return LIMIT_S * (times != NULL ? CLAMP (g_ascii_strtoll (times, NULL, 10), 1, 100) : 1);
}

/**
 * cpt_test_wait_limit:
 *
 * COMPTOIR_TEST_PATIENCE multiplies the 20 s of a wait.
 *
 * Returns: when a wait that starts now has to end, for cpt_test_wait_step()
 */
gint64
cpt_test_wait_limit (void)
{
  return g_get_monotonic_time () + limit_s () * G_TIME_SPAN_SECOND;
}

/**
 * cpt_test_wait_step:
 * @limit: from cpt_test_wait_limit(); past it the test program ends
 * @what: what is waited for
 *
 * One turn of the default main context, bounded.
 */
void
cpt_test_wait_step (gint64 limit, const char *what)
{
  g_autoptr (GSource) wake = g_timeout_source_new (WAKE_MS);

  if (g_get_monotonic_time () > limit)
    g_error ("Waited %d s in vain for: %s", (int)limit_s (), what);

  g_source_set_callback (wake, wake_cb, NULL, NULL);
  g_source_attach (wake, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_source_destroy (wake);
}

/**
 * cpt_test_wait_until:
 * @cond: asked before each turn of the main context
 * @what: what is waited for, in the message when it does not come
 */
void
cpt_test_wait_until (gboolean (*cond) (gpointer), gpointer data, const char *what)
{
  gint64 limit = cpt_test_wait_limit ();

  while (!cond (data))
    cpt_test_wait_step (limit, what);
}
