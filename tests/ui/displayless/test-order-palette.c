/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every state's text can be read: contrast of at least 4.5 to 1, light and dark. */
#include "cpt-order-palette.h"

#include <math.h>

#define LEAST 4.5

static double
linear (double part)
{
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green) +
         0.0722 * linear (colour->blue);
}

static double
contrast (const GdkRGBA *a, const GdkRGBA *b)
{
  double one = luminance (a), other = luminance (b);

  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

static void
test_badges (void)
{
  for (int dark = 0; dark < 2; dark++)
    for (CptTone tone = CPT_TONE_PLAIN; tone < CPT_N_TONES; tone++)
      {
        GdkRGBA text = { 0 }, ground = { 0 };

        cpt_tone_get_badge (tone, dark, &text, &ground);
        g_test_message ("tone %d %s: %.1f", tone, dark ? "dark" : "light",
                        contrast (&text, &ground));
        g_assert_cmpfloat (contrast (&text, &ground), >=, LEAST);
      }
}

static void
test_texts (void)
{
  /* The window, a card and a card under the pointer; the lightest and the darkest count. */
  static const char *const grounds[2][3] = { { "#ffffff", "#fafafa", "#f2f2f2" },
                                             { "#1e1e1e", "#363636", "#3e3e3e" } };

  for (int dark = 0; dark < 2; dark++)
    for (CptTone tone = CPT_TONE_PLAIN; tone < CPT_N_TONES; tone++)
      for (int i = 0; i < 3; i++)
        {
          GdkRGBA text = { 0 }, ground = { 0 };

          g_assert_true (gdk_rgba_parse (&ground, grounds[dark][i]));
          cpt_tone_get_text (tone, dark, &text);
          g_assert_cmpfloat (contrast (&text, &ground), >=, LEAST);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/order-palette/badges", test_badges);
  g_test_add_func ("/order-palette/texts", test_texts);
  return g_test_run ();
}
