/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a reply: for the client. */
#pragma once

#include "cpt-hubrise-client.h"
#include "cpt-hubrise-request-private.h"
#include "cpt-hubrise-transfer.h"

G_BEGIN_DECLS

/* What was read in a body, off the main thread when it is large: immutable. */
typedef struct
{
  GError *unreadable; /* (owned) (nullable) why it is no JSON document */
  char *message;      /* (owned) (nullable) HubRise's words in an error body */
  char *error_type;   /* (owned) (nullable) */
  char *masked;       /* (owned) for the log */
  GBytes *body;       /* (owned) what may be kept of it: all but our token */
} CptBodyDigest;

CptBodyDigest *cpt_body_digest_new (GBytes *body, gboolean is_error, const char *token);
void cpt_body_digest_free (CptBodyDigest *self);

CptHubriseReply *cpt_hubrise_reply_new (void);
void cpt_hubrise_reply_set_failure (CptHubriseReply *self, const CptTransfer *transfer);
void cpt_hubrise_reply_set_answer (CptHubriseReply *self,
                                   const CptHubriseRequest *request,
                                   const CptTransfer *transfer,
                                   const CptBodyDigest *digest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptBodyDigest, cpt_body_digest_free)

G_END_DECLS
