/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does not fit between orders, the catalog and this till. Main thread only. */
#include "cpt-refs-window.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"
#include "cpt-decimal.h"

#define MAX_ROWS 200

/* One showing: answers may come after the window is closed. */
typedef struct
{
  CptEngine *engine;    /* (owned) */
  GtkWidget *window;    /* (weak) (nullable) */
  GtkWidget *refs_page; /* (owned by the window) */
  GtkWidget *gone_page; /* (owned by the window) */
  guint waiting;
} Showing;

static void
showing_unref (Showing *showing)
{
  if (--showing->waiting > 0)
    return;
  g_clear_weak_pointer (&showing->window);
  g_object_unref (showing->engine);
  g_free (showing);
}

static void
add_row (GtkWidget *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *plain_title = g_markup_escape_text (title, -1);
  g_autofree char *plain_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), plain_title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), plain_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static GtkWidget *
new_list (GtkWidget *page)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_box_append (GTK_BOX (page), list);
  return list;
}

static void
add_text (GtkWidget *page, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (page), label);
}

/* --- Refs nobody knows --- */

static char *
dup_origin (Showing *showing, const CptUnknownRef *found)
{
  g_autoptr (GTimeZone) zone = cpt_engine_dup_zone (showing->engine);
  g_autofree char *when =
      found->at != CPT_TIME_NONE ? cpt_time_format_full (found->at, zone) : g_strdup ("");
  const char *source = found->source != NULL ? found->source : _ ("unknown source");
  const char *number = found->number != NULL ? found->number : "";

  return g_strdup_printf (
      /* TRANSLATORS: how often a code was seen; 1: count, 2: number of the last order, 3: where it
       * came from, 4: day and time */
      ngettext ("%1$d order: %2$s from %3$s, %4$s", "%1$d orders, the last: %2$s from %3$s, %4$s",
                found->count),
      (int)found->count, number, source, when);
}

static char *
dup_likely (const CptUnknownRef *found)
{
  g_autofree char *title = NULL;

  if (found->likely == NULL)
    return g_strdup (_ ("No item of the catalog has a similar name"));
  title = cpt_stock_item_dup_title (found->likely);
  /* TRANSLATORS: 1: the name of an item of the catalog, 2: its code */
  return g_strdup_printf (_ ("Probably %1$s, code %2$s"), title, found->likely->ref);
}

static void
add_unknown (Showing *showing, GtkWidget *list, const CptUnknownRef *found)
{
  g_autofree char *title = g_strdup_printf ("%s  %s", found->ref, found->name);
  g_autofree char *origin = dup_origin (showing, found);
  g_autofree char *likely = dup_likely (found);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", origin, likely);

  add_row (list, title, subtitle);
}

static void
show_unknown (Showing *showing, GPtrArray *found)
{
  GtkWidget *list = NULL;

  if (found->len == 0)
    {
      add_text (showing->refs_page, _ ("Every code of the orders of the last 30 days is known."),
                "lead-text");
      return;
    }
  add_text (showing->refs_page,
            _ ("These codes came with orders and are not in the catalog: such items are not taken "
               "off the stock. Put the right code on the ordering site, or into the catalog."),
            "lead-text");
  list = new_list (showing->refs_page);
  for (guint i = 0; i < found->len && i < MAX_ROWS; i++)
    add_unknown (showing, list, found->pdata[i]);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Showing *showing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = cpt_engine_check_refs_finish (CPT_ENGINE (source), result, &error);

  if (showing->window != NULL && found != NULL)
    show_unknown (showing, found);
  else if (showing->window != NULL)
    add_text (showing->refs_page, error->message, "lead-text");
  showing_unref (showing);
}

/* --- Items that are gone --- */

static void
add_gone (GtkWidget *list, const CptStockItem *item)
{
  g_autofree char *name = cpt_stock_item_dup_title (item);
  g_autofree char *title = g_strdup_printf ("%s  %s", name, item->ref != NULL ? item->ref : "");
  g_autofree char *quantity = cpt_decimal_format (cpt_decimal (item->stock.quantity));
  const char *words = !item->stock.active   ? _ ("INACTIF")
                      : item->ref == NULL   ? _ ("no code")
                      : item->stock.managed ? quantity
                                            : _ ("not managed");

  add_row (list, title, words);
}

static void
show_gone (Showing *showing, GPtrArray *gone)
{
  GtkWidget *list = NULL;

  if (gone->len == 0)
    {
      add_text (showing->gone_page, _ ("No item left the catalog."), "lead-text");
      return;
    }
  add_text (showing->gone_page,
            _ ("These items are no longer in the catalog. What the till knew of them is kept and "
               "holds again when they come back; nothing of it is sent."),
            "lead-text");
  list = new_list (showing->gone_page);
  for (guint i = 0; i < gone->len && i < MAX_ROWS; i++)
    add_gone (list, gone->pdata[i]);
}

static void
gone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Showing *showing = data;
  g_autoptr (GPtrArray) gone = cpt_engine_load_stock_finish (CPT_ENGINE (source), result, NULL);

  if (showing->window != NULL && gone != NULL)
    show_gone (showing, gone);
  showing_unref (showing);
}

/* --- The window --- */

static GtkWidget *
add_page (GtkStack *stack, const char *name, const char *title)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (page, "dialog-content");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), page);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_stack_add_titled (stack, scroller, name, title);
  return page;
}

static void
build (Showing *showing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *switcher = gtk_stack_switcher_new ();

  showing->refs_page = add_page (GTK_STACK (stack), "refs", _ ("Unknown to the catalog"));
  showing->gone_page = add_page (GTK_STACK (stack), "gone", _ ("Gone from the catalog"));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (stack));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), switcher);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), stack);
  adw_window_set_content (ADW_WINDOW (showing->window), box);
  gtk_window_set_title (GTK_WINDOW (showing->window), _ ("Check refs"));
  gtk_window_set_default_size (GTK_WINDOW (showing->window), 720, 560);
  cpt_compat_close_on_escape (GTK_WINDOW (showing->window));
}

void
cpt_refs_window_show (GtkWindow *over, CptEngine *engine)
{
  Showing *showing = g_new0 (Showing, 1);
  GtkWidget *window = adw_window_new ();

  showing->engine = g_object_ref (engine);
  showing->waiting = 2;
  g_set_weak_pointer (&showing->window, window);
  build (showing);
  /* Not modal: orders that arrive must be answered meanwhile. */
  gtk_window_set_transient_for (GTK_WINDOW (window), over);
  cpt_engine_check_refs_async (engine, NULL, checked_cb, showing);
  cpt_engine_load_gone_stock_async (engine, NULL, gone_cb, showing);
  gtk_window_present (GTK_WINDOW (window));
}
