/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HubRise's authorisation: the address to open, the answer that comes back by paste or by the
 * loopback listener. Main thread only. */
#pragma once

#include <gio/gio.h>

#include "cpt-clock.h"

G_BEGIN_DECLS

#define CPT_AUTH_OUT_OF_BAND "urn:ietf:wg:oauth:2.0:oob"
#define CPT_AUTH_SCOPE       "location[orders.write,customer_list.write,catalog.read,inventory.write]"

char *cpt_hubrise_auth_new_state (void);
char *cpt_hubrise_auth_build_url (const char *oauth_root,
                                  const char *client_id,
                                  const char *redirect_uri,
                                  const char *state,
                                  const char *device_id);
/* The code in what the user pasted: the code itself or a whole redirected URL, whose state must be
 * @state. */
char *cpt_hubrise_auth_parse_answer (const char *text, const char *state, GError **error);

#define CPT_TYPE_AUTH_LISTENER (cpt_auth_listener_get_type ())
G_DECLARE_FINAL_TYPE (CptAuthListener, cpt_auth_listener, CPT, AUTH_LISTENER, GObject)

/* Signals: "code" (const char *code) and "refused" (const char *reason): one of them, once, after
 * the page was delivered to the browser; the listener has then closed itself. */
CptAuthListener *cpt_auth_listener_new (const char *state);
gboolean cpt_auth_listener_start (CptAuthListener *self, GError **error);
const char *cpt_auth_listener_get_redirect_uri (CptAuthListener *self);
void cpt_auth_listener_stop (CptAuthListener *self);

G_END_DECLS
