/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wanted, known and theirs: a lost reply is sent again, another's change is never overwritten by
 * itself. */
#include "cpt-level.h"

#include <string.h>

/* A story is words: want:X, leave, confirm:X, read:X, where X is a value or - for nothing. */
static void
tell (CptLevel *level, const char *story)
{
  g_auto (GStrv) words = g_strsplit (story, " ", 0);

  for (char **word = words; *word != NULL; word++)
    {
      g_auto (GStrv) parts = g_strsplit (*word, ":", 2);
      const char *value = g_strcmp0 (parts[1], "-") == 0 ? NULL : parts[1];

      if (g_str_equal (parts[0], "want"))
        cpt_level_want (level, value);
      else if (g_str_equal (parts[0], "leave"))
        cpt_level_leave (level);
      else if (g_str_equal (parts[0], "confirm"))
        cpt_level_confirm (level, value);
      else if (g_str_equal (parts[0], "read"))
        cpt_level_read (level, value);
      else
        g_error ("\"%s\" is no word of a story", *word);
    }
}

static const char *
show (const char *value)
{
  return value != NULL ? value : "-";
}

static void
test_stories (void)
{
  static const struct
  {
    const char *story, *wanted, *known, *theirs; /* known "?": unknown; theirs "": none */
    gboolean must_send;
  } cases[] = {
    { "want:-", "-", "-", "", FALSE },
    { "want:3", "3", "-", "", TRUE },
    { "want:3 leave", "3", "?", "", TRUE },
    { "want:3 leave confirm:3", "3", "3", "", FALSE },
    { "want:3 leave confirm:2", "3", "2", "", TRUE },
    { "want:3 leave confirm:3 want:-", "-", "3", "", TRUE },
    { "want:3 leave confirm:3 want:- leave confirm:-", "-", "-", "", FALSE },

    /* Sent, processed, the reply lost, and wanted back: without unknown nothing would go. */
    { "want:3 leave confirm:3 want:0 leave want:3", "3", "?", "", TRUE },
    { "want:3 leave want:-", "-", "?", "", TRUE },
    { "leave", "-", "?", "", TRUE },

    /* A read settles what is unknown, and only that. */
    { "want:3 leave read:3", "3", "3", "", FALSE },
    { "want:3 leave read:-", "3", "-", "", TRUE },
    { "want:3 leave read:7", "3", "7", "", TRUE },
    { "want:- leave read:-", "-", "-", "", FALSE },

    /* Another's change is shown and does not send. */
    { "want:3 leave confirm:3 read:7", "3", "3", "7", FALSE },
    { "want:3 leave confirm:3 read:-", "3", "3", "-", FALSE },
    { "read:7", "-", "-", "7", FALSE },
    { "want:3 leave confirm:3 read:7 read:8", "3", "3", "8", FALSE },
    { "want:3 leave confirm:3 read:7 read:3", "3", "3", "", FALSE },
    { "want:3 leave confirm:3 read:- read:3", "3", "3", "", FALSE },
    { "want:3 leave confirm:3 want:5 read:7", "5", "3", "7", TRUE },
    { "want:3 leave confirm:3 want:5 read:5", "5", "3", "", TRUE },
    { "want:3 leave confirm:3 want:5 read:3", "5", "3", "", TRUE },

    /* Wanting theirs settles the difference; wanting something else keeps showing it. */
    { "want:3 leave confirm:3 read:7 want:7", "7", "3", "", TRUE },
    { "want:3 leave confirm:3 read:- want:-", "-", "3", "", TRUE },
    { "want:3 leave confirm:3 read:7 want:5", "5", "3", "7", TRUE },
    { "want:3 leave confirm:3 read:7 want:3", "3", "3", "7", FALSE },

    /* Ours was confirmed: theirs is gone. */
    { "want:3 leave confirm:3 read:7 want:5 leave", "5", "?", "7", TRUE },
    { "want:3 leave confirm:3 read:7 want:5 leave confirm:5", "5", "5", "", FALSE },
    { "want:3 leave confirm:3 read:7 leave read:7", "3", "7", "", TRUE },

    /* "" is a value, not nothing. */
    { "want:", "", "-", "", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (CptLevel) level = { 0 };

      g_test_message ("%s", cases[i].story);
      tell (&level, cases[i].story);
      g_assert_cmpstr (show (level.wanted), ==, cases[i].wanted);
      g_assert_cmpstr (level.known_is_unknown ? "?" : show (level.known), ==, cases[i].known);
      g_assert_cmpstr (level.has_theirs ? show (level.theirs) : "", ==, cases[i].theirs);
      g_assert_cmpint (cpt_level_must_send (&level), ==, cases[i].must_send);
    }
}

/* A field of the level itself may be handed in. */
static void
test_alias (void)
{
  g_auto (CptLevel) level = { 0 };

  tell (&level, "want:3 leave confirm:3 read:7");
  cpt_level_want (&level, level.theirs);
  g_assert_cmpstr (level.wanted, ==, "7");
  g_assert_false (level.has_theirs);
  cpt_level_confirm (&level, level.wanted);
  g_assert_cmpstr (level.known, ==, "7");
  cpt_level_confirm (&level, level.known);
  g_assert_cmpstr (level.known, ==, "7");
  cpt_level_read (&level, "9");
  cpt_level_read (&level, level.theirs);
  g_assert_cmpstr (level.theirs, ==, "9");
  cpt_level_confirm (&level, level.theirs);
  g_assert_cmpstr (level.known, ==, "9");
}

static void
test_clear (void)
{
  CptLevel level = { 0 };

  tell (&level, "want:3 leave confirm:3 read:7 leave");
  cpt_level_clear (&level);
  g_assert_null (level.wanted);
  g_assert_null (level.known);
  g_assert_null (level.theirs);
  g_assert_false (level.has_theirs);
  g_assert_false (cpt_level_must_send (&level));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/level/stories", test_stories);
  g_test_add_func ("/core/level/alias", test_alias);
  g_test_add_func ("/core/level/clear", test_clear);

  return g_test_run ();
}
