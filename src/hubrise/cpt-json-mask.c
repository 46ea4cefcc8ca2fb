/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents for the log of exchanges, and those kept for long: the shape stays, persons and secrets
 * go. Any thread. */
#include "cpt-json-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How much of a document the log keeps. */
#define MASKED_SIZE (16 * 1024)

/* A document beyond this is not worth building a tree for. */
#define READABLE_SIZE (1024 * 1024)

#define HIDDEN        "•••"

/* What stays of whose order it was. */
#define ERASED_CUSTOMER "{\"anonymised\":true}"

#define ELLIPSIS        "…"

/* A server's words go on a row of the list: what is longer is cut. */
#define WORDS_CHARS 500

/* Texts that are a person's wherever they stand: an e-mail address, an international phone. */
#define PERSONAL "[^\\s@\"]+@[^\\s@\"]+|\\+[0-9][0-9 .()-]{7,}"

typedef struct
{
  GString *out;
  GRegex *personal;
  gsize limit;    /* no more than that is written, about */
  gboolean erase; /* what would be hidden is left out */
} Mask;

static const char *const nothing[] = { NULL };

static gboolean
is_hidden_name (const char *name)
{
  static const char *const hidden[] = {
    "access_token",
    "token",
    "client_secret",
    "secret",
    "code",
    "email",
    "phone",
    "first_name",
    "last_name",
    "company_name",
    "latitude",
    "longitude",
    "driver_name",
    "driver_phone",
    "tracking_url",
    "address_1",
    "address_2",
    "phone_access_code",
    "info",
    "staff",
    "loyalty_cards",
    "loyalty_operations",
    NULL,
  };
  return g_strv_contains (hidden, name) || g_str_has_suffix (name, "notes");
}

static const char *const of_customer[] = { "id",      "customer_list_id", "private_ref",
                                           "country", "nb_orders",        "anonymised",
                                           NULL };

/* What stays visible inside a member of this name: NULL for an ordinary one. */
static const char *const *
visible_inside (const char *name)
{
  if (g_str_equal (name, "customer"))
    return of_customer;
  return is_hidden_name (name) ? nothing : NULL;
}

static void mask_node (Mask *self, JsonNode *node, const char *const *visible);

static void
mask_text (Mask *self, JsonNode *node, gboolean hidden)
{
  const char *text = cpt_json_text (node);
  g_autofree char *clean = NULL;

  if (hidden && text[0] != '\0')
    cpt_json_append_quoted (self->out, HIDDEN);
  else if (cpt_json_kind (node) != CPT_JSON_STRING)
    g_string_append (self->out, text);
  else
    {
      clean = g_regex_replace_literal (self->personal, text, -1, 0, HIDDEN, 0, NULL);
      cpt_json_append_quoted (self->out, clean != NULL ? clean : HIDDEN);
    }
}

static void
mask_array (Mask *self, JsonArray *array, const char *const *visible)
{
  g_string_append_c (self->out, '[');
  for (guint i = 0; i < json_array_get_length (array) && self->out->len <= self->limit; i++)
    {
      if (i > 0)
        g_string_append_c (self->out, ',');
      mask_node (self, json_array_get_element (array, i), visible);
    }
  g_string_append_c (self->out, ']');
}

static void
mask_member (Mask *self, const char *name, JsonNode *node, const char *const *visible)
{
  cpt_json_append_quoted (self->out, name);
  g_string_append_c (self->out, ':');
  if (visible != NULL)
    mask_node (self, node, g_strv_contains (visible, name) ? NULL : nothing);
  else if (self->erase && g_str_equal (name, "customer") && JSON_NODE_HOLDS_OBJECT (node))
    g_string_append (self->out, ERASED_CUSTOMER);
  else
    mask_node (self, node, visible_inside (name));
}

/* A list of customers holds them without that name. */
static gboolean
is_customer (JsonObject *object)
{
  static const char *const names[] = { "first_name", "last_name", "address_1", "nb_orders" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (object, names[i]))
      return TRUE;
  return FALSE;
}

static void
mask_object (Mask *self, JsonObject *object, const char *const *visible)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;
  const char *separator = "";

  if (visible == NULL && !self->erase && is_customer (object))
    visible = of_customer;
  g_string_append_c (self->out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node) && self->out->len <= self->limit)
    {
      if (self->erase && is_hidden_name (name))
        continue;
      g_string_append (self->out, separator);
      mask_member (self, name, node, visible);
      separator = ",";
    }
  g_string_append_c (self->out, '}');
}

/* @visible: the names of which the texts are shown; NULL: every name but the hidden ones. */
static void
mask_node (Mask *self, JsonNode *node, const char *const *visible)
{
  switch (cpt_json_kind (node))
    {
    case CPT_JSON_OBJECT:
      mask_object (self, json_node_get_object (node), visible);
      break;
    case CPT_JSON_ARRAY:
      mask_array (self, json_node_get_array (node), visible);
      break;
    case CPT_JSON_NULL:
      g_string_append (self->out, "null");
      break;
    default:
      mask_text (self, node, visible != NULL);
    }
}

static void
cut (GString *out)
{
  if (out->len <= MASKED_SIZE)
    return;

  const char *limit = out->str + MASKED_SIZE - strlen (ELLIPSIS) + 1;
  const char *end = g_utf8_find_prev_char (out->str, limit);
  g_string_truncate (out, end - out->str);
  g_string_append (out, ELLIPSIS);
}

static char *
mask_tree (JsonNode *root)
{
  g_autoptr (GRegex) personal = g_regex_new (PERSONAL, G_REGEX_OPTIMIZE, 0, NULL);
  Mask self = { g_string_new (NULL), personal, MASKED_SIZE, FALSE };

  mask_node (&self, root, NULL);
  cut (self.out);
  return g_string_free (self.out, FALSE);
}

/**
 * cpt_json_mask:
 *
 * Names, phones, addresses, notes, tokens and what else is a person's or a secret is replaced;
 * a text that is no JSON or is very long is described. Any thread.
 *
 * Returns: (transfer full): at most 16 kB
 */
char *
cpt_json_mask (GBytes *body)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *size = g_format_size (g_bytes_get_size (body));

  if (g_bytes_get_size (body) == 0)
    return g_strdup ("");
  if (g_bytes_get_size (body) > READABLE_SIZE)
    /* TRANSLATORS: %s is a size such as "3.2 MB" */
    return g_strdup_printf (_ ("(a document of %s, not kept)"), size);

  root = cpt_json_parse (body, NULL);
  if (root == NULL)
    /* TRANSLATORS: %s is a size such as "3.2 MB" */
    return g_strdup_printf (_ ("(%s of text that is not JSON)"), size);
  return mask_tree (root);
}

/**
 * cpt_json_tidy_words:
 *
 * What a server says, as it may be shown and kept: without the addresses and phones that can be
 * told, and no longer than a row can hold. Any thread.
 */
char *
cpt_json_tidy_words (const char *words)
{
  g_autoptr (GRegex) personal = g_regex_new (PERSONAL, G_REGEX_OPTIMIZE, 0, NULL);
  g_autofree char *clean = g_regex_replace_literal (personal, words, -1, 0, HIDDEN, 0, NULL);
  g_autofree char *start = NULL;

  if (clean == NULL)
    return g_strdup (HIDDEN);
  if (g_utf8_strlen (clean, -1) <= WORDS_CHARS)
    return g_steal_pointer (&clean);
  start = g_utf8_substring (clean, 0, WORDS_CHARS - 1);
  return g_strconcat (start, ELLIPSIS, NULL);
}

/**
 * cpt_json_erase:
 *
 * The order as it is needed for the books: customer, notes, addresses, drivers and payment details
 * are gone. Any thread.
 *
 * Returns: (transfer full) (nullable): NULL for what is no object
 */
GBytes *
cpt_json_erase (GBytes *document)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GRegex) personal = g_regex_new (PERSONAL, G_REGEX_OPTIMIZE, 0, NULL);
  JsonObject *object = cpt_json_parse_object (document, &root, NULL);
  Mask self = { NULL, personal, G_MAXSIZE, TRUE };

  if (object == NULL)
    return NULL;
  self.out = g_string_new (NULL);
  mask_object (&self, object, NULL);
  return g_string_free_to_bytes (self.out);
}
