/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, and what is typed for them. Main thread only. */
#include "cpt-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cpt-cli-order-private.h"

G_DEFINE_QUARK (cpt_cli_error, cpt_cli_error)

/* TRANSLATORS: what is written in capitals stands for something the user types. */
static const CptCliCommand commands[] = {
  { "status", NULL, N_ ("tell how this till and HubRise stand"), 0, 0, 0, FALSE, NULL,
    cpt_cli_status_run, NULL, cpt_cli_status_print },
  { "orders", NULL, N_ ("list the orders of today"), 0, 0,
    CPT_CLI_LATER | CPT_CLI_ALL | CPT_CLI_SEARCH | CPT_CLI_LIMIT, FALSE, cpt_cli_orders_prepare,
    cpt_cli_orders_run, NULL, cpt_cli_orders_print },
  { "sent", NULL, N_ ("list the orders made at this till"), 0, 0,
    CPT_CLI_ALL | CPT_CLI_SEARCH | CPT_CLI_LIMIT, FALSE, cpt_cli_sent_prepare, cpt_cli_orders_run,
    NULL, cpt_cli_orders_print },
  { "order", N_ ("ID [DEED]"), N_ ("show an order, or answer it"), 1, 2,
    CPT_CLI_REASON | CPT_CLI_TIME, FALSE, cpt_cli_order_prepare, cpt_cli_order_run, NULL,
    cpt_cli_order_print },
  { "stock list", NULL, N_ ("list the stock"), 0, 0, CPT_CLI_OPTION | CPT_CLI_OUT | CPT_CLI_LOW,
    FALSE, NULL, cpt_cli_stock_list_run, NULL, cpt_cli_stock_list_print },
  { "stock set", N_ ("CODE QUANTITY"), N_ ("set how many are left"), 2, 2, CPT_CLI_OPTION, TRUE,
    cpt_cli_stock_set_prepare, cpt_cli_stock_edit_run, NULL, cpt_cli_stock_edit_print },
  { "stock active", N_ ("CODE"), N_ ("put an item on sale"), 1, 1, CPT_CLI_OPTION, TRUE,
    cpt_cli_stock_active_prepare, cpt_cli_stock_edit_run, NULL, cpt_cli_stock_edit_print },
  { "stock inactive", N_ ("CODE"), N_ ("take an item off sale"), 1, 1,
    CPT_CLI_OPTION | CPT_CLI_TODAY, TRUE, cpt_cli_stock_inactive_prepare, cpt_cli_stock_edit_run,
    NULL, cpt_cli_stock_edit_print },
  { "stock export", N_ ("FILE"), N_ ("write the stock to a file of a spreadsheet"), 1, 1, 0, FALSE,
    cpt_cli_stock_export_prepare, cpt_cli_stock_export_run, cpt_cli_stock_export_finish,
    cpt_cli_stock_export_print },
  { "stock import", N_ ("FILE"), N_ ("take stock from a file of a spreadsheet"), 1, 1,
    CPT_CLI_DRY_RUN, FALSE, cpt_cli_stock_import_prepare, cpt_cli_stock_import_run, NULL,
    cpt_cli_stock_import_print },
  { "sync-stock", NULL, N_ ("replace all stock on HubRise and read it back"), 0, 0, 0, TRUE, NULL,
    cpt_cli_sync_stock_run, NULL, cpt_cli_sync_stock_print },
  { "pull-catalog", NULL, N_ ("read the catalog from HubRise"), 0, 0, 0, TRUE, NULL,
    cpt_cli_pull_catalog_run, NULL, cpt_cli_pull_catalog_print },
};

static const struct
{
  const char *name;
  guint bit;            /* 0: every command takes it */
  const char *argument; /* (nullable) */
  const char *summary;
} options[] = {
  { "json", 0, NULL, N_ ("answer with one JSON object") },
  { "demo", 0, NULL, N_ ("ask the demo shop that runs") },
  { "help", 0, NULL, N_ ("show this help") },
  { "option", CPT_CLI_OPTION, NULL, N_ ("the code is an option’s, not a product’s") },
  { "today", CPT_CLI_TODAY, NULL, N_ ("only until tomorrow’s opening") },
  { "reason", CPT_CLI_REASON, N_ ("TEXT"), N_ ("what the customer will read") },
  { "time", CPT_CLI_TIME, N_ ("TIME"),
    N_ ("with accept: 19:30, or +20 minutes on top of the usual") },
  { "later", CPT_CLI_LATER, NULL, N_ ("the orders of the coming days") },
  { "all", CPT_CLI_ALL, NULL, N_ ("all orders, finished ones too") },
  { "search", CPT_CLI_SEARCH, N_ ("TEXT"),
    N_ ("by number, customer, phone or product, in all orders") },
  { "limit", CPT_CLI_LIMIT, N_ ("NUMBER"), N_ ("at most so many (200)") },
  { "out", CPT_CLI_OUT, NULL, N_ ("only what cannot be sold") },
  { "low", CPT_CLI_LOW, NULL, N_ ("only what is at or under its threshold") },
  { "dry-run", CPT_CLI_DRY_RUN, NULL, N_ ("only tell what would be taken") },
};

const CptCliCommand *
cpt_cli_find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

/* --- Help --- */

static char *
dup_usage (const CptCliCommand *command)
{
  return g_strconcat ("comptoir ", command->name, command->arguments != NULL ? " " : "",
                      command->arguments != NULL ? _ (command->arguments) : "", NULL);
}

/**
 * cpt_cli_list_commands:
 *
 * Returns: (transfer full): a line a command, for the program's help
 */
char *
cpt_cli_list_commands (void)
{
  CptCliTable *table = cpt_cli_table_new ();
  g_autofree char *list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *usage = dup_usage (&commands[i]);
      g_autofree char *indented = g_strconcat ("  ", usage, NULL);

      cpt_cli_table_add (table, indented, _ (commands[i].summary), NULL);
    }
  list = cpt_cli_table_free_to_text (table);
  return g_strconcat (_ ("Commands:"), "\n", list, "\n",
                      _ ("“comptoir COMMAND --help” tells more of one of them. Exit status: 0 "
                         "done, 1 refused, 2 not understood, 3 locked, 4 not connected, 5 "
                         "stored and sent later."),
                      NULL);
}

static void
print_help (const CptCliCommand *command)
{
  g_autofree char *usage = dup_usage (command);
  CptCliTable *table = cpt_cli_table_new ();

  g_print ("%s\n%s\n\n", usage, _ (command->summary));
  if (g_str_equal (command->name, "order"))
    {
      g_autofree char *verbs = cpt_cli_list_verbs ();

      /* TRANSLATORS: %s is a list of words the user may type */
      g_print (_ ("ID is the order’s id on HubRise or its number. DEED is one of: %s\n\n"), verbs);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *name =
          g_strconcat ("  --", options[i].name, options[i].argument != NULL ? " " : "",
                       options[i].argument != NULL ? _ (options[i].argument) : "", NULL);

      if (options[i].bit == 0 || (command->options & options[i].bit) != 0)
        cpt_cli_table_add (table, name, _ (options[i].summary), NULL);
    }
  cpt_cli_table_print (table);
}

/* --- What was typed --- */

static gboolean
fail_usage (GError **error, const char *format, const char *word)
{
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", word, 1);
  g_set_error_literal (error, CPT_CLI_ERROR, 0, text->str);
  return FALSE;
}

static gboolean
is_option (const char *word)
{
  return g_str_has_prefix (word, "--");
}

/* *n: the place of the argument, moved to the last one that was used. */
static gboolean
take_option (JsonObject *request, int argc, char **argv, int *n, GError **error)
{
  const char *word = argv[*n] + strlen ("--");
  const char *equals = strchr (word, '=');
  g_autofree char *name = equals != NULL ? g_strndup (word, equals - word) : g_strdup (word);

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      const char *value = equals != NULL ? equals + 1 : *n + 1 < argc ? argv[*n + 1] : NULL;

      if (!g_str_equal (options[i].name, name))
        continue;
      if (options[i].argument == NULL && equals == NULL)
        json_object_set_boolean_member (request, name, TRUE);
      else if (options[i].argument != NULL && value != NULL && g_utf8_validate (value, -1, NULL))
        json_object_set_string_member (request, name, value);
      else
        break;
      *n += options[i].argument != NULL && equals == NULL;
      return TRUE;
    }
  /* TRANSLATORS: on the command line; %s is an option as typed */
  return fail_usage (error, _ ("“%s” is not understood"), argv[*n]);
}

static gboolean
take_word (JsonArray *words, const char *word, GError **error)
{
  if (!g_utf8_validate (word, -1, NULL))
    return fail_usage (error, _ ("“%s” is not understood"), "?");
  json_array_add_string_element (words, word);
  return TRUE;
}

static JsonArray *
read_words (JsonObject *request, int argc, char **argv, GError **error)
{
  g_autoptr (JsonArray) words = json_array_new ();
  gboolean words_only = FALSE;

  for (int i = 1; i < argc; i++)
    if (!words_only && g_str_equal (argv[i], "--"))
      words_only = TRUE;
    else if (!words_only && g_str_equal (argv[i], "-h"))
      json_object_set_boolean_member (request, "help", TRUE);
    else if (!words_only && is_option (argv[i]) ? !take_option (request, argc, argv, &i, error)
                                                : !take_word (words, argv[i], error))
      return NULL;
  return g_steal_pointer (&words);
}

/* The longest name counts; its words go. */
static const CptCliCommand *
take_name (JsonArray *words)
{
  const CptCliCommand *command = NULL;

  for (guint n = MIN (json_array_get_length (words), 2); n > 0 && command == NULL; n--)
    {
      const char *first = json_array_get_string_element (words, 0);
      g_autofree char *name =
          n == 1 ? g_strdup (first)
                 : g_strconcat (first, " ", json_array_get_string_element (words, 1), NULL);

      command = cpt_cli_find_command (name);
      for (guint i = 0; command != NULL && i < n; i++)
        json_array_remove_element (words, 0);
    }
  return command;
}

static gboolean
check_options (const CptCliCommand *command, JsonObject *request, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].bit != 0 && (command->options & options[i].bit) == 0 &&
        json_object_has_member (request, options[i].name))
      {
        g_autofree char *word = g_strconcat ("--", options[i].name, NULL);

        /* TRANSLATORS: on the command line; %s is an option as typed */
        return fail_usage (error, _ ("this command has no “%s”"), word);
      }
  return TRUE;
}

static gboolean
check_words (const CptCliCommand *command, JsonArray *words, GError **error)
{
  guint n = json_array_get_length (words);
  g_autofree char *usage = dup_usage (command);

  if (n >= command->min_words && n <= command->max_words)
    return TRUE;
  /* TRANSLATORS: on the command line; %s is how it is to be typed */
  return fail_usage (error, _ ("type it so: %s"), usage);
}

/* "stock" alone is the beginning of several. */
static gboolean
fail_name (GError **error, const char *word)
{
  g_autofree char *beginning = g_strconcat (word, " ", NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_has_prefix (commands[i].name, beginning))
      g_string_append_printf (names, "%scomptoir %s", names->len > 0 ? ", " : "", commands[i].name);
  if (names->len == 0)
    /* TRANSLATORS: on the command line; %s is what was typed */
    return fail_usage (error, _ ("“%s” is no command; see comptoir --help"), word);
  /* TRANSLATORS: on the command line; %s is how it is to be typed */
  return fail_usage (error, _ ("type it so: %s"), names->str);
}

static const CptCliCommand *
read_command (JsonObject *request, int argc, char **argv, GError **error)
{
  g_autoptr (JsonArray) words = read_words (request, argc, argv, error);
  const CptCliCommand *command = words != NULL ? take_name (words) : NULL;

  if (words != NULL && command == NULL)
    fail_name (error, json_array_get_length (words) > 0 ? json_array_get_string_element (words, 0)
                                                        : argv[1]);
  if (command == NULL)
    return NULL;
  if (!cpt_cli_get_flag (request, "help") && !check_words (command, words, error))
    return NULL;
  if (!check_options (command, request, error))
    return NULL;
  json_object_set_string_member (request, "command", command->name);
  json_object_set_array_member (request, "words", g_steal_pointer (&words));
  return command;
}

/* --- What came back --- */

static char *
dup_message (JsonObject *answer)
{
  const char *label = cpt_cli_why_label (cpt_cli_get_text (answer, "why"));
  const char *detail = cpt_cli_get_text (answer, "detail");
  g_autofree char *text = label != NULL && detail != NULL
                              ? g_strdup_printf ("%s (%s)", label, detail)
                              : g_strdup (label != NULL ? label : detail);

  if (cpt_cli_get_number (answer, "exit") != CPT_CLI_STORED)
    return g_steal_pointer (&text);
  /* TRANSLATORS: %s is why it could not be sent now */
  return g_strdup_printf (_ ("It is stored and will be sent later. %s"), text != NULL ? text : "");
}

/* A terminal obeys the controls that JSON leaves as they are; escaped they are the same text. */
static void
write_json (const char *text)
{
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_utf8_get_char (c) >= 0x7f && g_utf8_get_char (c) <= 0x9f)
      g_string_append_printf (escaped, "\\u%04x", g_utf8_get_char (c));
    else
      g_string_append_unichar (escaped, g_utf8_get_char (c));
  g_string_append_c (escaped, '\n');
  cpt_cli_write (escaped->str);
}

static int
tell (const CptCliCommand *command, JsonObject *request, JsonObject *answer)
{
  int exit_code = 0;
  g_autofree char *message = NULL;

  if (command->finish != NULL)
    command->finish (request, answer);
  exit_code = cpt_cli_get_number (answer, "exit");
  message = dup_message (answer);
  if (message != NULL)
    json_object_set_string_member (answer, "message", message);
  json_object_remove_member (answer, "detail");
  if (cpt_cli_get_flag (request, "json"))
    {
      g_autofree char *text = cpt_cli_to_text (answer, TRUE);

      write_json (text);
    }
  else
    command->print (request, answer);
  if (message != NULL)
    cpt_cli_complain (message);
  return exit_code;
}

static int
run (const CptCliCommand *command, JsonObject *request, GError **error)
{
  g_autoptr (CptProfile) profile =
      cpt_profile_new (cpt_cli_get_flag (request, "demo") ? "demo" : NULL, error);
  g_autoptr (JsonObject) answer = NULL;

  if (profile == NULL)
    return CPT_CLI_USAGE;
  if (command->prepare != NULL && !command->prepare (request, error))
    return (*error)->domain == CPT_CLI_ERROR ? CPT_CLI_USAGE : CPT_CLI_REFUSED;
  answer = cpt_cli_call (profile, command, request);
  return tell (command, request, answer);
}

/**
 * cpt_cli_main:
 *
 * Does what was typed.
 *
 * Returns: a #CptCliExit
 */
int
cpt_cli_main (int argc, char **argv)
{
  g_autoptr (JsonObject) request = json_object_new ();
  g_autoptr (GError) error = NULL;
  const CptCliCommand *command = read_command (request, argc, argv, &error);
  int exit_code = CPT_CLI_USAGE;

  if (command != NULL && cpt_cli_get_flag (request, "help"))
    {
      print_help (command);
      return CPT_CLI_DONE;
    }
  if (command != NULL)
    exit_code = run (command, request, &error);
  if (error != NULL)
    cpt_cli_complain (error->message);
  return exit_code;
}

/**
 * cpt_cli_is_command:
 *
 * Returns: whether a word beside options was typed: without one the window opens
 */
gboolean
cpt_cli_is_command (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (argv[i][0] != '-')
      return TRUE;
  return FALSE;
}
