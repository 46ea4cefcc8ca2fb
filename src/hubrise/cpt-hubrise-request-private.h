/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request is made of, for the client. */
#pragma once

#include "cpt-hubrise-request.h"

G_BEGIN_DECLS

struct _CptHubriseRequest
{
  gatomicrefcount ref_count;

  const char *method;
  gboolean oauth;        /* goes to the OAuth root, with the client's id and secret */
  char *path;            /* (owned) begins with "/", ids escaped */
  GString *query;        /* (owned) escaped, without "?" */
  GString *shown_query;  /* (owned) the same without its values, for the log */
  GBytes *body;          /* (owned) (nullable) */
  const char *body_type; /* (nullable) */
  char *order_id;        /* (owned) (nullable) the order it is about */
  CptPriority priority;
  gboolean heavy;      /* counted separately by HubRise */
  gboolean needs_body; /* a 2xx must bring a JSON document */
  gboolean secret;     /* bodies hold a token or a code: never logged */
  gsize limit;         /* bytes of the answer's body */
};

GUri *cpt_hubrise_request_dup_uri (const CptHubriseRequest *self, const char *root);
char *cpt_hubrise_request_dup_shown_path (const CptHubriseRequest *self);

G_END_DECLS
