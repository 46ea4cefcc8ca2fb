/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where each text of an order's card stands. Main thread only.
 *
 *   0:48  #4821 | Delivery 19:30 [New]          |  €27.50 | [magnifier] [Reject] [Accept 19:30 v]
 *   Deliveroo   | Zoé D. · 2 Margherita, 1 Ti…  |  [Paid] |
 *   a sentence over the whole width, where there is something to say
 *
 * Where the middle would be too narrow the buttons go below. Only the customer's line is ever cut;
 * what else does not fit is written smaller or on one more line. */
#include "cpt-card-layout.h"

#define PAD         14
#define PAD_Y       10
#define GAP         12
#define TIME_WIDTH  92
#define LEFT_WIDTH  224
#define MONEY_WIDTH 112
#define MIDDLE_MIN  140
#define MIDDLE_NAT  360
/* Kept free for the buttons of every card that is wide enough, so that the amounts stand below each
 * other: the magnifier, Reject and Accept in the longer of the languages. */
#define BUTTONS_WIDTH 344
/* On a wide one: those of an order past its deadline, too. */
#define BUTTONS_MOST 392
#define LINE_GAP     4
#define BADGE_PAD_X  8
#define BADGE_PAD_Y  3
#define BADGE_GAP    6

static const struct
{
  double pixels;
  PangoWeight weight;
} faces[] = {
  [CPT_FACE_TIME] = { 30, PANGO_WEIGHT_BOLD },
  [CPT_FACE_NUMBER] = { 28, PANGO_WEIGHT_ULTRABOLD },
  [CPT_FACE_SOURCE] = { 28, PANGO_WEIGHT_NORMAL },
  [CPT_FACE_TOTAL] = { 21, PANGO_WEIGHT_BOLD },
  [CPT_FACE_SERVICE] = { 16, PANGO_WEIGHT_BOLD },
  [CPT_FACE_TEXT] = { 15, PANGO_WEIGHT_NORMAL },
  [CPT_FACE_BADGE] = { 14, PANGO_WEIGHT_BOLD },
};

typedef struct
{
  GtkWidget *widget;
  const CptOrderViewState *state;
  CptCardLayout *card;
  int width;
} Pen;

static void
text_clear (gpointer data)
{
  CptPlacedText *text = data;

  g_clear_object (&text->layout);
}

/* CSS pixels as points at 96 dpi, so that a larger text of the desktop makes these larger too. */
static void
set_face (PangoLayout *layout, CptFace face, double scale)
{
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (pango_layout_get_context (layout)));
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_size (font, (int)(faces[face].pixels * scale * 0.75 * PANGO_SCALE));
  pango_font_description_set_weight (font, faces[face].weight);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
}

static PangoLayout *
make_layout (Pen *pen, CptFace face, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (pen->widget, text);

  set_face (layout, face, 1);
  return layout;
}

/* Takes @layout. */
static CptPlacedText *
place (Pen *pen, PangoLayout *layout, int x, int y, CptInk ink, CptTone tone)
{
  CptPlacedText text = { .layout = layout, .x = x, .y = y, .ink = ink, .tone = tone };

  pango_layout_get_pixel_size (layout, &text.width, &text.height);
  g_array_append_val (pen->card->texts, text);
  return &g_array_index (pen->card->texts, CptPlacedText, pen->card->texts->len - 1);
}

/* A number or a name longer than its column is written smaller rather than cut. */
static PangoLayout *
make_fitting (Pen *pen, CptFace face, const char *text, int most)
{
  PangoLayout *layout = make_layout (pen, face, text);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > most)
    set_face (layout, face, MAX (0.5, (double)most / width));
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > most)
    {
      pango_layout_set_width (layout, most * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, -2);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  return layout;
}

static int
place_left (Pen *pen, int y)
{
  const CptOrderViewState *state = pen->state;
  PangoLayout *time = make_fitting (pen, CPT_FACE_TIME, state->time, TIME_WIDTH - GAP);
  PangoLayout *number = make_fitting (pen, CPT_FACE_NUMBER, state->number, LEFT_WIDTH - TIME_WIDTH);
  PangoLayout *source = make_fitting (pen, CPT_FACE_SOURCE, state->source, LEFT_WIDTH);
  CptInk ink = state->time_tone == CPT_TONE_PLAIN ? CPT_INK_PLAIN : CPT_INK_TONE;
  int base = pango_layout_get_baseline (time);
  int down = (base - pango_layout_get_baseline (number)) / PANGO_SCALE;
  int height = place (pen, time, PAD, y, ink, state->time_tone)->height;

  place (pen, number, PAD + TIME_WIDTH, y + down, CPT_INK_PLAIN, CPT_TONE_PLAIN);
  if (state->source[0] == '\0')
    {
      g_object_unref (source);
      return y + height;
    }
  return y + height + place (pen, source, PAD, y + height, CPT_INK_DIM, CPT_TONE_PLAIN)->height;
}

static void
place_badge (Pen *pen, PangoLayout *layout, int x, int y, CptTone tone)
{
  CptPlacedText *text = place (pen, layout, x, y, CPT_INK_BADGE, tone);

  text->width += 2 * BADGE_PAD_X;
  text->height += 2 * BADGE_PAD_Y;
}

static void
badge_size (PangoLayout *layout, int *width, int *height)
{
  pango_layout_get_pixel_size (layout, width, height);
  *width += 2 * BADGE_PAD_X;
  *height += 2 * BADGE_PAD_Y;
}

/* The service and its badges, on as many lines as they need. */
static int
place_flow (Pen *pen, int left, int y, int width)
{
  PangoLayout *service = make_layout (pen, CPT_FACE_SERVICE, pen->state->service);
  CptPlacedText *first = NULL;
  int x = left, line = 0;

  pango_layout_set_width (service, width * PANGO_SCALE);
  pango_layout_set_wrap (service, PANGO_WRAP_WORD_CHAR);
  first = place (pen, service, left, y + BADGE_PAD_Y, CPT_INK_PLAIN, CPT_TONE_PLAIN);
  x += first->width + BADGE_GAP;
  line = first->height + 2 * BADGE_PAD_Y;
  for (guint i = 0; i < pen->state->badges->len; i++)
    {
      const CptViewText *badge = pen->state->badges->pdata[i];
      PangoLayout *layout = make_layout (pen, CPT_FACE_BADGE, badge->text);
      int badge_width = 0, badge_height = 0;

      badge_size (layout, &badge_width, &badge_height);
      if (x + badge_width > left + width && x > left)
        {
          x = left;
          y += line + LINE_GAP;
          line = badge_height;
        }
      place_badge (pen, layout, x, y + (line - badge_height) / 2, badge->tone);
      x += badge_width + BADGE_GAP;
    }
  return y + line;
}

static int
place_middle (Pen *pen, int left, int y, int width)
{
  PangoLayout *summary = make_layout (pen, CPT_FACE_TEXT, pen->state->summary);

  y = place_flow (pen, left, y, width) + LINE_GAP;
  pango_layout_set_width (summary, width * PANGO_SCALE);
  pango_layout_set_ellipsize (summary, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (summary, TRUE);
  return y + place (pen, summary, left, y, CPT_INK_DIM, CPT_TONE_PLAIN)->height;
}

static int
place_money (Pen *pen, int left, int y)
{
  PangoLayout *total = make_fitting (pen, CPT_FACE_TOTAL, pen->state->total, MONEY_WIDTH);
  CptPlacedText *text = place (pen, total, left, y, CPT_INK_PLAIN, CPT_TONE_PLAIN);
  int width = 0, height = 0;

  text->x += MONEY_WIDTH - text->width;
  y += text->height + LINE_GAP;
  if (pen->state->paid.text != NULL)
    {
      PangoLayout *paid =
          make_fitting (pen, CPT_FACE_BADGE, pen->state->paid.text, MONEY_WIDTH - 2 * BADGE_PAD_X);

      badge_size (paid, &width, &height);
      place_badge (pen, paid, left + MONEY_WIDTH - width, y, pen->state->paid.tone);
      y += height;
    }
  return y;
}

static int
place_messages (Pen *pen, int y)
{
  for (guint i = 0; i < pen->state->messages->len; i++)
    {
      const CptViewText *message = pen->state->messages->pdata[i];
      PangoLayout *layout = make_layout (pen, CPT_FACE_SERVICE, message->text);

      pango_layout_set_width (layout, MAX (1, pen->width - 2 * PAD) * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      y += LINE_GAP + place (pen, layout, PAD, y + LINE_GAP, CPT_INK_TONE, message->tone)->height;
    }
  return y;
}

/* Moves the texts from @from to before @to down by half of what is left under them. */
static void
centre (CptCardLayout *card, guint from, guint to, int left_over)
{
  for (guint i = from; i < to; i++)
    g_array_index (card->texts, CptPlacedText, i).y += MAX (0, left_over / 2);
}

static int
width_for_buttons (Pen *pen, int buttons_width)
{
  int most = pen->width - cpt_card_layout_min_width (0) - GAP;
  gboolean wide = pen->width >= cpt_card_layout_nat_width (BUTTONS_MOST);

  return MAX (buttons_width, wide ? BUTTONS_MOST : MIN (BUTTONS_WIDTH, most));
}

static int
place_block (Pen *pen, gboolean below, int buttons_width, int buttons_height)
{
  CptCardLayout *card = pen->card;
  int middle_x = PAD + LEFT_WIDTH + GAP;
  int taken = below ? 0 : width_for_buttons (pen, buttons_width) + GAP;
  int middle = MAX (1, pen->width - middle_x - GAP - MONEY_WIDTH - taken - PAD);
  guint starts[4] = { 0 };
  int ends[3] = { 0 };
  int bottom = below ? PAD_Y : PAD_Y + buttons_height;

  ends[0] = place_left (pen, PAD_Y);
  starts[1] = card->texts->len;
  ends[1] = place_middle (pen, middle_x, PAD_Y, middle);
  starts[2] = card->texts->len;
  ends[2] = place_money (pen, middle_x + middle + GAP, PAD_Y);
  starts[3] = card->texts->len;
  for (int i = 0; i < 3; i++)
    bottom = MAX (bottom, ends[i]);
  for (int i = 0; i < 3; i++)
    centre (card, starts[i], starts[i + 1], bottom - ends[i]);
  card->buttons_y = PAD_Y + MAX (0, (bottom - PAD_Y - buttons_height) / 2);
  return bottom;
}

/**
 * cpt_card_layout_min_width:
 *
 * Returns: the least width a card can be written in, in pixels
 */
int
cpt_card_layout_min_width (int buttons_width)
{
  int texts = 2 * PAD + LEFT_WIDTH + GAP + MIDDLE_MIN + GAP + MONEY_WIDTH;

  return MAX (texts, buttons_width + 2 * PAD);
}

/**
 * cpt_card_layout_nat_width:
 *
 * Returns: the width a card likes, in pixels
 */
int
cpt_card_layout_nat_width (int buttons_width)
{
  return 2 * PAD + LEFT_WIDTH + GAP + MIDDLE_NAT + GAP + MONEY_WIDTH + GAP + buttons_width;
}

/**
 * cpt_card_layout_new:
 * @widget: whose font the texts are in
 * @width: of the card
 * @buttons_width: of the box of buttons
 *
 * Returns: (transfer full): the texts of @state in their places
 */
CptCardLayout *
cpt_card_layout_new (GtkWidget *widget,
                     const CptOrderViewState *state,
                     int width,
                     int buttons_width,
                     int buttons_height)
{
  CptCardLayout *self = g_new0 (CptCardLayout, 1);
  Pen pen = { .widget = widget, .state = state, .card = self, .width = width };
  gboolean below = width < cpt_card_layout_min_width (0) + GAP + buttons_width;
  int bottom = 0;

  self->texts = g_array_new (FALSE, TRUE, sizeof (CptPlacedText));
  g_array_set_clear_func (self->texts, text_clear);
  bottom = place_messages (&pen, place_block (&pen, below, buttons_width, buttons_height));
  self->buttons_x = MAX (PAD, width - PAD - buttons_width);
  if (below)
    {
      self->buttons_y = bottom + LINE_GAP;
      bottom += LINE_GAP + buttons_height;
    }
  self->height = bottom + PAD_Y;
  return self;
}

void
cpt_card_layout_free (CptCardLayout *self)
{
  g_array_unref (self->texts);
  g_free (self);
}
