/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar above every view: how the line to HubRise stands. Main thread only. */
#include "cpt-connection-bar.h"

#include <glib/gi18n-lib.h>

#include "cpt-bar-state.h"

/* In characters; what is longer takes a second line. */
#define WIDEST_STATE 18

struct _CptConnectionBar
{
  AdwBin parent_instance;

  CptEngine *engine; /* (owned) (nullable) until it is set */
  guint timer;       /* on the engine's clock, only while mapped */
  char *notices; /* (owned) (nullable) the kinds of the notices shown now, to leave them alone */

  GtkWidget *state;
  GtkWidget *state_label;
  GtkWidget *location_box;
  GtkWidget *location_name;
  GtkWidget *location_id;
  GtkWidget *catalog_box;
  GtkWidget *catalog_name;
  GtkWidget *catalog_id;
  GtkWidget *contact;
  GtkWidget *changes;
  GtkWidget *button;
  GtkWidget *notice_box;
};

G_DEFINE_FINAL_TYPE (CptConnectionBar, cpt_connection_bar, ADW_TYPE_BIN)

static const char *const state_classes[] = { "state-good", "state-wait", "state-alarm",
                                             "state-none" };

static void
set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* Setting an equal text again would make a screen reader and the layout start anew. */
static void
set_text (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") == 0)
    return;
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (label, text);
}

static void
show_place (GtkWidget *box, GtkWidget *name, GtkWidget *id, const char *named, const char *text)
{
  gtk_widget_set_visible (box, text != NULL);
  set_text (name, named);
  set_text (id, text);
}

static void
show_binding (CptConnectionBar *self, const CptConnection *connection, gboolean is_bound)
{
  show_place (self->location_box, self->location_name, self->location_id, connection->location_name,
              is_bound ? connection->location_id : NULL);
  show_place (self->catalog_box, self->catalog_name, self->catalog_id, connection->catalog_name,
              is_bound ? connection->catalog_id : NULL);
}

static void
show_button (CptConnectionBar *self, const CptBarState *state)
{
  GtkButton *button = GTK_BUTTON (self->button);

  if (state->offers_again)
    /* TRANSLATORS: to HubRise, as before. */
    gtk_button_set_label (button, _ ("Connect again"));
  else
    /* TRANSLATORS: to HubRise. */
    gtk_button_set_label (button, state->offers_connect ? _ ("Connect") : _ ("Disconnect"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button),
                                  state->offers_connect ? "win.connect" : "win.disconnect");
  set_class (self->button, "suggested-action", state->offers_connect);
}

static char *
join_notices (const CptBarState *state)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < state->notices->len; i++)
    {
      const CptBarNotice *notice = g_ptr_array_index (state->notices, i);

      g_string_append_printf (joined, "%s %s\n", notice->css_class,
                              notice->action != NULL ? notice->action : "");
    }
  return g_string_free (joined, FALSE);
}

static GtkWidget *
new_notice (const CptBarNotice *notice)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (notice->text);
  GtkWidget *button = NULL;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (box, "notice");
  gtk_widget_add_css_class (box, notice->css_class);
  gtk_box_append (GTK_BOX (box), label);
  if (notice->action == NULL)
    return box;
  button = gtk_button_new_with_label (notice->label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), notice->action);
  gtk_widget_add_css_class (button, "bar-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

/* A countdown changes its words and must not take a button from under a finger. */
static void
show_notice_texts (CptConnectionBar *self, const CptBarState *state)
{
  GtkWidget *box = gtk_widget_get_first_child (self->notice_box);

  for (guint i = 0; box != NULL && i < state->notices->len; i++)
    {
      const CptBarNotice *notice = g_ptr_array_index (state->notices, i);

      set_text (gtk_widget_get_first_child (box), notice->text);
      box = gtk_widget_get_next_sibling (box);
    }
}

static void
show_notices (CptConnectionBar *self, const CptBarState *state)
{
  g_autofree char *joined = join_notices (state);
  GtkWidget *child = NULL;

  if (g_strcmp0 (joined, self->notices) == 0)
    {
      show_notice_texts (self, state);
      return;
    }
  g_free (self->notices);
  self->notices = g_steal_pointer (&joined);
  while ((child = gtk_widget_get_first_child (self->notice_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->notice_box), child);
  for (guint i = 0; i < state->notices->len; i++)
    gtk_box_append (GTK_BOX (self->notice_box), new_notice (g_ptr_array_index (state->notices, i)));
  gtk_widget_set_visible (self->notice_box, state->notices->len > 0);
}

static CptBarState *
compute_state (CptConnectionBar *self)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self->engine);
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));
  g_auto (CptOrdersState) orders = { 0 };
  CptBarInput input = {
    .connection = cpt_engine_get_connection (self->engine),
    .now = cpt_clock_now (cpt_engine_get_clock (self->engine)),
    .zone = zone,
    .missed_checks = cpt_engine_get_missed_checks (self->engine),
    .sending = g_settings_get_boolean (settings, "sending"),
    .trouble = cpt_engine_get_trouble (self->engine),
    .lock_holder = cpt_engine_get_lock_holder (self->engine),
    .orders = &orders,
  };

  cpt_engine_get_acceptance (self->engine, &orders);

  cpt_engine_get_counts (self->engine, &input.counts);
  return cpt_bar_state_new (&input);
}

static void
refresh (CptConnectionBar *self)
{
  g_autoptr (CptBarState) state = compute_state (self);

  set_text (self->state_label, state->state);
  gtk_label_set_width_chars (GTK_LABEL (self->state_label),
                             MIN ((int)g_utf8_strlen (state->state, -1), WIDEST_STATE));
  for (gsize i = 0; i < G_N_ELEMENTS (state_classes); i++)
    set_class (self->state, state_classes[i], g_str_equal (state_classes[i], state->state_class));
  show_binding (self, cpt_engine_get_connection (self->engine), state->is_bound);
  set_text (self->contact, state->contact);
  set_class (self->contact, "state-alarm", state->contact_is_alarm);
  set_text (self->changes, state->changes);
  set_class (self->changes, "state-alarm", state->changes_is_alarm);
  show_button (self, state);
  show_notices (self, state);
}

/* --- One tick a second, while somebody can see it --- */

static void wait_for_next_second (CptConnectionBar *self);

static gboolean
second_over_cb (gpointer data)
{
  CptConnectionBar *self = data;

  self->timer = 0;
  refresh (self);
  wait_for_next_second (self);
  return G_SOURCE_REMOVE;
}

static void
stop_ticking (CptConnectionBar *self)
{
  if (self->engine != NULL)
    cpt_clock_clear_timer (cpt_engine_get_clock (self->engine), &self->timer);
}

static void
wait_for_next_second (CptConnectionBar *self)
{
  stop_ticking (self);
  self->timer = cpt_clock_add_timer (cpt_engine_get_clock (self->engine), CPT_SECOND,
                                     second_over_cb, self, NULL);
}

static void
cpt_connection_bar_map (GtkWidget *widget)
{
  CptConnectionBar *self = CPT_CONNECTION_BAR (widget);

  GTK_WIDGET_CLASS (cpt_connection_bar_parent_class)->map (widget);
  if (self->engine == NULL)
    return;
  refresh (self);
  wait_for_next_second (self);
}

static void
cpt_connection_bar_unmap (GtkWidget *widget)
{
  stop_ticking (CPT_CONNECTION_BAR (widget));
  GTK_WIDGET_CLASS (cpt_connection_bar_parent_class)->unmap (widget);
}

static void
cpt_connection_bar_dispose (GObject *object)
{
  CptConnectionBar *self = CPT_CONNECTION_BAR (object);

  stop_ticking (self);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->notices, g_free);
  G_OBJECT_CLASS (cpt_connection_bar_parent_class)->dispose (object);
}

static void
cpt_connection_bar_class_init (CptConnectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_connection_bar_dispose;
  widget_class->map = cpt_connection_bar_map;
  widget_class->unmap = cpt_connection_bar_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/comptoir/Comptoir/cpt-connection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, state);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, state_label);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, location_box);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, location_name);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, location_id);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, catalog_box);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, catalog_name);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, catalog_id);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, contact);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, changes);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, button);
  gtk_widget_class_bind_template_child (widget_class, CptConnectionBar, notice_box);
}

static void
cpt_connection_bar_init (CptConnectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
sending_changed_cb (GSettings *settings, const char *key, CptConnectionBar *self)
{
  refresh (self);
}

/**
 * cpt_connection_bar_set_engine:
 * @self: the bar
 * @engine: the engine whose connection is shown; once
 */
void
cpt_connection_bar_set_engine (CptConnectionBar *self, CptEngine *engine)
{
  g_return_if_fail (CPT_IS_CONNECTION_BAR (self) && self->engine == NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "connection-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "trouble-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (cpt_profile_get_settings (cpt_engine_get_profile (engine)),
                           "changed::sending", G_CALLBACK (sending_changed_cb), self, 0);
  refresh (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wait_for_next_second (self);
}
