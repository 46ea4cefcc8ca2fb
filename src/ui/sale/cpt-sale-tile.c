/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One product on the screen. It is drawn, not built of labels: a grid makes a hundred and fifty of
 * them whatever can be seen. Main thread only. */
#include "cpt-sale-tile.h"

#include <adwaita.h>

#include "cpt-order-palette.h"

#define WIDTH       132
#define HEIGHT      92
#define PAD         10
#define PRICE_LINE  24
#define BADGE_PAD_X 8
#define BADGE_PAD_Y 2

struct _CptSaleTile
{
  GtkWidget parent_instance;

  CptSaleStock *stock;     /* (owned) */
  CptSaleProduct *product; /* (owned) (nullable) */
  CptSaleMark mark;
};

G_DEFINE_FINAL_TYPE (CptSaleTile, cpt_sale_tile, GTK_TYPE_WIDGET)

/* --- Drawing --- */

/* CSS pixels as points at 96 dpi, so that a larger text of the desktop makes these larger too. */
static PangoLayout *
make_layout (CptSaleTile *self, const char *text, double pixels, PangoWeight weight)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (pango_layout_get_context (layout)));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_font_description_set_size (font, (int)(pixels * 0.75 * PANGO_SCALE));
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_font_description_free (font);
  return layout;
}

static void
draw (GtkSnapshot *snapshot, PangoLayout *layout, int x, int y, const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static double
mark_size (CptSaleTile *self)
{
  return self->mark.look == CPT_STOCK_INACTIVE ? 13 : 18;
}

static int
text_width (CptSaleTile *self, const char *text, double pixels, PangoWeight weight)
{
  g_autoptr (PangoLayout) layout = make_layout (self, text, pixels, weight);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* Whether price and mark do not fit on one line: then the mark takes the name's second one. */
static gboolean
is_crowded (CptSaleTile *self)
{
  g_autofree char *price = cpt_sale_product_dup_price (cpt_sale_product_get (self->product));
  g_autofree char *text = cpt_sale_mark_dup_text (&self->mark);
  int badge = self->mark.look == CPT_STOCK_INACTIVE ? 2 * BADGE_PAD_X : 0;

  if (*text == '\0')
    return FALSE;
  return text_width (self, price, 15, PANGO_WEIGHT_NORMAL) + badge +
             text_width (self, text, mark_size (self), PANGO_WEIGHT_ULTRABOLD) + 2 * PAD + 6 >
         gtk_widget_get_width (GTK_WIDGET (self));
}

static void
draw_name (CptSaleTile *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  const CptMenuProduct *product = cpt_sale_product_get (self->product);
  g_autoptr (PangoLayout) layout = make_layout (self, product->name, 16, PANGO_WEIGHT_BOLD);

  pango_layout_set_width (layout,
                          (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * PAD) * PANGO_SCALE);
  pango_layout_set_height (layout, is_crowded (self) ? -1 : -2);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  draw (snapshot, layout, PAD, PAD - 1, colour);
}

static void
draw_badge (CptSaleTile *self,
            GtkSnapshot *snapshot,
            PangoLayout *layout,
            int x,
            int y,
            int width,
            int height)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA ground = { 0 }, ink = { 0 };
  GskRoundedRect shape;

  gtk_style_context_lookup_color (style, "cpt_inactive_bg", &ground);
  gtk_style_context_lookup_color (style, "cpt_inactive_fg", &ink);
  gsk_rounded_rect_init_from_rect (&shape,
                                   &GRAPHENE_RECT_INIT (x - 2 * BADGE_PAD_X, y - BADGE_PAD_Y,
                                                        width + 2 * BADGE_PAD_X,
                                                        height + 2 * BADGE_PAD_Y),
                                   6);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &ground, &shape.bounds);
  gtk_snapshot_pop (snapshot);
  draw (snapshot, layout, x - BADGE_PAD_X, y, &ink);
}

static CptTone
mark_tone (CptStockLook look)
{
  return look == CPT_STOCK_LOW     ? CPT_TONE_AMBER
         : look == CPT_STOCK_EMPTY ? CPT_TONE_RED
                                   : CPT_TONE_GREEN;
}

static void
draw_mark (CptSaleTile *self, GtkSnapshot *snapshot, const char *text)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  gboolean inactive = self->mark.look == CPT_STOCK_INACTIVE;
  g_autoptr (PangoLayout) layout =
      make_layout (self, text, mark_size (self), PANGO_WEIGHT_ULTRABOLD);
  int width = 0, height = 0, x = 0, y = 0;
  GdkRGBA colour = { 0 };

  pango_layout_get_pixel_size (layout, &width, &height);
  x = gtk_widget_get_width (GTK_WIDGET (self)) - PAD - width;
  y = gtk_widget_get_height (GTK_WIDGET (self)) - PAD - height;
  if (is_crowded (self))
    y -= PRICE_LINE;
  if (inactive)
    {
      draw_badge (self, snapshot, layout, x, y, width, height);
      return;
    }
  cpt_tone_get_text (mark_tone (self->mark.look), dark, &colour);
  draw (snapshot, layout, x, y, &colour);
}

static void
draw_price (CptSaleTile *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  g_autofree char *price = cpt_sale_product_dup_price (cpt_sale_product_get (self->product));
  g_autoptr (PangoLayout) layout = make_layout (self, price, 15, PANGO_WEIGHT_NORMAL);
  int height = 0;

  pango_layout_get_pixel_size (layout, NULL, &height);
  draw (snapshot, layout, PAD, gtk_widget_get_height (GTK_WIDGET (self)) - PAD - height, colour);
}

static void
cpt_sale_tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CptSaleTile *self = CPT_SALE_TILE (widget);
  g_autofree char *text = cpt_sale_mark_dup_text (&self->mark);
  GdkRGBA colour = { 0 };

  if (self->product == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  draw_name (self, snapshot, &colour);
  draw_price (self, snapshot, &colour);
  if (*text != '\0')
    draw_mark (self, snapshot, text);
}

static double
text_scale (GtkWidget *widget)
{
  double dpi = pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  return dpi > 0 ? MAX (1, dpi / 96) : 1;
}

static void
cpt_sale_tile_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  int size = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;

  *minimum = *natural = (int)(size * text_scale (widget));
}

/* --- What it shows --- */

/* The name stands on the grid's own item, which has the focus and the role. */
static void
say_name (CptSaleTile *self)
{
  const CptMenuProduct *product = cpt_sale_product_get (self->product);
  g_autofree char *price = cpt_sale_product_dup_price (product);
  g_autofree char *words = cpt_sale_mark_dup_words (&self->mark);
  g_autofree char *name =
      g_strjoin (", ", product->name, price, *words != '\0' ? words : NULL, NULL);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

static void
update (CptSaleTile *self)
{
  if (self->product == NULL)
    return;
  self->mark = cpt_sale_stock_get_product (self->stock, cpt_sale_product_get (self->product));
  if (self->mark.is_sold)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "inactive");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "inactive");
  say_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cpt_sale_tile_dispose (GObject *object)
{
  CptSaleTile *self = CPT_SALE_TILE (object);

  g_clear_object (&self->product);
  g_clear_object (&self->stock);
  G_OBJECT_CLASS (cpt_sale_tile_parent_class)->dispose (object);
}

static void
cpt_sale_tile_class_init (CptSaleTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_sale_tile_dispose;
  widget_class->measure = cpt_sale_tile_measure;
  widget_class->snapshot = cpt_sale_tile_snapshot;
  gtk_widget_class_set_css_name (widget_class, "saletile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cpt_sale_tile_init (CptSaleTile *self)
{
}

/**
 * cpt_sale_tile_new:
 *
 * Returns: (transfer floating): an empty tile
 */
GtkWidget *
cpt_sale_tile_new (CptSaleStock *stock)
{
  CptSaleTile *self = g_object_new (CPT_TYPE_SALE_TILE, NULL);

  self->stock = g_object_ref (stock);
  g_signal_connect_object (stock, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * cpt_sale_tile_set_product:
 * @product: (nullable): what it shows from now on
 */
void
cpt_sale_tile_set_product (CptSaleTile *self, CptSaleProduct *product)
{
  g_set_object (&self->product, product);
  update (self);
}
