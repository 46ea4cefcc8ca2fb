/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other times an order can be accepted for. Main thread only. */
#include "cpt-accept-popover.h"

#include <glib/gi18n-lib.h>

#include "cpt-clock-spin.h"

#define COLUMNS 2

struct _CptAcceptPopover
{
  GtkPopover parent_instance;

  GtkWidget *grid, *hours, *minutes, *own; /* (owned by their parents) */
  gint64 row;
  CptTime base;
  CptTime now;
  GTimeZone *zone; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CptAcceptPopover, cpt_accept_popover, GTK_TYPE_POPOVER)

static const int later_minutes[] = { 10, 15, 20, 30, 45, 60 };

static void
accept_for (CptAcceptPopover *self, CptTime time)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "order.accept", "(xx)", self->row, time);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
choice_clicked_cb (CptAcceptPopover *self, GtkWidget *button)
{
  accept_for (self, *(CptTime *)g_object_get_data (G_OBJECT (button), "time"));
}

static GtkWidget *
make_choice (CptAcceptPopover *self, int minutes)
{
  CptTime *time = g_new (CptTime, 1);
  GtkWidget *button = gtk_button_new ();
  g_autofree char *clock = NULL;
  g_autofree char *label = NULL;

  *time = self->base + minutes * CPT_MINUTE;
  clock = cpt_time_format_day_clock (*time, self->now, self->zone);
  /* TRANSLATORS: a button. 1: minutes later, 2: the clock time that means. */
  label = g_strdup_printf (_ ("+%1$d min   %2$s"), minutes, clock);
  gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "cpt-choice");
  g_object_set_data_full (G_OBJECT (button), "time", time, g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choice_clicked_cb), self);
  return button;
}

/* The next time the clock shows what was typed. */
static CptTime
typed_time (CptAcceptPopover *self)
{
  g_autofree char *clock =
      g_strdup_printf ("%02d:%02d",
                       gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hours)),
                       gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minutes)));

  return cpt_time_next_clock (self->now, clock, self->zone);
}

/* Which day that is shows before it is pressed: a quarter of an hour ago is tomorrow. */
static void
typed_cb (CptAcceptPopover *self)
{
  g_autofree char *clock = cpt_time_format_day_clock (typed_time (self), self->now, self->zone);
  /* TRANSLATORS: a button; %s is a time such as "19:30" or "tomorrow 19:30". */
  g_autofree char *label = g_strdup_printf (_ ("Accept for %s"), clock);

  gtk_button_set_label (GTK_BUTTON (self->own), label);
}

static void
own_clicked_cb (CptAcceptPopover *self)
{
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->hours));
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->minutes));
  accept_for (self, typed_time (self));
}

static GtkWidget *
make_own (CptAcceptPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->base / CPT_SECOND);
  g_autoptr (GDateTime) local =
      self->zone != NULL ? g_date_time_to_timezone (utc, self->zone) : g_date_time_ref (utc);

  self->hours = cpt_clock_spin_new (23, 1, g_date_time_get_hour (local), _ ("Hour"));
  self->minutes = cpt_clock_spin_new (59, 5, g_date_time_get_minute (local), _ ("Minute"));
  self->own = gtk_button_new_with_label ("");
  gtk_widget_set_valign (self->own, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->own, TRUE);
  gtk_widget_add_css_class (self->own, "cpt-choice");
  gtk_widget_add_css_class (self->own, "suggested-action");
  g_signal_connect_swapped (self->own, "clicked", G_CALLBACK (own_clicked_cb), self);
  g_signal_connect_swapped (self->hours, "value-changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->minutes, "value-changed", G_CALLBACK (typed_cb), self);
  typed_cb (self);
  gtk_box_append (GTK_BOX (box), self->hours);
  gtk_box_append (GTK_BOX (box), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (box), self->minutes);
  gtk_box_append (GTK_BOX (box), self->own);
  return box;
}

static void
cpt_accept_popover_finalize (GObject *object)
{
  CptAcceptPopover *self = CPT_ACCEPT_POPOVER (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (cpt_accept_popover_parent_class)->finalize (object);
}

static void
cpt_accept_popover_class_init (CptAcceptPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_accept_popover_finalize;
}

static void
cpt_accept_popover_init (CptAcceptPopover *self)
{
}

/**
 * cpt_accept_popover_new:
 * @row: the order
 * @base: what the minutes are added to: the time that Accept itself offers
 * @zone: (nullable): the location's
 *
 * Returns: (transfer full): a floating popover; it activates "order.accept"
 */
GtkWidget *
cpt_accept_popover_new (gint64 row, CptTime base, CptTime now, GTimeZone *zone)
{
  CptAcceptPopover *self = g_object_new (CPT_TYPE_ACCEPT_POPOVER, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->row = row;
  self->base = base;
  self->now = now;
  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (later_minutes); i++)
    gtk_grid_attach (GTK_GRID (self->grid), make_choice (self, later_minutes[i]), i % COLUMNS,
                     i / COLUMNS, 1, 1);
  gtk_box_append (GTK_BOX (box), self->grid);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), make_own (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "cpt-accept");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Other times"), -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  return GTK_WIDGET (self);
}

/**
 * cpt_accept_popover_set_now:
 *
 * It may stand open while its times go by.
 */
void
cpt_accept_popover_set_now (CptAcceptPopover *self, CptTime now)
{
  self->now = now;
  for (GtkWidget *button = gtk_widget_get_first_child (self->grid); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_sensitive (button,
                              *(CptTime *)g_object_get_data (G_OBJECT (button), "time") > now);
  typed_cb (self);
}
