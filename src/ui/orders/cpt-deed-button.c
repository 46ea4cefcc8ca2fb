/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that does one thing with an order. Main thread only. */
#include "cpt-deed-button.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-accept-popover.h"

/* A longer label stands on two lines. */
#define LINE_CHARS 17

struct _CptDeedButton
{
  GtkWidget parent_instance;

  GtkWidget *button;  /* (owned by its parent) */
  GtkWidget *label;   /* (owned by its parent) */
  GtkWidget *arrow;   /* (owned by its parent) (nullable) ACCEPT only */
  GtkWidget *popover; /* (owned by its parent) (nullable) while it is open */

  CptDeed deed;
  CptOrderStatus to;
  gint64 target;
  CptTime time;
  CptTime now;
  GTimeZone *zone; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (CptDeedButton, cpt_deed_button, GTK_TYPE_WIDGET)

static const char *const actions[] = {
  [CPT_DEED_ACCEPT] = "order.accept",
  [CPT_DEED_REJECT] = "order.reject",
  [CPT_DEED_STEP] = "order.step",
  [CPT_DEED_CANCEL] = "order.cancel",
  [CPT_DEED_FAIL] = "order.fail",
  [CPT_DEED_ELSEWHERE] = "order.elsewhere",
  [CPT_DEED_SEEN] = "order.seen",
  [CPT_DEED_UNDO] = "order.undo",
  [CPT_DEED_RETRY] = "order.retry",
  [CPT_DEED_GIVE_UP] = "order.give-up",
  [CPT_DEED_INVOICE] = "order.invoice",
  [CPT_DEED_EDIT] = "order.edit",
  [CPT_DEED_RETRY_ENTRY] = "order.retry-entry",
  [CPT_DEED_GIVE_UP_ENTRY] = "order.give-up-entry",
};

static void
clicked_cb (CptDeedButton *self)
{
  if (self->deed == CPT_DEED_ACCEPT)
    gtk_widget_activate_action (GTK_WIDGET (self), actions[self->deed], "(xx)", self->target,
                                self->time);
  else if (self->deed == CPT_DEED_STEP)
    gtk_widget_activate_action (GTK_WIDGET (self), actions[self->deed], "(xs)", self->target,
                                cpt_order_status_to_string (self->to));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), actions[self->deed], "x", self->target);
}

static gboolean
drop_popover_cb (gpointer data)
{
  CptDeedButton *self = data;

  /* It may be another one by now, opened again at once. */
  if (self->popover != NULL && !gtk_widget_get_visible (self->popover))
    g_clear_pointer (&self->popover, gtk_widget_unparent);
  return G_SOURCE_REMOVE;
}

static void
popover_closed_cb (CptDeedButton *self)
{
  /* Not now: the popover is in the middle of closing. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_popover_cb, g_object_ref (self), g_object_unref);
}

static void
arrow_clicked_cb (CptDeedButton *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = cpt_accept_popover_new (self->target, self->time, self->now, self->zone);
  gtk_widget_set_parent (self->popover, self->arrow);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (popover_closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
cpt_deed_button_dispose (GObject *object)
{
  CptDeedButton *self = CPT_DEED_BUTTON (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->arrow, gtk_widget_unparent);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (cpt_deed_button_parent_class)->dispose (object);
}

static void
cpt_deed_button_class_init (CptDeedButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_deed_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "deed");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_deed_button_init (CptDeedButton *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_justify (GTK_LABEL (self->label), GTK_JUSTIFY_CENTER);

  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), self->label);
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
}

static void
add_arrow (CptDeedButton *self)
{
  self->arrow = gtk_button_new_from_icon_name ("pan-down-symbolic");
  gtk_widget_set_name (self->arrow, "deed-other-times");
  gtk_widget_set_tooltip_text (self->arrow, _ ("Other times"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->arrow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Other times"), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  gtk_widget_set_parent (self->arrow, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "split");
  g_signal_connect_swapped (self->arrow, "clicked", G_CALLBACK (arrow_clicked_cb), self);
}

/* Broken at the space nearest to its middle: left to itself, a label asks for the width of one
 * line and then takes two. */
static char *
break_label (const char *label)
{
  glong half = g_utf8_strlen (label, -1) / 2;
  const char *best = NULL;
  char *broken = g_strdup (label);

  for (const char *space = strchr (label, ' '); space != NULL; space = strchr (space + 1, ' '))
    if (best == NULL || ABS (g_utf8_pointer_to_offset (label, space) - half) <
                            ABS (g_utf8_pointer_to_offset (label, best) - half))
      best = space;
  if (best != NULL && 2 * half >= LINE_CHARS)
    broken[best - label] = '\n';
  return broken;
}

static void
set_label (CptDeedButton *self, const char *label)
{
  g_autofree char *broken = break_label (label);

  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), broken) == 0)
    return;
  gtk_label_set_text (GTK_LABEL (self->label), broken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/* Whether a press is dangerous, as Reject is, or takes back, as Undo does, shows in its look. */
static void
set_look (CptDeedButton *self, const CptOrderButton *button)
{
  gboolean dangerous = button->deed == CPT_DEED_REJECT || button->deed == CPT_DEED_CANCEL ||
                       button->deed == CPT_DEED_FAIL;
  const char *classes[] = {
    button->main ? "suggested-action"
    : dangerous  ? "cpt-danger"
                 : "cpt-quiet",
    "cpt-deed",
    NULL,
  };
  const char *arrow_classes[] = { classes[0], "cpt-deed", "image-button", NULL };

  gtk_widget_set_css_classes (self->button, classes);
  if (self->arrow != NULL)
    gtk_widget_set_css_classes (self->arrow, arrow_classes);
}

/**
 * cpt_deed_button_update:
 * @button: of the same deed as before
 * @context: the moment its label speaks of
 *
 * Changes what it says in place, so that the focus and a finger on it stay where they are.
 */
void
cpt_deed_button_update (CptDeedButton *self,
                        const CptOrderButton *button,
                        const CptOrderViewContext *context)
{
  g_return_if_fail (self->deed == button->deed);

  self->to = button->to;
  self->target = button->target;
  self->time = button->time;
  self->now = context->now;
  gtk_widget_set_hexpand (GTK_WIDGET (self), button->main);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = context->zone != NULL ? g_time_zone_ref (context->zone) : NULL;
  set_label (self, button->label);
  set_look (self, button);
  if (self->popover != NULL)
    cpt_accept_popover_set_now (CPT_ACCEPT_POPOVER (self->popover), self->now);
}

/**
 * cpt_deed_button_new:
 *
 * Its widget that takes the keyboard has a name by which it is known when it is made anew.
 *
 * Returns: (transfer full): a floating button for one deed
 */
GtkWidget *
cpt_deed_button_new (const CptOrderButton *button, const CptOrderViewContext *context)
{
  CptDeedButton *self = g_object_new (CPT_TYPE_DEED_BUTTON, NULL);
  g_autofree char *name = NULL;

  self->deed = button->deed;
  name = g_strdup_printf ("deed-%d", (int)button->deed);
  gtk_widget_set_name (self->button, name);
  if (button->deed == CPT_DEED_ACCEPT)
    add_arrow (self);
  cpt_deed_button_update (self, button, context);
  return GTK_WIDGET (self);
}

static gboolean
belongs (const CptOrderButton *button, CptPick pick)
{
  gboolean first = button->in_row || button->main;

  if (pick == CPT_PICK_CARD)
    return button->in_row;
  return pick == CPT_PICK_FIRST ? first : !first;
}

/* As they stand from the start to the end: the main one last, under the thumb. */
static GPtrArray *
pick_buttons (const CptOrderViewState *state, CptPick pick)
{
  GPtrArray *picked = g_ptr_array_new ();
  gpointer main_button = NULL;

  for (guint i = state->buttons->len; i-- > 0;)
    {
      CptOrderButton *button = state->buttons->pdata[i];

      if (!belongs (button, pick))
        continue;
      if (button->main)
        main_button = button;
      else
        g_ptr_array_add (picked, button);
    }
  if (main_button != NULL)
    g_ptr_array_add (picked, main_button);
  return picked;
}

static gboolean
holds_same (GtkBox *box, GPtrArray *picked)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box));
  guint i = 0;

  for (; child != NULL && i < picked->len; i++, child = gtk_widget_get_next_sibling (child))
    if (CPT_DEED_BUTTON (child)->deed != ((const CptOrderButton *)picked->pdata[i])->deed)
      return FALSE;
  return child == NULL && i == picked->len;
}

static void
fill (GtkBox *box, GPtrArray *picked, const CptOrderViewContext *context)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; i < picked->len; i++)
    gtk_box_append (box, cpt_deed_button_new (picked->pdata[i], context));
}

/**
 * cpt_deed_box_update:
 * @box: holds nothing but what this function put there
 * @pick: which of them
 *
 * Makes the buttons of @box those of @state; it hides when there are none.
 */
void
cpt_deed_box_update (GtkBox *box,
                     const CptOrderViewState *state,
                     const CptOrderViewContext *context,
                     CptPick pick)
{
  g_autoptr (GPtrArray) picked = pick_buttons (state, pick);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box));

  gtk_widget_set_visible (GTK_WIDGET (box), picked->len > 0);
  if (!holds_same (box, picked))
    {
      fill (box, picked, context);
      return;
    }
  for (guint i = 0; i < picked->len; i++, child = gtk_widget_get_next_sibling (child))
    cpt_deed_button_update (CPT_DEED_BUTTON (child), picked->pdata[i], context);
}
