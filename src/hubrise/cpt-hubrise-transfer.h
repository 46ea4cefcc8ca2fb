/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP message under way: its time-outs on the clock that was handed in, its body read as a
 * stream within a limit. Main thread only. */
#pragma once

#include <libsoup/soup.h>

#include "cpt-clock.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_TRANSFER_ANSWERED,  /* status and whole body are there */
  CPT_TRANSFER_NOT_SENT,  /* failed before the first byte of the request left */
  CPT_TRANSFER_LOST,      /* failed afterwards */
  CPT_TRANSFER_TOO_LARGE, /* the body went over its limit */
} CptTransferEnd;

typedef struct
{
  CptTransferEnd end;
  gboolean timed_out;
  guint status;  /* 0: no answer */
  GBytes *body;  /* (owned) (nullable) with ANSWERED */
  GError *error; /* (owned) (nullable) */
} CptTransfer;

void cpt_transfer_free (CptTransfer *self);

/* @patient: the reply's time-out begins anew with every piece of the body */
void cpt_transfer_run_async (SoupSession *session,
                             SoupMessage *message,
                             CptClock *clock,
                             gsize limit,
                             gboolean patient,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
CptTransfer *cpt_transfer_run_finish (GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptTransfer, cpt_transfer_free)

G_END_DECLS
