/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the application's files share. Main thread only. */
#pragma once

#include "cpt-alert.h"
#include "cpt-application.h"
#include "cpt-pause-reminder.h"
#include "cpt-ticket-printer.h"
#include "cpt-window.h"

G_BEGIN_DECLS

struct _CptApplication
{
  AdwApplication parent_instance;

  CptEngine *engine;          /* (owned) */
  CptDemoShop *demo_shop;     /* (owned) (nullable) */
  char *demo_code;            /* (owned) (nullable) between the shop's start and the connection */
  CptAlert *alert;            /* (owned) (nullable) from the start to the quit */
  CptTicketPrinter *printer;  /* (owned) (nullable) likewise */
  CptPauseReminder *reminder; /* (owned) (nullable) likewise */
  CptWindow *window;          /* (weak) (nullable) */
  GCancellable *cancellable;  /* (owned) what the quit need not wait for */
  GError *open_error;         /* (owned) (nullable) why the database could not be opened */
  guint term_source;
  guint print_timer; /* how long a quit waits for the printer */
  gboolean opening;
  gboolean is_open;
  gboolean quitting;
  gboolean told_background;
};

void cpt_application_add_actions (CptApplication *self);
void cpt_application_make_printer (CptApplication *self);
void cpt_application_open (CptApplication *self);
void cpt_application_present (CptApplication *self);
void cpt_application_quit (CptApplication *self);

G_END_DECLS
