/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the double share. Main thread only. */
#pragma once

#include "cpt-double-engine.h"

G_BEGIN_DECLS

void cpt_double_engine_answer (CptEngine *self, GTask *task, gpointer value);
void cpt_double_engine_forget_stock (CptEngine *self);
void cpt_double_engine_forget_till (CptEngine *self);

G_END_DECLS
