/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a support team needs to find this till on HubRise; pure, any thread. */
#pragma once

#include "cpt-connection.h"

G_BEGIN_DECLS

char *cpt_support_text_new (const CptConnection *connection);
char *cpt_support_text_address (const CptConnection *connection);

G_END_DECLS
