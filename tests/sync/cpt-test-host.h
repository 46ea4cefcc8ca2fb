/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A till in another process (cpt-engine-host), to be killed. Main thread only; asking waits. */
#pragma once

#include "cpt-test-shop.h"

G_BEGIN_DECLS

typedef struct
{
  GSubprocess *process;    /* (owned) */
  GDataInputStream *lines; /* (owned) */
} CptTestHost;

/* Opened on @dir; connected when it was. */
CptTestHost *cpt_test_host_new (CptTestShop *shop, const char *dir);
void cpt_test_host_send (CptTestHost *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The next answer, without its @. */
char *cpt_test_host_read (CptTestHost *self);
void cpt_test_host_expect (CptTestHost *self, const char *expected);
/* Sends @command, whose one answer must be @expected. */
void cpt_test_host_do (CptTestHost *self, const char *expected, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* SIGKILL, and gone; frees. */
void cpt_test_host_kill (CptTestHost *self);
/* A clean end; frees. */
void cpt_test_host_quit (CptTestHost *self);

G_END_DECLS
