/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order of the list. Main thread only. */
#include "cpt-order-card.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "cpt-card-layout.h"
#include "cpt-deed-button.h"
#include "cpt-order-palette.h"

#define BADGE_RADIUS 6
#define DIM_ALPHA    0.72

struct _CptOrderCard
{
  GtkWidget parent_instance;

  CptOrderTicker *ticker;   /* (owned) */
  CptOrderEntry *entry;     /* (owned) (nullable) */
  CptOrderViewState *state; /* (owned) (nullable) NULL while nothing is known of the order */
  CptCardLayout *layout;    /* (owned) (nullable) for the width it was made for */
  int layout_width;
  gint64 selected; /* the order whose detail is open */

  CptCardHeights *heights; /* (owned) (nullable) NULL: the card is always complete */
  gboolean in_sight;       /* else it has no buttons and no layout */
  int height;              /* what it took when it was last in sight, 0 when not known */
  int height_width;        /* and at which width */

  /* NULL while there are no buttons. */
  GtkWidget *box;   /* (owned by self) (nullable) magnifier and deeds */
  GtkWidget *deeds; /* (owned by box) (nullable) */
};

G_DEFINE_FINAL_TYPE (CptOrderCard, cpt_order_card, GTK_TYPE_WIDGET)

static void
get_box_size (CptOrderCard *self, int *width, int *height)
{
  if (self->box == NULL)
    return;
  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, width, NULL, NULL);
  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, *width, NULL, height, NULL, NULL);
}

static const CptCardLayout *
get_layout (CptOrderCard *self, int width)
{
  int box_width = 0, box_height = 0;

  if (self->state == NULL)
    return NULL;
  if (self->layout != NULL && self->layout_width == width)
    return self->layout;
  g_clear_pointer (&self->layout, cpt_card_layout_free);
  get_box_size (self, &box_width, &box_height);
  self->layout = cpt_card_layout_new (GTK_WIDGET (self), self->state, width, box_width, box_height);
  self->layout_width = width;
  self->height = self->layout->height;
  self->height_width = width;
  if (self->heights != NULL)
    cpt_card_heights_learn (self->heights, self->state, width, self->height);
  return self->layout;
}

/* What a row that is not loaded yet takes: the height of the plainest one. */
#define EMPTY_HEIGHT 100

static int
get_height (CptOrderCard *self, int width)
{
  const CptCardLayout *layout = self->in_sight ? get_layout (self, width) : NULL;

  if (layout != NULL)
    return layout->height;
  if (self->height > 0 && self->height_width == width)
    return self->height;
  return self->heights != NULL ? cpt_card_heights_guess (self->heights, self->state, width)
                               : EMPTY_HEIGHT;
}

static GtkSizeRequestMode
cpt_order_card_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cpt_order_card_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  CptOrderCard *self = CPT_ORDER_CARD (widget);
  int box_width = 0, box_height = 0;

  get_box_size (self, &box_width, &box_height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = cpt_card_layout_min_width (box_width);
      *natural = cpt_card_layout_nat_width (box_width);
      return;
    }
  /* A list asks for the height at any width first: that must not cost the layout of the last. */
  if (for_size <= 0)
    for_size = self->layout_width > 0 ? self->layout_width : cpt_card_layout_nat_width (box_width);
  *minimum = *natural = get_height (self, for_size);
}

static void
cpt_order_card_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CptOrderCard *self = CPT_ORDER_CARD (widget);
  const CptCardLayout *layout = NULL;
  GtkAllocation place = { 0 };

  if (self->box == NULL)
    return;
  layout = get_layout (self, width);
  get_box_size (self, &place.width, &place.height);
  if (layout != NULL)
    {
      place.x = layout->buttons_x;
      place.y = layout->buttons_y;
    }
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    place.x = width - place.x - place.width;
  gtk_widget_size_allocate (self->box, &place, -1);
}

static void
get_ink (CptOrderCard *self, const CptPlacedText *text, GdkRGBA *colour)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA ground = { 0 };

  if (text->ink == CPT_INK_BADGE)
    cpt_tone_get_badge (text->tone, dark, colour, &ground);
  else if (text->ink == CPT_INK_TONE)
    cpt_tone_get_text (text->tone, dark, colour);
  else
    gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), colour);
  if (text->ink == CPT_INK_DIM)
    colour->alpha *= DIM_ALPHA;
}

static void
draw_ground (const CptPlacedText *text, GtkSnapshot *snapshot)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GskRoundedRect shape;
  GdkRGBA ink = { 0 }, ground = { 0 };

  cpt_tone_get_badge (text->tone, dark, &ink, &ground);
  gsk_rounded_rect_init_from_rect (
      &shape, &GRAPHENE_RECT_INIT (text->x, text->y, text->width, text->height), BADGE_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &ground, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_text (CptOrderCard *self, const CptPlacedText *text, GtkSnapshot *snapshot)
{
  GdkRGBA colour = { 0 };
  int inner_width = 0, inner_height = 0;
  graphene_point_t origin = GRAPHENE_POINT_INIT (text->x, text->y);

  get_ink (self, text, &colour);
  if (text->ink == CPT_INK_BADGE)
    {
      draw_ground (text, snapshot);
      pango_layout_get_pixel_size (text->layout, &inner_width, &inner_height);
      origin.x += (text->width - inner_width) / 2;
      origin.y += (text->height - inner_height) / 2;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &origin);
  gtk_snapshot_append_layout (snapshot, text->layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
cpt_order_card_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CptOrderCard *self = CPT_ORDER_CARD (widget);
  const CptCardLayout *layout = NULL;

  if (!self->in_sight)
    return;
  layout = get_layout (self, gtk_widget_get_width (widget));
  for (guint i = 0; layout != NULL && i < layout->texts->len; i++)
    draw_text (self, &g_array_index (layout->texts, CptPlacedText, i), snapshot);
  if (self->box != NULL)
    gtk_widget_snapshot_child (widget, self->box, snapshot);
}

static void
cpt_order_card_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  CptOrderCard *self = CPT_ORDER_CARD (widget);

  GTK_WIDGET_CLASS (cpt_order_card_parent_class)->css_changed (widget, change);
  g_clear_pointer (&self->layout, cpt_card_layout_free);
  self->height = 0;
  gtk_widget_queue_draw (widget);
}

/* The name stands on the list item, which has the focus and the role. */
static void
say_name (CptOrderCard *self, const char *name)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean in_item =
      parent != NULL &&
      gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (parent)) == GTK_ACCESSIBLE_ROLE_LIST_ITEM;

  gtk_accessible_update_property (GTK_ACCESSIBLE (in_item ? parent : GTK_WIDGET (self)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_class (CptOrderCard *self, const char *name, gboolean on)
{
  if (on && !gtk_widget_has_css_class (GTK_WIDGET (self), name))
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else if (!on && gtk_widget_has_css_class (GTK_WIDGET (self), name))
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
update_classes (CptOrderCard *self)
{
  gboolean open = self->entry != NULL && self->selected == cpt_order_entry_get_key (self->entry);

  set_class (self, "selected", open);
  set_class (self, "alarm", self->state != NULL && self->state->alarm);
  set_class (self, "ended", self->state != NULL && self->state->ended);
}

/* A second that passes changes a digit, seldom the height: most ticks only draw. */
static void
drop_layout (CptOrderCard *self)
{
  int width = self->layout_width;
  int height = self->layout != NULL ? self->layout->height : -1;

  g_clear_pointer (&self->layout, cpt_card_layout_free);
  if (height >= 0 && self->state != NULL && get_layout (self, width)->height == height)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
magnifier_clicked_cb (CptOrderCard *self)
{
  if (self->entry != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "order.show", "x",
                                cpt_order_entry_get_key (self->entry));
}

static GtkWidget *
make_magnifier (CptOrderCard *self)
{
  GtkWidget *magnifier = gtk_button_new_from_icon_name ("system-search-symbolic");

  gtk_widget_add_css_class (magnifier, "cpt-deed");
  gtk_widget_add_css_class (magnifier, "cpt-quiet");
  gtk_widget_set_tooltip_text (magnifier, _ ("Show the whole order"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (magnifier), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show the whole order"), -1);
  g_signal_connect_swapped (magnifier, "clicked", G_CALLBACK (magnifier_clicked_cb), self);
  return magnifier;
}

static void
make_buttons (CptOrderCard *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->deeds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (self->box), make_magnifier (self));
  gtk_box_append (GTK_BOX (self->box), self->deeds);
}

static void
drop_buttons (CptOrderCard *self)
{
  self->deeds = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
}

static void
update_buttons (CptOrderCard *self, const CptOrderViewContext *context)
{
  gboolean first = self->box == NULL;

  if (self->state == NULL || !self->in_sight)
    {
      drop_buttons (self);
      return;
    }
  if (first)
    make_buttons (self);
  cpt_deed_box_update (GTK_BOX (self->deeds), self->state, context, CPT_PICK_CARD);
  if (first)
    gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
update_state (CptOrderCard *self)
{
  CptOrderRow *row = self->entry != NULL ? cpt_order_entry_get_row (self->entry) : NULL;
  g_autoptr (CptOrderViewState) before = g_steal_pointer (&self->state);
  CptOrderViewContext context = { 0 };

  if (row != NULL)
    {
      cpt_order_ticker_get_context (self->ticker, row, &context);
      self->state = cpt_order_view_state_new (row, &context);
    }
  if (!self->in_sight)
    self->height = 0;
  update_buttons (self, &context);
  update_classes (self);
  if (self->state != NULL && (before == NULL || g_strcmp0 (before->name, self->state->name) != 0))
    say_name (self, self->state->name);
  drop_layout (self);
}

static void
tick_cb (CptOrderCard *self)
{
  if (self->state != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      cpt_order_view_state_is_old (self->state, cpt_order_ticker_get_now (self->ticker)))
    update_state (self);
}

static void
cpt_order_card_dispose (GObject *object)
{
  CptOrderCard *self = CPT_ORDER_CARD (object);

  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_data (self->entry, self);
  g_clear_object (&self->entry);
  drop_buttons (self);
  g_clear_object (&self->ticker);
  g_clear_object (&self->heights);
  g_clear_pointer (&self->layout, cpt_card_layout_free);
  g_clear_pointer (&self->state, cpt_order_view_state_free);
  G_OBJECT_CLASS (cpt_order_card_parent_class)->dispose (object);
}

static void
cpt_order_card_class_init (CptOrderCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_order_card_dispose;
  widget_class->get_request_mode = cpt_order_card_get_request_mode;
  widget_class->measure = cpt_order_card_measure;
  widget_class->size_allocate = cpt_order_card_size_allocate;
  widget_class->snapshot = cpt_order_card_snapshot;
  widget_class->css_changed = cpt_order_card_css_changed;
  gtk_widget_class_set_css_name (widget_class, "ordercard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_order_card_init (CptOrderCard *self)
{
  self->in_sight = TRUE;
}

/**
 * cpt_order_card_new:
 * @ticker: the second hand of its list
 *
 * Returns: (transfer full): a floating, empty card
 */
GtkWidget *
cpt_order_card_new (CptOrderTicker *ticker)
{
  CptOrderCard *self = g_object_new (CPT_TYPE_ORDER_CARD, NULL);

  self->ticker = g_object_ref (ticker);
  g_signal_connect_object (ticker, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * cpt_order_card_set_entry:
 * @entry: (nullable): the order to show from now on
 */
void
cpt_order_card_set_entry (CptOrderCard *self, CptOrderEntry *entry)
{
  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_data (self->entry, self);
  g_set_object (&self->entry, entry);
  g_clear_pointer (&self->state, cpt_order_view_state_free);
  self->height = 0;
  if (entry == NULL)
    return;
  g_signal_connect_swapped (entry, "notify::row", G_CALLBACK (update_state), self);
  update_state (self);
}

/**
 * cpt_order_card_set_heights:
 * @heights: what cards like it take
 *
 * Makes it a card that is complete only in sight, which it is not yet.
 */
void
cpt_order_card_set_heights (CptOrderCard *self, CptCardHeights *heights)
{
  g_set_object (&self->heights, heights);
  self->in_sight = FALSE;
}

/**
 * cpt_order_card_set_in_sight:
 * @in_sight: whether it can be seen
 *
 * Out of sight it keeps its name and its height, and has no buttons.
 */
void
cpt_order_card_set_in_sight (CptOrderCard *self, gboolean in_sight)
{
  if (self->in_sight == in_sight)
    return;
  self->in_sight = in_sight;
  if (in_sight)
    {
      update_state (self);
      return;
    }
  drop_buttons (self);
  g_clear_pointer (&self->layout, cpt_card_layout_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * cpt_order_card_set_selected:
 * @key: the order whose detail is open, 0 for none
 */
void
cpt_order_card_set_selected (CptOrderCard *self, gint64 key)
{
  self->selected = key;
  update_classes (self);
}

/**
 * cpt_order_card_get_state:
 *
 * Returns: (nullable) (transfer none): what it shows at the moment
 */
const CptOrderViewState *
cpt_order_card_get_state (CptOrderCard *self)
{
  return self->state;
}
