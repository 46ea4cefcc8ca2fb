/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One exchange with HubRise in people's words; pure, any thread. */
#pragma once

#include "cpt-exchange.h"

G_BEGIN_DECLS

const char *cpt_exchange_words_what (const char *method, const char *path);
char *cpt_exchange_words_result (const CptExchange *exchange);
char *cpt_exchange_words_duration (gint64 milliseconds);
gboolean cpt_exchange_words_is_failure (const CptExchange *exchange);

G_END_DECLS
