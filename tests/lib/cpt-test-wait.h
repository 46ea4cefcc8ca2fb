/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting in tests: for a condition, never for a time, and not for ever. Main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void cpt_test_wait_until (gboolean (*cond) (gpointer), gpointer data, const char *what);
gint64 cpt_test_wait_limit (void);
void cpt_test_wait_step (gint64 limit, const char *what);

/**
 * CPT_WAIT_UNTIL:
 * @expr: asked again after each turn of the main context
 *
 * Ends the test with @expr and its place when it does not come true in time.
 */
#define CPT_WAIT_UNTIL(expr)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 cpt_wait_limit_ = cpt_test_wait_limit ();                                               \
    while (!(expr))                                                                                \
      cpt_test_wait_step (cpt_wait_limit_, #expr " at " G_STRLOC);                                 \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
