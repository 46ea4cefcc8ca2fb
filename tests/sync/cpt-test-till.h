/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A till without a window: the engine on the false clock, its data in a directory of its own,
 * talking to a test's shop. Main thread only. */
#pragma once

#include "cpt-engine-till.h"
#include "cpt-test-clock.h"
#include "cpt-test-shop.h"
#include "cpt-test-wait.h"

G_BEGIN_DECLS

#define CPT_TEST_N_ALERTS 5

typedef struct
{
  CptTestShop *shop;   /* (unowned) */
  CptTestClock *clock; /* (owned) */
  CptEngine *engine;   /* (owned) (nullable) between open and close */
  CptEngineRole role;  /* of the next engine */
  char *dir;           /* (owned) everything of this till */
  gboolean borrowed;   /* the directory is another till's */
  guint alerts[CPT_TEST_N_ALERTS];
  guint connected;
} CptTestTill;

/* In a fresh directory, open, not connected. */
CptTestTill *cpt_test_till_new (CptTestShop *shop);
/* Connected, the first list read. */
CptTestTill *cpt_test_till_new_connected (CptTestShop *shop);
/* Like new, on the directory of another till; the engine is not opened. */
CptTestTill *cpt_test_till_new_at (CptTestShop *shop, const char *dir);
/* Closes, and removes the directory when new made it. */
void cpt_test_till_free (CptTestTill *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTestTill, cpt_test_till_free)

gboolean cpt_test_till_open (CptTestTill *self, GError **error);
/* The engine must be gone afterwards. */
void cpt_test_till_close (CptTestTill *self);
/* Closes and opens again, connected as before. */
void cpt_test_till_restart (CptTestTill *self);
gboolean cpt_test_till_connect_with (CptTestTill *self, const char *text, GError **error);
void cpt_test_till_connect (CptTestTill *self);
/* To another location; connected there, the first list read. */
void cpt_test_till_connect_to (CptTestTill *self, const char *location);
gboolean cpt_test_till_disconnect (CptTestTill *self, gboolean *revoked, GError **error);
CptConnectionState cpt_test_till_get_state (CptTestTill *self);

/* Until nothing is under way any more that does not wait for the clock. */
void cpt_test_till_settle (CptTestTill *self);
/* Both clocks, timer by timer, what each starts coming to its end. */
void cpt_test_till_advance (CptTestTill *self, gint64 ms);
/* To the next check and to its end. */
void cpt_test_till_check (CptTestTill *self);

/* (transfer full) (nullable) */
CptOrderRow *cpt_test_till_find (CptTestTill *self, const char *id);
GPtrArray *cpt_test_till_list (CptTestTill *self, CptOrderTab tab);
/* The order of a fresh injection, at the next check, here and `received` on HubRise. */
char *cpt_test_till_receive (CptTestTill *self);
gboolean cpt_test_till_press_with (CptTestTill *self,
                                   const char *id,
                                   CptOrderStatus to,
                                   CptTime confirmed,
                                   const char *note,
                                   const char *cause,
                                   GError **error);
void cpt_test_till_press (CptTestTill *self, const char *id, CptOrderStatus to);
typedef void (*CptTestStepDeed) (CptEngine *engine,
                                 gint64 step,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
/* undo, retry, give up: of the step the row shows */
gboolean
cpt_test_till_act (CptTestTill *self, const char *id, CptTestStepDeed deed, GError **error);
/* handled elsewhere, seen */
gboolean
cpt_test_till_mark (CptTestTill *self, const char *id, CptTestStepDeed deed, GError **error);
/* What the row shows: "status hubrise-status send notice"; "-" without the order. */
char *cpt_test_till_describe (CptTestTill *self, const char *id);

gboolean cpt_test_till_pay (CptTestTill *self, const char *id, gint64 minor, GError **error);
gboolean cpt_test_till_miss (CptTestTill *self,
                             const char *id,
                             const char *item,
                             const char *note,
                             GError **error);
/* retry, give up: of the entry the row shows */
gboolean cpt_test_till_act_on_entry (CptTestTill *self,
                                     const char *id,
                                     CptTestStepDeed deed,
                                     GError **error);
/* What the row shows: "total due outbox notice reason". */
char *cpt_test_till_describe_money (CptTestTill *self, const char *id);

void cpt_test_till_assert_row_at (CptTestTill *self,
                                  const char *id,
                                  const char *expected,
                                  const char *where);
#define cpt_test_till_assert_row(self, id, expected)                                               \
  cpt_test_till_assert_row_at (self, id, expected, G_STRLOC)

/* Waits while timers that are due now fire. */
#define CPT_TILL_WAIT_UNTIL(till, expr)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 cpt_wait_limit_ = cpt_test_wait_limit ();                                               \
    while (!(expr))                                                                                \
      {                                                                                            \
        cpt_test_clock_advance ((till)->clock, 0);                                                 \
        cpt_test_wait_step (cpt_wait_limit_, #expr " at " G_STRLOC);                               \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

char *cpt_test_till_dup_path (CptTestTill *self, const char *name);
char *cpt_test_till_dup_token (CptTestTill *self);
/* Everything below @dir removed. */
void cpt_test_remove_directory (const char *dir);

G_END_DECLS
