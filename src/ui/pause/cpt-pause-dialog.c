/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks how busy the shop is, or how long no orders are to come in. Main thread only. */
#include "cpt-pause-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-clock-spin.h"
#include "cpt-opening-hours.h"

#define COLUMNS 3
/* What HubRise's page shows of a reason. */
#define REASON_CHARS 120

struct _CptPauseDialog
{
  AdwMessageDialog parent_instance;

  GtkWindow *parent; /* (unowned): this window is its child */
  CptOrdersMode mode;
  CptTime now;
  GTimeZone *zone; /* (owned) */
  int minutes;
  CptTime until; /* or CPT_TIME_NONE: until somebody says */

  /* (owned by their parents) */
  GtkWidget *own, *hours, *minute, *reason;
};

G_DEFINE_FINAL_TYPE (CptPauseDialog, cpt_pause_dialog, ADW_TYPE_MESSAGE_DIALOG)

static const int extra_minutes[] = { 10, 15, 20, 30, 45, 60 };
/* What is offered first; a till that is set to busy once is most often so for a rush. */
#define USUAL_MINUTES 20

/* --- Choices --- */

static GtkWidget *
new_choice (GtkWidget *grid, int position, const char *label, GtkWidget *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  gtk_widget_add_css_class (button, "cpt-reason");
  gtk_grid_attach (GTK_GRID (grid), button, position % COLUMNS, position / COLUMNS, 1, 1);
  return button;
}

static GtkWidget *
new_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  return grid;
}

static GtkWidget *
new_heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
minutes_toggled_cb (CptPauseDialog *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    self->minutes = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "minutes"));
}

static GtkWidget *
make_minutes (CptPauseDialog *self)
{
  GtkWidget *grid = new_grid ();
  GtkWidget *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (extra_minutes); i++)
    {
      /* TRANSLATORS: minutes that every order takes longer; min is the unit. */
      g_autofree char *label = g_strdup_printf (_ ("+%d min"), extra_minutes[i]);
      GtkWidget *button = new_choice (grid, (int)i, label, first);

      first = first != NULL ? first : button;
      g_object_set_data (G_OBJECT (button), "minutes", GINT_TO_POINTER (extra_minutes[i]));
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (minutes_toggled_cb), self);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), extra_minutes[i] == USUAL_MINUTES);
    }
  return grid;
}

static void
until_toggled_cb (CptPauseDialog *self, GtkToggleButton *button)
{
  const CptTime *until = g_object_get_data (G_OBJECT (button), "until");

  if (gtk_toggle_button_get_active (button))
    self->until = *until;
}

static GtkWidget *
add_until (CptPauseDialog *self,
           GtkWidget *grid,
           int *position,
           GtkWidget *group,
           const char *label,
           CptTime until)
{
  g_autofree char *clock = cpt_time_format_day_clock (until, self->now, self->zone);
  g_autofree char *text =
      until != CPT_TIME_NONE ? g_strdup_printf ("%s\n%s", label, clock) : g_strdup (label);
  GtkWidget *button = new_choice (grid, (*position)++, text, group);
  GtkWidget *inside = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_justify (GTK_LABEL (inside), GTK_JUSTIFY_CENTER);
  gtk_label_set_wrap (GTK_LABEL (inside), TRUE);
  g_object_set_data_full (G_OBJECT (button), "until", g_memdup2 (&until, sizeof until), g_free);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (until_toggled_cb), self);
  return button;
}

static CptTime
find_end_of_service (CptPauseDialog *self, const CptConnection *connection)
{
  CptTime end = cpt_opening_hours_next_closing (connection->opening_hours, self->now, self->zone);

  if (end == CPT_TIME_NONE)
    end = cpt_time_next_clock (self->now, connection->cutoff_time, self->zone);
  return end;
}

static GtkWidget *
make_untils (CptPauseDialog *self, const CptConnection *connection)
{
  GtkWidget *grid = new_grid ();
  CptTime end = find_end_of_service (self, connection);
  int position = 0;
  GtkWidget *first =
      add_until (self, grid, &position, NULL, _ ("30 min"), self->now + 30 * CPT_MINUTE);
  GtkWidget *last = NULL;

  add_until (self, grid, &position, first, _ ("1 h"), self->now + CPT_HOUR);
  add_until (self, grid, &position, first, _ ("2 h"), self->now + 2 * CPT_HOUR);
  if (end != CPT_TIME_NONE)
    add_until (self, grid, &position, first, _ ("End of service"), end);
  last = add_until (self, grid, &position, first, _ ("Until I resume"), CPT_TIME_NONE);
  self->own = new_choice (grid, position, _ ("At a time"), first);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->mode == CPT_ORDERS_PAUSED ? last : first),
                                TRUE);
  return grid;
}

/* --- A time --- */

/* Side by side with its buttons: the dialog has to fit a screen of 768 lines. */
static GtkWidget *
make_spin (double most, double step, int value, const char *name)
{
  GtkWidget *spin = cpt_clock_spin_new (most, step, value, name);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_HORIZONTAL);
  return spin;
}

static GtkWidget *
make_own_time (CptPauseDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GDateTime) later = cpt_time_to_date_time (self->now + CPT_HOUR, self->zone);
  int minute = g_date_time_get_minute (later) / 5 * 5;

  self->hours = make_spin (23, 1, g_date_time_get_hour (later), _ ("Hour"));
  self->minute = make_spin (59, 5, minute, _ ("Minute"));
  gtk_box_append (GTK_BOX (box), self->hours);
  gtk_box_append (GTK_BOX (box), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (box), self->minute);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  g_object_bind_property (self->own, "active", box, "visible", G_BINDING_SYNC_CREATE);
  return box;
}

/* The next time the clock shows what was chosen. */
static CptTime
get_own_time (CptPauseDialog *self)
{
  g_autofree char *clock = NULL;

  gtk_spin_button_update (GTK_SPIN_BUTTON (self->hours));
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->minute));
  clock = g_strdup_printf ("%02d:%02d",
                           gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hours)),
                           gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minute)));
  return cpt_time_next_clock (self->now, clock, self->zone);
}

/* --- The dialog --- */

static GtkWidget *
make_reason (CptPauseDialog *self)
{
  self->reason = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->reason), REASON_CHARS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->reason), _ ("Not needed"));
  gtk_widget_add_css_class (self->reason, "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reason), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* TRANSLATORS: why no orders come in. */
                                  C_ ("pause", "Reason"), -1);
  return self->reason;
}

static void
cpt_pause_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  CptPauseDialog *self = CPT_PAUSE_DIALOG (dialog);
  CptTime until = self->until;
  const char *reason =
      self->reason != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->reason)) : "";

  if (!g_str_equal (response, "do"))
    return;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->own)))
    until = get_own_time (self);
  gtk_widget_activate_action (GTK_WIDGET (self->parent), "app.set-orders", "(iixs)",
                              (int)self->mode, self->minutes, until, reason);
}

static void
cpt_pause_dialog_finalize (GObject *object)
{
  g_clear_pointer (&CPT_PAUSE_DIALOG (object)->zone, g_time_zone_unref);
  G_OBJECT_CLASS (cpt_pause_dialog_parent_class)->finalize (object);
}

static void
cpt_pause_dialog_class_init (CptPauseDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_pause_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = cpt_pause_dialog_response;
}

static void
cpt_pause_dialog_init (CptPauseDialog *self)
{
}

static void
add_words (CptPauseDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  gboolean pause = self->mode == CPT_ORDERS_PAUSED;

  adw_message_dialog_set_heading (dialog, pause ? _ ("Pause orders") : _ ("Busy"));
  adw_message_dialog_set_body (
      dialog, pause ? _ ("No new orders come in from any ordering site until then.")
                    : _ ("Ordering sites announce a longer wait; orders go on coming in."));
  adw_message_dialog_add_response (dialog, "back", _ ("Back"));
  /* TRANSLATORS: a button: announces longer waits to the ordering sites. */
  adw_message_dialog_add_response (dialog, "do", pause ? _ ("Pause orders") : _ ("Set to busy"));
  adw_message_dialog_set_response_appearance (dialog, "do",
                                              pause ? ADW_RESPONSE_DESTRUCTIVE
                                                    : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "back");
}

/**
 * cpt_pause_dialog_new:
 * @parent: the window behind, in whose application "app.set-orders" acts
 * @mode: BUSY or PAUSED
 *
 * Returns: (transfer none): the question, to be presented; it closes by itself
 */
GtkWidget *
cpt_pause_dialog_new (GtkWindow *parent, CptEngine *engine, CptOrdersMode mode)
{
  CptPauseDialog *self =
      g_object_new (CPT_TYPE_PAUSE_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->parent = parent;
  self->mode = mode;
  self->now = cpt_clock_now (cpt_engine_get_clock (engine));
  self->zone = cpt_engine_dup_zone (engine);
  add_words (self);
  if (mode == CPT_ORDERS_BUSY)
    {
      gtk_box_append (GTK_BOX (box), new_heading (_ ("Longer by")));
      gtk_box_append (GTK_BOX (box), make_minutes (self));
    }
  /* TRANSLATORS: over a choice of times. */
  gtk_box_append (GTK_BOX (box), new_heading (C_ ("pause", "Until")));
  gtk_box_append (GTK_BOX (box), make_untils (self, cpt_engine_get_connection (engine)));
  gtk_box_append (GTK_BOX (box), make_own_time (self));
  if (mode == CPT_ORDERS_PAUSED)
    {
      gtk_box_append (GTK_BOX (box), new_heading (C_ ("pause", "Reason")));
      gtk_box_append (GTK_BOX (box), make_reason (self));
    }
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), box);
  return GTK_WIDGET (self);
}
