/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the PIN before what it guards. After a wrong one it waits, longer each time: nobody
 * tries ten thousand. Main thread only. */
#include "cpt-pin-dialog.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-pin.h"

#define FIRST_WAIT_MS   (2 * CPT_SECOND)
#define LONGEST_WAIT_MS CPT_MINUTE

struct _CptPinDialog
{
  AdwWindow parent_instance;

  CptClock *clock; /* (owned) */
  char *stored;    /* (owned) */
  guint timer;     /* while it does not listen */

  /* (owned by their parents) */
  GtkWidget *entry, *problem, *open;
};

enum
{
  SIGNAL_PASSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Closing the window and asking again must not be a way around the wait. */
static gint64 next_wait = FIRST_WAIT_MS;
static gint64 closed_until;

G_DEFINE_FINAL_TYPE (CptPinDialog, cpt_pin_dialog, ADW_TYPE_WINDOW)

static gboolean
wait_over_cb (gpointer data)
{
  CptPinDialog *self = data;

  self->timer = 0;
  gtk_label_set_text (GTK_LABEL (self->problem), _ ("That was not the PIN. Try again."));
  gtk_widget_set_sensitive (self->open, TRUE);
  return G_SOURCE_REMOVE;
}

static void
wait_for (CptPinDialog *self, gint64 wait_ms)
{
  /* TRANSLATORS: %d is a number of seconds. */
  g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Wrong PIN: wait for %d second",
                                    "Wrong PIN: wait for %d seconds",
                                    (gulong)((wait_ms + CPT_SECOND - 1) / CPT_SECOND)),
                       (int)((wait_ms + CPT_SECOND - 1) / CPT_SECOND));

  gtk_label_set_text (GTK_LABEL (self->problem), text);
  gtk_widget_set_visible (self->problem, TRUE);
  gtk_widget_set_sensitive (self->open, FALSE);
  cpt_clock_clear_timer (self->clock, &self->timer);
  self->timer = cpt_clock_add_timer (self->clock, wait_ms, wait_over_cb, self, NULL);
}

static void
refuse (CptPinDialog *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  closed_until = cpt_clock_monotonic (self->clock) + next_wait;
  wait_for (self, next_wait);
  next_wait = MIN (next_wait * 2, LONGEST_WAIT_MS);
}

static void
open_cb (CptPinDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (*typed == '\0' || self->timer != 0)
    return;
  if (!cpt_pin_matches (self->stored, typed))
    {
      refuse (self);
      return;
    }
  next_wait = FIRST_WAIT_MS;
  g_signal_emit (self, signals[SIGNAL_PASSED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
cpt_pin_dialog_dispose (GObject *object)
{
  CptPinDialog *self = CPT_PIN_DIALOG (object);

  if (self->clock != NULL)
    cpt_clock_clear_timer (self->clock, &self->timer);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->stored, g_free);
  G_OBJECT_CLASS (cpt_pin_dialog_parent_class)->dispose (object);
}

static void
cpt_pin_dialog_class_init (CptPinDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_pin_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  signals[SIGNAL_PASSED] = g_signal_new ("passed", CPT_TYPE_PIN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpt_pin_dialog_init (CptPinDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->entry = gtk_password_entry_new ();
  gtk_widget_add_css_class (self->entry, "touch-entry");
  /* TRANSLATORS: the number that guards the preferences. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("PIN"), -1);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "state-alarm");
  gtk_widget_set_visible (self->problem, FALSE);
  /* TRANSLATORS: what the PIN guards. */
  self->open = gtk_button_new_with_label (_ ("Open"));
  gtk_widget_add_css_class (self->open, "large-button");
  gtk_widget_add_css_class (self->open, "suggested-action");
  gtk_widget_add_css_class (box, "dialog-content");
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), self->open);
  gtk_box_append (GTK_BOX (all), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (all), box);
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_default_size (GTK_WINDOW (self), 360, -1);
  gtk_window_set_title (GTK_WINDOW (self), _ ("PIN"));
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (open_cb), self);
  g_signal_connect_swapped (self->open, "clicked", G_CALLBACK (open_cb), self);
}

typedef struct
{
  void (*then) (gpointer);
  gpointer data;
} Then;

static void
passed_cb (CptPinDialog *dialog, Then *then)
{
  then->then (then->data);
}

/**
 * cpt_pin_dialog_ask:
 * @parent: the window behind
 * @then: what the PIN guards; at once where none is set
 */
void
cpt_pin_dialog_ask (GtkWindow *parent, CptEngine *engine, void (*then) (gpointer), gpointer data)
{
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (engine));
  g_autofree char *stored = g_settings_get_string (settings, "pin");
  CptPinDialog *self = NULL;
  Then *closure = NULL;

  if (*stored == '\0')
    {
      then (data);
      return;
    }
  self = g_object_new (CPT_TYPE_PIN_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  closure = g_new0 (Then, 1);
  closure->then = then;
  closure->data = data;
  self->clock = g_object_ref (cpt_engine_get_clock (engine));
  self->stored = g_steal_pointer (&stored);
  g_signal_connect_data (self, "passed", G_CALLBACK (passed_cb), closure,
                         (GClosureNotify)(GCallback)g_free, 0);
  if (cpt_clock_monotonic (self->clock) < closed_until)
    wait_for (self, closed_until - cpt_clock_monotonic (self->clock));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->entry);
}
