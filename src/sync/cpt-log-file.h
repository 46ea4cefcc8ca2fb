/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's own log: what any part says through GLib's log, in files small enough to send to
 * who helps. Made on the main thread; any thread may write. */
#pragma once

#include "cpt-clock.h"

G_BEGIN_DECLS

/* The size of one file, and how many there are: PATH, PATH.1 … with the oldest last. */
#define CPT_LOG_FILE_SIZE (1024 * 1024)
#define CPT_LOG_FILES     5

#define CPT_TYPE_LOG_FILE (cpt_log_file_get_type ())
G_DECLARE_FINAL_TYPE (CptLogFile, cpt_log_file, CPT, LOG_FILE, GObject)

CptLogFile *cpt_log_file_new (CptClock *clock, const char *path);
void cpt_log_file_write (CptLogFile *self,
                         GLogLevelFlags level,
                         const char *domain,
                         const char *message);
/* From now on for whatever this process says; once in a process. */
void cpt_log_file_install (CptLogFile *self);

G_END_DECLS
