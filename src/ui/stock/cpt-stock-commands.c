/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's commands about the whole stock. Main thread only. */
#include "cpt-stock-commands.h"

#include <glib/gi18n-lib.h>

#include "cpt-compare-dialog.h"
#include "cpt-refs-window.h"

struct _CptStockCommands
{
  GObject parent_instance;

  GtkWindow *window; /* (unowned) (nullable) NULL once it is going */
  CptEngine *engine; /* (owned) */
  CptStockTell tell;
  gpointer data;
  gboolean asked; /* the question at the first binding was shown */
};

G_DEFINE_FINAL_TYPE (CptStockCommands, cpt_stock_commands, G_TYPE_OBJECT)

static void
tell (CptStockCommands *self, const char *text)
{
  if (self->window != NULL)
    self->tell (text, self->data);
}

static void
show_differences (CptStockCommands *self, GPtrArray *differences, const char *lead)
{
  if (self->window != NULL)
    cpt_compare_dialog_show (GTK_WIDGET (self->window), self->engine, differences, lead);
}

/* --- Compare --- */

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockCommands) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences =
      cpt_engine_load_stock_finish (CPT_ENGINE (source), result, &error);

  if (differences == NULL)
    tell (self, error->message);
  else if (differences->len == 0)
    tell (self, _ ("The stock here and on HubRise is the same"));
  else
    show_differences (self, differences, _ ("The stock here and on HubRise is not the same."));
}

static void
compare_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptStockCommands *self = data;

  cpt_engine_compare_stock_async (self->engine, compared_cb, g_object_ref (self));
}

/* --- Synchronise --- */

static void
synchronised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockCommands) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences =
      cpt_engine_load_stock_finish (CPT_ENGINE (source), result, &error);

  if (differences == NULL)
    tell (self, error->message);
  else if (differences->len == 0)
    tell (self, _ ("Stock synchronised: read back, identical"));
  else
    show_differences (self, differences,
                      _ ("The stock was sent and read back. HubRise did not take all of it."));
}

static void
synchronise_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptStockCommands *self = data;

  cpt_engine_synchronise_stock_async (self->engine, synchronised_cb, g_object_ref (self));
}

/* --- Pull the catalog --- */

static void
differences_after_pull_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockCommands) self = data;
  g_autoptr (GPtrArray) differences =
      cpt_engine_load_stock_finish (CPT_ENGINE (source), result, NULL);
  CptEngineStock stock;

  cpt_engine_get_stock (self->engine, &stock);
  if (differences != NULL && differences->len > 0 && stock.differing > 0)
    show_differences (self, differences,
                      _ ("The catalog was read. The stock here and on HubRise is not the same."));
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockCommands) self = data;
  g_autoptr (GError) error = NULL;

  if (!cpt_engine_act_finish (CPT_ENGINE (source), result, &error))
    {
      tell (self, error->message);
      return;
    }
  tell (self, _ ("The catalog was read"));
  cpt_engine_load_stock_differences_async (self->engine, NULL, differences_after_pull_cb,
                                           g_object_ref (self));
}

static void
pull_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptStockCommands *self = data;

  cpt_engine_pull_catalog_async (self->engine, pulled_cb, g_object_ref (self));
}

static void
check_refs_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CptStockCommands *self = data;

  cpt_refs_window_show (self->window, self->engine);
}

/* --- When they can be pressed --- */

static const GActionEntry entries[] = {
  { .name = "compare-stock", .activate = compare_cb },
  { .name = "synchronise-stock", .activate = synchronise_cb },
  { .name = "pull-catalog", .activate = pull_cb },
  { .name = "check-refs", .activate = check_refs_cb },
};

static void
enable (CptStockCommands *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->window), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
first_differences_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptStockCommands) self = data;
  g_autoptr (GPtrArray) differences =
      cpt_engine_load_stock_finish (CPT_ENGINE (source), result, NULL);

  if (differences != NULL && differences->len > 0)
    show_differences (self, differences,
                      _ ("This till already holds stock of its own. Nothing is sent until each "
                         "line is answered."));
}

/* Both sides held stock when they were bound: asked once, without anybody pressing Compare. */
static void
ask_first (CptStockCommands *self, const CptEngineStock *stock)
{
  if (stock->asks && !self->asked)
    cpt_engine_load_stock_differences_async (self->engine, NULL, first_differences_cb,
                                             g_object_ref (self));
  self->asked = stock->asks;
}

static void
state_changed_cb (CptStockCommands *self)
{
  CptEngineStock stock;
  gboolean idle = FALSE;

  cpt_engine_get_stock (self->engine, &stock);
  idle = stock.activity == CPT_ENGINE_STOCK_IDLE || stock.activity == CPT_ENGINE_STOCK_SENDING;
  enable (self, "compare-stock", idle && stock.ready);
  enable (self, "synchronise-stock", idle && stock.ready && stock.keeps && !stock.asks);
  enable (self, "pull-catalog", idle);
  ask_first (self, &stock);
}

/* --- The object --- */

static void
cpt_stock_commands_dispose (GObject *object)
{
  CptStockCommands *self = CPT_STOCK_COMMANDS (object);

  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_stock_commands_parent_class)->dispose (object);
}

static void
cpt_stock_commands_class_init (CptStockCommandsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_stock_commands_dispose;
}

static void
cpt_stock_commands_init (CptStockCommands *self)
{
}

CptStockCommands *
cpt_stock_commands_new (GtkWindow *window, CptEngine *engine, CptStockTell tells, gpointer data)
{
  CptStockCommands *self = g_object_new (CPT_TYPE_STOCK_COMMANDS, NULL);

  self->window = window;
  self->engine = g_object_ref (engine);
  self->tell = tells;
  self->data = data;
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (engine, "stock-state-changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  state_changed_cb (self);
  return self;
}

void
cpt_stock_commands_close (CptStockCommands *self)
{
  if (self->window == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->engine, self);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->window), entries[i].name);
  self->window = NULL;
}
