/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client on the false clock, connected to a server of the test, and the record of what passed.
 * Main thread only. */
#pragma once

#include "cpt-hubrise-client.h"
#include "cpt-test-clock.h"
#include "cpt-test-server.h"

G_BEGIN_DECLS

#define CPT_TEST_LINE_TOKEN "token-that-must-not-leak"

/* 2026-11-21T10:00:30Z */
#define CPT_TEST_LINE_START G_GINT64_CONSTANT (1795255230000)

typedef struct
{
  CptTestClock *clock;
  CptTestServer *server;
  CptHubriseClient *client;
  GPtrArray *exchanges; /* CptExchange */
} CptTestLine;

void cpt_test_line_set_up (CptTestLine *self, gconstpointer data);
void cpt_test_line_tear_down (CptTestLine *self, gconstpointer data);
/* Another client of the same test; the hosts without a path. */
CptHubriseClient *
cpt_test_line_client_new (CptTestLine *self, const char *api_host, const char *oauth_host);
/* Sends @request, which it takes, and gives its reply. */
CptHubriseReply *cpt_test_line_ask (CptTestLine *self, CptHubriseRequest *request);
/* The same of a request that ends @ms after it reached the server, no sooner. */
CptHubriseReply *
cpt_test_line_ask_and_wait (CptTestLine *self, CptHubriseRequest *request, gint64 ms);
const CptExchange *cpt_test_line_only_exchange (CptTestLine *self);
/* A GAsyncReadyCallback whose data is a GAsyncResult ** to fill. */
void cpt_test_line_keep_result_cb (GObject *source, GAsyncResult *result, gpointer data);

G_END_DECLS
