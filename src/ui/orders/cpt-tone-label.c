/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A label in a tone. Main thread only. */
#include "cpt-tone-label.h"

#include <adwaita.h>

#include "cpt-order-palette.h"

#define BADGE_RADIUS 6

struct _CptToneLabel
{
  GtkWidget parent_instance;

  GtkWidget *label; /* (owned by self) */
  CptTone tone;
  gboolean badge;
};

G_DEFINE_FINAL_TYPE (CptToneLabel, cpt_tone_label, GTK_TYPE_WIDGET)

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static void
update_ink (CptToneLabel *self)
{
  PangoAttrList *attributes = NULL;
  GdkRGBA ink = { 0 }, ground = { 0 };

  cpt_tone_get_text (self->tone, is_dark (), &ink);
  if (self->badge)
    cpt_tone_get_badge (self->tone, is_dark (), &ink, &ground);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes,
                          pango_attr_foreground_new (ink.red * G_MAXUINT16, ink.green * G_MAXUINT16,
                                                     ink.blue * G_MAXUINT16));
  gtk_label_set_attributes (GTK_LABEL (self->label), attributes);
  pango_attr_list_unref (attributes);
}

static void
cpt_tone_label_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CptToneLabel *self = CPT_TONE_LABEL (widget);
  GskRoundedRect shape;
  GdkRGBA ink = { 0 }, ground = { 0 };

  if (self->badge)
    {
      cpt_tone_get_badge (self->tone, is_dark (), &ink, &ground);
      gsk_rounded_rect_init_from_rect (&shape,
                                       &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                            gtk_widget_get_height (widget)),
                                       BADGE_RADIUS);
      gtk_snapshot_push_rounded_clip (snapshot, &shape);
      gtk_snapshot_append_color (snapshot, &ground, &shape.bounds);
      gtk_snapshot_pop (snapshot);
    }
  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

static void
cpt_tone_label_dispose (GObject *object)
{
  CptToneLabel *self = CPT_TONE_LABEL (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (cpt_tone_label_parent_class)->dispose (object);
}

static void
cpt_tone_label_class_init (CptToneLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_tone_label_dispose;
  widget_class->snapshot = cpt_tone_label_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tonelabel");
}

static void
cpt_tone_label_init (CptToneLabel *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_ink), self, G_CONNECT_SWAPPED);
}

/**
 * cpt_tone_label_set:
 * @text: copied
 */
void
cpt_tone_label_set (CptToneLabel *self, const char *text, CptTone tone)
{
  self->tone = tone;
  gtk_label_set_text (GTK_LABEL (self->label), text);
  update_ink (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * cpt_tone_label_new:
 * @badge: TRUE: a short text on a ground of its tone; FALSE: a sentence that wraps
 *
 * Returns: (transfer full): a floating label
 */
GtkWidget *
cpt_tone_label_new (const char *text, CptTone tone, gboolean badge)
{
  CptToneLabel *self = g_object_new (CPT_TYPE_TONE_LABEL, NULL);

  self->badge = badge;
  gtk_label_set_xalign (GTK_LABEL (self->label), badge ? 0.5 : 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), !badge);
  gtk_widget_set_valign (GTK_WIDGET (self), badge ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_widget_add_css_class (self->label, badge ? "cpt-badge" : "cpt-message");
  cpt_tone_label_set (self, text, tone);
  return GTK_WIDGET (self);
}
