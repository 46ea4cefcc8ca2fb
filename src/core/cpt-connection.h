/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this till is bound to and how the line to HubRise stands: immutable, any thread. */
#pragma once

#include <glib-object.h>

#include "cpt-timestamp.h"

G_BEGIN_DECLS

typedef enum
{
  CPT_CONNECTION_NONE,            /* not connected: no binding, or the token was given back */
  CPT_CONNECTION_CONNECTING,      /* a code is being exchanged, the first list read; see progress */
  CPT_CONNECTION_WAITING_KEYRING, /* bound, the token cannot be read yet */
  CPT_CONNECTION_UNPROVEN,        /* bound, HubRise not contacted since the start */
  CPT_CONNECTION_ONLINE,
  CPT_CONNECTION_OFFLINE, /* since `since`; `reason` in the user's words */
  CPT_CONNECTION_REFUSED, /* since `since`; `reason` as HubRise gave it */
} CptConnectionState;

typedef struct _CptConnection CptConnection;

struct _CptConnection
{
  gatomicrefcount ref_count; /* private */

  CptConnectionState state;
  CptTime since;  /* start of OFFLINE or REFUSED */
  char *reason;   /* (nullable), like every string here */
  char *progress; /* translated, while CONNECTING */

  gint64 binding; /* the row of api_root + location + catalog; 0 for none */
  char *api_root;
  char *account_id, *account_name, *currency;
  char *location_id, *location_name;
  char *catalog_id, *catalog_name;
  char *customer_list_id, *customer_list_name;
  char *address_1, *address_2, *postal_code, *city, *country;
  char *time_zone;              /* IANA name */
  char *cutoff_time;            /* "06:00" */
  int preparation_time;         /* minutes */
  char *opening_hours;          /* as cpt-opening-hours.h reads it */
  char *order_acceptance;       /* the mode's word as the server last showed it */
  int acceptance_minutes;       /* with "busy": added to the preparation time */
  CptTime acceptance_resume_at; /* or CPT_TIME_NONE: until somebody says */
  char *acceptance_reason;      /* with "paused" */
  CptTime connected_since, last_success, last_failure; /* or CPT_TIME_NONE */
  char *last_failure_reason;
  char *token_place;      /* machine word: "keyring", "file" */
  char *key_mark;         /* tells this binding's key from another one without showing it */
  gint64 clock_offset_ms; /* server's Date minus this PC's clock */
};

#define CPT_TYPE_CONNECTION (cpt_connection_get_type ())

GType cpt_connection_get_type (void);
CptConnection *cpt_connection_new (void);
CptConnection *cpt_connection_copy (const CptConnection *self);
CptConnection *cpt_connection_ref (CptConnection *self);
void cpt_connection_unref (CptConnection *self);
GTimeZone *cpt_connection_dup_zone (const CptConnection *self);
const char *cpt_connection_state_label (CptConnectionState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptConnection, cpt_connection_unref)

G_END_DECLS
