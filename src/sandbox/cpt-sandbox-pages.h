/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One authorisation in a browser, and the pages it goes through. Main loop only. */
#pragma once

#include "cpt-sandbox-private.h"

#define CPT_SANDBOX_DEMO_EMAIL    "demo@example.org"
#define CPT_SANDBOX_DEMO_PASSWORD "demo"

typedef struct
{
  char *id;            /* (owned) in every form */
  char *redirect_uri;  /* (owned) */
  char *state;         /* (owned) (nullable) */
  char *scope;         /* (owned) */
  char *device_id;     /* (owned) (nullable) */
  char *location_name; /* (owned) (nullable) what the program proposes */
  char *location_id;   /* (owned) (nullable) once chosen */
  gboolean logged_in;
  gboolean french;
} CptSandboxLogin;

typedef enum
{
  CPT_SANDBOX_SAY_LOGIN,
  CPT_SANDBOX_SAY_LOGIN_HELP,
  CPT_SANDBOX_SAY_EMAIL,
  CPT_SANDBOX_SAY_PASSWORD,
  CPT_SANDBOX_SAY_LOGIN_BUTTON,
  CPT_SANDBOX_SAY_LOGIN_WRONG,
  CPT_SANDBOX_SAY_LOCATION,
  CPT_SANDBOX_SAY_LOCATION_HELP,
  CPT_SANDBOX_SAY_NEXT,
  CPT_SANDBOX_SAY_ALLOW_TITLE,
  CPT_SANDBOX_SAY_ALLOW_HELP,
  CPT_SANDBOX_SAY_LIST,
  CPT_SANDBOX_SAY_CATALOG,
  CPT_SANDBOX_SAY_ALLOW,
  CPT_SANDBOX_SAY_REFUSE,
  CPT_SANDBOX_SAY_CODE_TITLE,
  CPT_SANDBOX_SAY_CODE_HELP,
  CPT_SANDBOX_SAY_CODE,
  CPT_SANDBOX_SAY_REFUSED_TITLE,
  CPT_SANDBOX_SAY_REFUSED_HELP,
  CPT_SANDBOX_SAY_ERROR_TITLE,
  CPT_SANDBOX_SAY_ERROR_CLIENT,
  CPT_SANDBOX_SAY_ERROR_REDIRECT,
  CPT_SANDBOX_SAY_ERROR_SCOPE,
  CPT_SANDBOX_SAY_ERROR_SESSION,
} CptSandboxPhrase;

/* cpt-sandbox-page-html.c */
void cpt_sandbox_page_login (CptSandboxCall *call, CptSandboxLogin *login, gboolean wrong);
void cpt_sandbox_page_location (CptSandboxCall *call, CptSandboxLogin *login);
void cpt_sandbox_page_allow (CptSandboxCall *call, CptSandboxLogin *login);
void cpt_sandbox_page_code (CptSandboxCall *call, CptSandboxLogin *login, const char *code);
void cpt_sandbox_page_message (CptSandboxCall *call,
                               guint status,
                               gboolean french,
                               CptSandboxPhrase title,
                               CptSandboxPhrase text);
