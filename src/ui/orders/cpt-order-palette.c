/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of the tones; pure, any thread. */
#include "cpt-order-palette.h"

typedef struct
{
  guint32 badge_text, badge_ground; /* 0xRRGGBB */
  guint32 text;                     /* on a card or on the window */
} Colours;

static const Colours light[CPT_N_TONES] = {
  [CPT_TONE_PLAIN] = { 0x504e55, 0xf0f0f1, 0x504e55 },
  [CPT_TONE_GREY] = { 0x3d3846, 0xe4e3e6, 0x504e55 },
  [CPT_TONE_BLUE] = { 0x164a8c, 0xd8e7fc, 0x164a8c },
  [CPT_TONE_GREEN] = { 0x125a2c, 0xd3f0dc, 0x125a2c },
  [CPT_TONE_AMBER] = { 0x704300, 0xfdebc6, 0x855300 },
  [CPT_TONE_RED] = { 0x94101d, 0xfbdadd, 0xb0101d },
};

static const Colours dark[CPT_N_TONES] = {
  [CPT_TONE_PLAIN] = { 0xc9c8c6, 0x454547, 0xc9c8c6 },
  [CPT_TONE_GREY] = { 0xe2e1df, 0x505053, 0xc9c8c6 },
  [CPT_TONE_BLUE] = { 0xb4d4fc, 0x1f3d66, 0xb4d4fc },
  [CPT_TONE_GREEN] = { 0xa8e8be, 0x1c482c, 0xa8e8be },
  [CPT_TONE_AMBER] = { 0xfcd794, 0x553e10, 0xf9cd74 },
  [CPT_TONE_RED] = { 0xffbfc3, 0x6a1e26, 0xffa3a9 },
};

static void
set_colour (GdkRGBA *colour, guint32 value)
{
  colour->red = ((value >> 16) & 0xff) / 255.f;
  colour->green = ((value >> 8) & 0xff) / 255.f;
  colour->blue = (value & 0xff) / 255.f;
  colour->alpha = 1;
}

static const Colours *
colours_of (CptTone tone, gboolean is_dark)
{
  return &(is_dark ? dark : light)[(guint)tone < CPT_N_TONES ? tone : CPT_TONE_PLAIN];
}

/**
 * cpt_tone_get_badge:
 * @text: (out): the colour of the words
 * @ground: (out): the colour they stand on
 */
void
cpt_tone_get_badge (CptTone tone, gboolean is_dark, GdkRGBA *text, GdkRGBA *ground)
{
  const Colours *colours = colours_of (tone, is_dark);

  set_colour (text, colours->badge_text);
  set_colour (ground, colours->badge_ground);
}

/**
 * cpt_tone_get_text:
 * @text: (out): the colour of words that stand on a card or on the window itself
 */
void
cpt_tone_get_text (CptTone tone, gboolean is_dark, GdkRGBA *text)
{
  set_colour (text, colours_of (tone, is_dark)->text);
}
