/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanner every document passes before json-glib sees it: strict where json-glib is lax
 * (comments, two documents, an empty text), without recursion where it recurses, and it keeps
 * what json-glib would lose (long integers, decimals, a NUL inside a string). Any thread. */
#include "cpt-json-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-hubrise-client.h"

typedef struct
{
  const char *start;
  const char *p;
  const char *end;
  GByteArray *stack; /* (owned) the open brackets */
  gsize max_depth;
  GString *out;          /* (nullable) the text rewritten for json-glib */
  GArray *elements;      /* (nullable) CptJsonSpan of a list's elements */
  gsize element;         /* where the current one began */
  const char *complaint; /* (nullable) translated */
} Scanner;

static gboolean
complain (Scanner *self, const char *complaint)
{
  self->complaint = complaint;
  return FALSE;
}

static gboolean
complain_syntax (Scanner *self)
{
  return complain (self, _ ("The document is not valid JSON"));
}

static void
emit (Scanner *self, const char *text, gsize length)
{
  if (self->out != NULL)
    g_string_append_len (self->out, text, length);
}

static void
emit_unichar (Scanner *self, gunichar c)
{
  if (self->out == NULL)
    return;

  if (c < 0x20)
    g_string_append_printf (self->out, "\\u%04x", (guint)c);
  else if (c == '"' || c == '\\')
    g_string_append_printf (self->out, "\\%c", (char)c);
  else
    g_string_append_unichar (self->out, c);
}

static void
skip_space (Scanner *self)
{
  while (self->p < self->end && strchr (" \t\r\n", *self->p) != NULL)
    self->p++;
}

static char
peek (Scanner *self)
{
  return self->p < self->end ? *self->p : '\0';
}

static gboolean
read_hex4 (Scanner *self, gunichar *value)
{
  *value = 0;
  if (self->end - self->p < 4)
    return FALSE;

  for (int i = 0; i < 4; i++, self->p++)
    {
      if (!g_ascii_isxdigit (*self->p))
        return FALSE;
      *value = *value * 16 + g_ascii_xdigit_value (*self->p);
    }
  return TRUE;
}

/* The second half of a surrogate pair, or 0 when there is none. */
static gunichar
read_low_surrogate (Scanner *self)
{
  const char *back = self->p;
  gunichar low = 0;

  if (self->end - self->p >= 6 && self->p[0] == '\\' && self->p[1] == 'u')
    {
      self->p += 2;
      if (read_hex4 (self, &low) && low >= 0xdc00 && low <= 0xdfff)
        return low;
    }
  self->p = back;
  return 0;
}

/* U+0000 would cut the string, half a pair is no character, and U+0001 in front is this room's
 * mark for a number: each stays visible as U+FFFD. */
static gboolean
scan_unicode_escape (Scanner *self, gboolean first)
{
  gunichar c = 0;

  if (!read_hex4 (self, &c))
    return complain_syntax (self);

  if (c >= 0xd800 && c <= 0xdbff)
    {
      gunichar low = read_low_surrogate (self);
      c = low != 0 ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
    }
  else if ((c >= 0xdc00 && c <= 0xdfff) || c == 0 || (c == 1 && first))
    c = 0xfffd;

  emit_unichar (self, c);
  return TRUE;
}

static gboolean
scan_escape (Scanner *self, gboolean first)
{
  self->p++;
  char c = peek (self);

  if (c == '\0' || strchr ("\"\\/bfnrtu", c) == NULL)
    return complain_syntax (self);

  self->p++;
  if (c == 'u')
    return scan_unicode_escape (self, first);

  emit (self, self->p - 2, 2);
  return TRUE;
}

static void
scan_plain_run (Scanner *self)
{
  const char *run = self->p;

  while (self->p < self->end && (guchar)*self->p >= 0x20 && *self->p != '"' && *self->p != '\\')
    self->p++;
  emit (self, run, self->p - run);
}

static gboolean
scan_string (Scanner *self)
{
  if (peek (self) != '"')
    return complain_syntax (self);
  emit (self, self->p++, 1);

  for (gboolean first = TRUE; self->p < self->end; first = FALSE)
    {
      if (*self->p == '"')
        {
          emit (self, self->p++, 1);
          return TRUE;
        }
      if (*self->p == '\\')
        {
          if (!scan_escape (self, first))
            return FALSE;
        }
      else if ((guchar)*self->p < 0x20)
        {
          gunichar c = *self->p++;
          emit_unichar (self, c == 1 && first ? 0xfffd : c);
        }
      else
        scan_plain_run (self);
    }
  return complain (self, _ ("The document ends in the middle"));
}

static gboolean
skip_digits (Scanner *self)
{
  const char *from = self->p;

  while (g_ascii_isdigit (peek (self)))
    self->p++;
  return self->p > from;
}

static gboolean
skip_number (Scanner *self)
{
  if (peek (self) == '-')
    self->p++;
  if (peek (self) == '0')
    self->p++;
  else if (!skip_digits (self))
    return FALSE;

  if (peek (self) == '.')
    {
      self->p++;
      if (!skip_digits (self))
        return FALSE;
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      self->p++;
      if (peek (self) == '+' || peek (self) == '-')
        self->p++;
      return skip_digits (self);
    }
  return TRUE;
}

/* A number goes on as a marked string: json-glib would turn a long integer into -1 and a decimal
 * into a double. */
static gboolean
scan_number (Scanner *self)
{
  const char *from = self->p;

  if (!skip_number (self))
    return complain_syntax (self);

  emit (self, "\"\\u0001", 7);
  emit (self, from, self->p - from);
  emit (self, "\"", 1);
  return TRUE;
}

static gboolean
scan_word (Scanner *self)
{
  static const char *const words[] = { "null", "true", "false" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize)(self->end - self->p) >= length && memcmp (self->p, words[i], length) == 0)
        {
          emit (self, words[i], length);
          self->p += length;
          return TRUE;
        }
    }
  return complain_syntax (self);
}

static gboolean
scan_scalar (Scanner *self)
{
  char c = peek (self);

  if (self->p == self->end)
    return complain (self, _ ("The document ends in the middle"));
  if (c == '"')
    return scan_string (self);
  if (c == '-' || g_ascii_isdigit (c))
    return scan_number (self);
  return scan_word (self);
}

static gboolean
scan_name (Scanner *self)
{
  skip_space (self);
  if (!scan_string (self))
    return FALSE;
  skip_space (self);
  if (peek (self) != ':')
    return complain_syntax (self);
  emit (self, self->p++, 1);
  return TRUE;
}

static char
innermost (Scanner *self)
{
  return self->stack->len > 0 ? (char)self->stack->data[self->stack->len - 1] : '\0';
}

static gboolean
in_list (Scanner *self)
{
  return self->stack->len == 1 && innermost (self) == '[';
}

static void
close_bracket (Scanner *self)
{
  emit (self, self->p++, 1);
  g_byte_array_set_size (self->stack, self->stack->len - 1);
}

/* Returns with *opened TRUE when a value inside the bracket comes next. */
static gboolean
open_bracket (Scanner *self, gboolean *opened)
{
  guint8 bracket = (guint8)*self->p;

  if (self->stack->len >= self->max_depth)
    return complain (self, _ ("The document is nested too deeply"));

  g_byte_array_append (self->stack, &bracket, 1);
  emit (self, self->p++, 1);
  skip_space (self);
  *opened = peek (self) != (bracket == '{' ? '}' : ']');
  if (!*opened)
    close_bracket (self);
  return !*opened || bracket == '[' || scan_name (self);
}

static gboolean
scan_value (Scanner *self, gboolean *opened)
{
  *opened = FALSE;
  skip_space (self);
  if (in_list (self))
    self->element = self->p - self->start;

  if (peek (self) == '{' || peek (self) == '[')
    return open_bracket (self, opened);
  return scan_scalar (self);
}

static void
end_element (Scanner *self)
{
  CptJsonSpan span = { self->element, self->p - self->start };

  if (self->elements != NULL && in_list (self))
    g_array_append_val (self->elements, span);
}

/* After a value: closes what closes here; *more when another value follows. */
static gboolean
scan_after (Scanner *self, gboolean *more)
{
  *more = FALSE;
  while (self->stack->len > 0)
    {
      char open = innermost (self);

      end_element (self);
      skip_space (self);
      if (self->p == self->end)
        return complain (self, _ ("The document ends in the middle"));
      if (*self->p == ',')
        {
          *more = TRUE;
          emit (self, self->p++, 1);
          return open == '[' || scan_name (self);
        }
      if (*self->p != (open == '{' ? '}' : ']'))
        return complain_syntax (self);
      close_bracket (self);
    }
  return TRUE;
}

static gboolean
scan_document (Scanner *self)
{
  gboolean more = TRUE;

  skip_space (self);
  if (self->p == self->end)
    return complain (self, _ ("The document is empty"));

  while (more)
    {
      gboolean opened = FALSE;

      if (!scan_value (self, &opened))
        return FALSE;
      if (!opened && !scan_after (self, &more))
        return FALSE;
    }

  skip_space (self);
  return self->p == self->end || complain (self, _ ("Something follows the document"));
}

static void
skip_byte_order_mark (Scanner *self)
{
  if (self->end - self->p >= 3 && memcmp (self->p, "\xef\xbb\xbf", 3) == 0)
    self->p += 3;
}

/**
 * cpt_json_scan:
 * @text: (array length=length): not necessarily ended by a NUL
 * @max_depth: how many brackets may be open at once
 * @out: (nullable): gets the document rewritten: no white space, numbers as strings that begin
 *   with U+0001, no escape that json-glib would stumble over
 * @elements: (nullable) (element-type CptJsonSpan): gets the spans of the elements when the
 *   document is a list
 *
 * Whether @text is exactly one JSON document. Raw control characters inside strings are let
 * through: they lose nothing. Any thread; %CPT_HUBRISE_ERROR_DOCUMENT.
 */
gboolean
cpt_json_scan (const char *text,
               gsize length,
               gsize max_depth,
               GString *out,
               GArray *elements,
               GError **error)
{
  g_autoptr (GByteArray) stack = g_byte_array_new ();
  Scanner self = { text, text, text + length, stack, max_depth, out, elements, 0, NULL };

  skip_byte_order_mark (&self);
  if (!g_utf8_validate_len (self.p, self.end - self.p, NULL))
    complain (&self, _ ("The document is not UTF-8 text"));
  else if (scan_document (&self))
    return TRUE;

  g_set_error_literal (error, CPT_HUBRISE_ERROR, CPT_HUBRISE_ERROR_DOCUMENT, self.complaint);
  return FALSE;
}
