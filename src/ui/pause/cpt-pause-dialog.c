/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks how busy the shop is, or how long no orders are to come in. Main thread only.
 *
 * It may stand open for an hour: its choices go with the clock, and what is sent is what they show
 * when it is pressed. */
#include "cpt-pause-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-clock-spin.h"
#include "cpt-opening-hours.h"

#define COLUMNS 3
/* What HubRise's page shows of a reason. */
#define REASON_CHARS 120
/* What is offered first; a till that is set to busy once is most often so for a rush. */
#define USUAL_MINUTES 20
#define N_MINUTES     6

static const int extra_minutes[N_MINUTES] = { 10, 15, 20, 30, 45, 60 };

enum
{
  UNTIL_HALF_HOUR,
  UNTIL_HOUR,
  UNTIL_TWO_HOURS,
  UNTIL_END,
  UNTIL_RESUMED,
  UNTIL_OWN,
  N_UNTILS,
};

/* An end to choose. */
typedef struct
{
  const char *label;
  gint64 delay;      /* from when it is pressed, 0 for a time of its own */
  CptTime time;      /* what it shows, or CPT_TIME_NONE: until somebody says */
  GtkWidget *button; /* (owned by its parent) (nullable) */
} Until;

struct _CptPauseDialog
{
  AdwMessageDialog parent_instance;

  CptEngine *engine; /* (owned) */
  GtkWindow *parent; /* (unowned): this window is its child */
  CptOrdersMode mode;
  GTimeZone *zone; /* (owned) */
  int minutes;
  Until untils[N_UNTILS];
  char *over; /* (owned) (nullable) what is wrong with the end that was chosen */
  guint timer;

  /* (owned by their parents) */
  GtkWidget *extra[N_MINUTES]; /* (nullable) */
  GtkWidget *hours, *minute, *problem, *reason;
};

G_DEFINE_FINAL_TYPE (CptPauseDialog, cpt_pause_dialog, ADW_TYPE_MESSAGE_DIALOG)

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

static void
choose_minutes (CptPauseDialog *self, int minutes)
{
  for (int i = 0; i < N_MINUTES; i++)
    if (self->extra[i] != NULL)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->extra[i]),
                                    extra_minutes[i] == minutes);
}

static GtkWidget *
make_minutes (CptPauseDialog *self)
{
  GtkWidget *grid = new_grid ();

  for (int i = 0; i < N_MINUTES; i++)
    {
      /* TRANSLATORS: minutes that every order takes longer; min is the unit. */
      g_autofree char *label = g_strdup_printf (_ ("+%d min"), extra_minutes[i]);
      GtkWidget *button = new_choice (grid, i, label, self->extra[0]);

      self->extra[i] = button;
      g_object_set_data (G_OBJECT (button), "minutes", GINT_TO_POINTER (extra_minutes[i]));
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (minutes_toggled_cb), self);
    }
  choose_minutes (self, USUAL_MINUTES);
  return grid;
}

/* --- Until when --- */

static CptTime
get_now (CptPauseDialog *self)
{
  return cpt_clock_now (cpt_engine_get_clock (self->engine));
}

static gboolean
is_chosen (const Until *until)
{
  return until->button != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (until->button));
}

static Until *
get_chosen (CptPauseDialog *self)
{
  for (int i = 0; i < N_UNTILS; i++)
    if (is_chosen (&self->untils[i]))
      return &self->untils[i];
  return &self->untils[UNTIL_RESUMED];
}

static gboolean
is_over (const Until *until, CptTime now)
{
  return until->time != CPT_TIME_NONE && until->time <= now;
}

static CptTime
find_end_of_service (CptPauseDialog *self, CptTime now)
{
  const CptConnection *connection = cpt_engine_get_connection (self->engine);
  CptTime end = cpt_opening_hours_next_closing (connection->opening_hours, now, self->zone);

  if (end == CPT_TIME_NONE)
    end = cpt_time_next_clock (now, connection->cutoff_time, self->zone);
  return end;
}

/* A time that was chosen stays, even when it is over: nobody meant the next day by it. */
static void
move_on (CptPauseDialog *self, Until *until, CptTime now)
{
  if (until->delay > 0)
    until->time = now + until->delay;
  else if (until == &self->untils[UNTIL_END] && !is_chosen (until))
    until->time = find_end_of_service (self, now);
}

static void
show_until (CptPauseDialog *self, Until *until, CptTime now)
{
  gboolean told =
      until->time != CPT_TIME_NONE && (until != &self->untils[UNTIL_OWN] || is_chosen (until));
  g_autofree char *clock = told ? cpt_time_format_day_clock (until->time, now, self->zone) : NULL;
  g_autofree char *text =
      told ? g_strdup_printf ("%s\n%s", until->label, clock) : g_strdup (until->label);

  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (until->button)), text) != 0)
    gtk_button_set_label (GTK_BUTTON (until->button), text);
}

static void
note_over (CptPauseDialog *self, CptTime time)
{
  g_autofree char *clock = cpt_time_format_day_clock (time, get_now (self), self->zone);

  g_free (self->over);
  /* TRANSLATORS: %s is a time of the clock, such as "19:30". */
  self->over = g_strdup_printf (_ ("%s is over: choose another time"), clock);
}

static void
update (CptPauseDialog *self)
{
  CptTime now = get_now (self);
  const Until *chosen = get_chosen (self);

  for (int i = 0; i < N_UNTILS; i++)
    {
      move_on (self, &self->untils[i], now);
      if (self->untils[i].button != NULL)
        show_until (self, &self->untils[i], now);
    }
  if (is_over (chosen, now))
    note_over (self, chosen->time);
  gtk_label_set_text (GTK_LABEL (self->problem), self->over != NULL ? self->over : "");
  gtk_widget_set_visible (self->problem, self->over != NULL);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "do", !is_over (chosen, now));
}

/* The times that are chosen are whole minutes: none is over unseen. */
static gboolean
minute_cb (gpointer data)
{
  CptPauseDialog *self = data;
  CptTime left = CPT_MINUTE - get_now (self) % CPT_MINUTE;

  self->timer =
      cpt_clock_add_timer (cpt_engine_get_clock (self->engine), left, minute_cb, self, NULL);
  update (self);
  return G_SOURCE_REMOVE;
}

/* --- A time --- */

/* The next time the clock shows what was chosen. */
static void
take_own_time (CptPauseDialog *self)
{
  g_autofree char *clock =
      g_strdup_printf ("%02d:%02d",
                       gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hours)),
                       gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minute)));

  self->untils[UNTIL_OWN].time = cpt_time_next_clock (get_now (self), clock, self->zone);
}

/* A person chose. */
static void
chosen_cb (CptPauseDialog *self)
{
  g_clear_pointer (&self->over, g_free);
  if (is_chosen (&self->untils[UNTIL_OWN]))
    take_own_time (self);
  update (self);
}

static void
until_toggled_cb (CptPauseDialog *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    chosen_cb (self);
}

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
  g_autoptr (GDateTime) later = cpt_time_to_date_time (get_now (self) + CPT_HOUR, self->zone);
  int minute = g_date_time_get_minute (later) / 5 * 5;

  self->hours = make_spin (23, 1, g_date_time_get_hour (later), _ ("Hour"));
  self->minute = make_spin (59, 5, minute, _ ("Minute"));
  gtk_box_append (GTK_BOX (box), self->hours);
  gtk_box_append (GTK_BOX (box), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (box), self->minute);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  g_object_bind_property (self->untils[UNTIL_OWN].button, "active", box, "visible",
                          G_BINDING_SYNC_CREATE);
  return box;
}

/* --- Building --- */

static void
add_until (CptPauseDialog *self, GtkWidget *grid, int *position, Until *until)
{
  GtkWidget *label = NULL;

  until->button = new_choice (grid, (*position)++, until->label, self->untils[0].button);
  label = gtk_button_get_child (GTK_BUTTON (until->button));
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), until != &self->untils[UNTIL_OWN]);
}

static void
begin_untils (CptPauseDialog *self)
{
  const Until untils[N_UNTILS] = {
    [UNTIL_HALF_HOUR] = { _ ("30 min"), 30 * CPT_MINUTE, 0, NULL },
    [UNTIL_HOUR] = { _ ("1 h"), CPT_HOUR, 0, NULL },
    [UNTIL_TWO_HOURS] = { _ ("2 h"), 2 * CPT_HOUR, 0, NULL },
    [UNTIL_END] = { _ ("End of service"), 0, find_end_of_service (self, get_now (self)), NULL },
    [UNTIL_RESUMED] = { _ ("Until I resume"), 0, CPT_TIME_NONE, NULL },
    [UNTIL_OWN] = { _ ("At a time"), 0, CPT_TIME_NONE, NULL },
  };

  memcpy (self->untils, untils, sizeof untils);
}

static GtkWidget *
make_untils (CptPauseDialog *self)
{
  GtkWidget *grid = new_grid ();
  int first = self->mode == CPT_ORDERS_PAUSED ? UNTIL_RESUMED : UNTIL_HALF_HOUR;
  int position = 0;

  begin_untils (self);
  for (int i = 0; i < N_UNTILS; i++)
    if (i != UNTIL_END || self->untils[i].time != CPT_TIME_NONE)
      add_until (self, grid, &position, &self->untils[i]);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->untils[first].button), TRUE);
  return grid;
}

/* Once all is there that a choice shows. */
static void
watch_untils (CptPauseDialog *self)
{
  for (int i = 0; i < N_UNTILS; i++)
    if (self->untils[i].button != NULL)
      g_signal_connect_swapped (self->untils[i].button, "toggled", G_CALLBACK (until_toggled_cb),
                                self);
  g_signal_connect_swapped (self->hours, "value-changed", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->minute, "value-changed", G_CALLBACK (chosen_cb), self);
}

static GtkWidget *
make_problem (CptPauseDialog *self)
{
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "cpt-problem");
  return self->problem;
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
ask_again (CptPauseDialog *self, CptTime over)
{
  CptPauseDialog *again =
      CPT_PAUSE_DIALOG (cpt_pause_dialog_new (self->parent, self->engine, self->mode));

  if (self->reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (again->reason),
                           gtk_editable_get_text (GTK_EDITABLE (self->reason)));
  choose_minutes (again, self->minutes);
  note_over (again, over);
  update (again);
  gtk_window_present (GTK_WINDOW (again));
}

/* The computer may have slept since the minute before: then even what shows is old. */
static void
cpt_pause_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  CptPauseDialog *self = CPT_PAUSE_DIALOG (dialog);
  const char *reason =
      self->reason != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->reason)) : "";
  const Until *chosen = NULL;

  if (!g_str_equal (response, "do"))
    return;
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->hours));
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->minute));
  update (self);
  chosen = get_chosen (self);
  if (is_over (chosen, get_now (self)))
    ask_again (self, chosen->time);
  else
    gtk_widget_activate_action (GTK_WIDGET (self->parent), "app.set-orders", "(iixs)",
                                (int)self->mode, self->minutes, chosen->time, reason);
}

static void
cpt_pause_dialog_dispose (GObject *object)
{
  CptPauseDialog *self = CPT_PAUSE_DIALOG (object);

  if (self->engine != NULL)
    cpt_clock_clear_timer (cpt_engine_get_clock (self->engine), &self->timer);
  G_OBJECT_CLASS (cpt_pause_dialog_parent_class)->dispose (object);
}

static void
cpt_pause_dialog_finalize (GObject *object)
{
  CptPauseDialog *self = CPT_PAUSE_DIALOG (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->over);
  G_OBJECT_CLASS (cpt_pause_dialog_parent_class)->finalize (object);
}

static void
cpt_pause_dialog_class_init (CptPauseDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_pause_dialog_dispose;
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

  self->engine = g_object_ref (engine);
  self->parent = parent;
  self->mode = mode;
  self->zone = cpt_engine_dup_zone (engine);
  add_words (self);
  if (mode == CPT_ORDERS_BUSY)
    {
      gtk_box_append (GTK_BOX (box), new_heading (_ ("Longer by")));
      gtk_box_append (GTK_BOX (box), make_minutes (self));
    }
  /* TRANSLATORS: over a choice of times. */
  gtk_box_append (GTK_BOX (box), new_heading (C_ ("pause", "Until")));
  gtk_box_append (GTK_BOX (box), make_untils (self));
  gtk_box_append (GTK_BOX (box), make_own_time (self));
  gtk_box_append (GTK_BOX (box), make_problem (self));
  if (mode == CPT_ORDERS_PAUSED)
    {
      gtk_box_append (GTK_BOX (box), new_heading (C_ ("pause", "Reason")));
      gtk_box_append (GTK_BOX (box), make_reason (self));
    }
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), box);
  watch_untils (self);
  minute_cb (self);
  return GTK_WIDGET (self);
}
