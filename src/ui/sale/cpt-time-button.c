/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an order is wanted: as soon as possible, in some minutes, at a time. Main thread only. */
#include "cpt-time-button.h"

#include <glib/gi18n-lib.h>

#include "cpt-clock-spin.h"

struct _CptTimeButton
{
  GtkWidget parent_instance;

  CptEngine *engine; /* (owned) */
  CptTime time;

  /* (owned by their parents) */
  GtkWidget *button, *label, *hours, *minutes;
};

static guint changed_signal;
static const int later_minutes[] = { 15, 30, 45, 60, 90 };

G_DEFINE_FINAL_TYPE (CptTimeButton, cpt_time_button, GTK_TYPE_WIDGET)

static CptTime
get_now (CptTimeButton *self)
{
  return cpt_clock_now (cpt_engine_get_clock (self->engine));
}

static void
show_time (CptTimeButton *self)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self->engine);
  g_autofree char *clock = self->time != CPT_TIME_NONE
                               ? cpt_time_format_day_clock (self->time, get_now (self), zone)
                               : g_strdup (_ ("Now"));
  /* TRANSLATORS: for a screen reader; %s is a time or "Now". */
  g_autofree char *said = g_strdup_printf (_ ("Wanted for: %s"), clock);
  GtkWidget *inside = gtk_widget_get_first_child (self->button);

  gtk_label_set_text (GTK_LABEL (self->label), clock);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  said, -1);
  if (inside != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (inside), GTK_ACCESSIBLE_PROPERTY_LABEL, said,
                                    -1);
}

static void
choose (CptTimeButton *self, CptTime time)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  cpt_time_button_set_time (self, time);
  g_signal_emit (self, changed_signal, 0, time);
}

static void
choice_cb (CptTimeButton *self, GtkWidget *button)
{
  choose (self, *(CptTime *)g_object_get_data (G_OBJECT (button), "time"));
}

static GtkWidget *
make_choice (CptTimeButton *self, const char *label, CptTime time)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "cpt-choice");
  g_object_set_data_full (G_OBJECT (button), "time", g_memdup2 (&time, sizeof time), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choice_cb), self);
  return button;
}

static GtkWidget *
make_later (CptTimeButton *self, int minutes, GTimeZone *zone)
{
  CptTime now = get_now (self);
  CptTime time = (now + minutes * CPT_MINUTE + CPT_MINUTE - 1) / CPT_MINUTE * CPT_MINUTE;
  g_autofree char *clock = cpt_time_format_day_clock (time, now, zone);
  /* TRANSLATORS: a button. 1: minutes from now, 2: the clock time that means. */
  g_autofree char *label = g_strdup_printf (_ ("in %1$d min   %2$s"), minutes, clock);

  return make_choice (self, label, time);
}

/* The next time the clock shows what was typed. */
static void
typed_cb (CptTimeButton *self)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self->engine);
  g_autofree char *clock = NULL;

  gtk_spin_button_update (GTK_SPIN_BUTTON (self->hours));
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->minutes));
  clock = g_strdup_printf ("%02d:%02d",
                           gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hours)),
                           gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minutes)));
  choose (self, cpt_time_next_clock (get_now (self), clock, zone));
}

static GtkWidget *
make_own (CptTimeButton *self, GTimeZone *zone)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_ ("At this time"));
  CptTime shown = self->time != CPT_TIME_NONE ? self->time : get_now (self) + CPT_HOUR;
  g_autoptr (GDateTime) local = cpt_time_to_date_time (shown, zone);

  self->hours = cpt_clock_spin_new (23, 1, g_date_time_get_hour (local), _ ("Hour"));
  self->minutes = cpt_clock_spin_new (59, 5, g_date_time_get_minute (local) / 5 * 5, _ ("Minute"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "cpt-choice");
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (typed_cb), self);
  gtk_box_append (GTK_BOX (box), self->hours);
  gtk_box_append (GTK_BOX (box), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (box), self->minutes);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

/* Made anew each time: its choices are told as clock times. */
static void
make_popover_cb (GtkMenuButton *button, gpointer data)
{
  CptTimeButton *self = data;
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (self->engine);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_attach (GTK_GRID (grid), make_choice (self, _ ("Now"), CPT_TIME_NONE), 0, 0, 1, 1);
  for (int i = 0; i < (int)G_N_ELEMENTS (later_minutes); i++)
    gtk_grid_attach (GTK_GRID (grid), make_later (self, later_minutes[i], zone), (i + 1) % 2,
                     (i + 1) / 2, 1, 1);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), make_own (self, zone));
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("When it is wanted"), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

static void
cpt_time_button_dispose (GObject *object)
{
  CptTimeButton *self = CPT_TIME_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_time_button_parent_class)->dispose (object);
}

static void
cpt_time_button_class_init (CptTimeButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_time_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  changed_signal = g_signal_new ("changed", CPT_TYPE_TIME_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
cpt_time_button_init (CptTimeButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->time = CPT_TIME_NONE;
  self->button = gtk_menu_button_new ();
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("alarm-symbolic"));
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_popover_cb, self,
                                         NULL);
  gtk_widget_add_css_class (self->button, "sale-detail");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * cpt_time_button_new:
 *
 * Returns: (transfer floating): a button that says "Now"
 */
GtkWidget *
cpt_time_button_new (CptEngine *engine)
{
  CptTimeButton *self = g_object_new (CPT_TYPE_TIME_BUTTON, NULL);

  self->engine = g_object_ref (engine);
  show_time (self);
  return GTK_WIDGET (self);
}

/**
 * cpt_time_button_set_time:
 * @time: what is shown, or CPT_TIME_NONE
 */
void
cpt_time_button_set_time (CptTimeButton *self, CptTime time)
{
  self->time = time;
  show_time (self);
}
