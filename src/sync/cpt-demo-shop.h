/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the demo shop's server beside this program and reads its address. It dies with us.
 * Main thread only. */
#pragma once

#include "cpt-profile.h"

G_BEGIN_DECLS

#define CPT_TYPE_DEMO_SHOP (cpt_demo_shop_get_type ())
G_DECLARE_FINAL_TYPE (CptDemoShop, cpt_demo_shop, CPT, DEMO_SHOP, GObject)

CptDemoShop *cpt_demo_shop_new (void);
/* Starts the server, sets @profile's roots to it. Result: (transfer full) the one-time code. */
void cpt_demo_shop_start_async (CptDemoShop *self,
                                CptProfile *profile,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
char *cpt_demo_shop_start_finish (CptDemoShop *self, GAsyncResult *result, GError **error);
void cpt_demo_shop_stop (CptDemoShop *self);

G_END_DECLS
