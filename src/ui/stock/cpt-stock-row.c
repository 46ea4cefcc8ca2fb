/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the stock list. Main thread only. */
#include "cpt-stock-row.h"

#include <glib/gi18n-lib.h>

#include "cpt-stock-columns.h"
#include "cpt-stock-tools.h"
#include "cpt-stock-view-state.h"

#define DIM   0.72
#define LINES 2

struct _CptStockRow
{
  GtkWidget parent_instance;

  CptEngine *engine;        /* (owned) */
  CptStockLine *line;       /* (owned) (nullable) */
  CptStockViewState *state; /* (owned) (nullable) NULL until it is loaded */
  gboolean in_sight;
  gboolean current;
  gboolean chosen, choosing;
  gboolean hides_quantity;
  gboolean updating;
  guint leave_id; /* the keyboard has gone, what it needed is going */

  /* (owned as children) (nullable) made when it is first in sight */
  GtkWidget *number, *mark, *on_sale;
  GtkWidget *tools; /* (nullable) */
};

static guint edited_signal;

G_DEFINE_FINAL_TYPE (CptStockRow, cpt_stock_row, GTK_TYPE_WIDGET)

/* --- Drawing --- */

static void
draw (CptStockRow *self,
      GtkSnapshot *snapshot,
      const CptStockColumns *columns,
      CptStockColumn column,
      const char *markup,
      double alpha)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA colour = { 0 };
  int height = 0;

  if (markup == NULL || columns->width[column] == 0)
    return;
  layout = gtk_widget_create_pango_layout (widget, NULL);
  pango_layout_set_markup (layout, markup, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -LINES);
  pango_layout_set_width (layout, columns->width[column] * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  colour.alpha *= alpha;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (columns->x[column],
                                                (gtk_widget_get_height (widget) - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

/* A chosen row has a sign, as colour alone says nothing to some. */
static const char *
get_sign (CptStockRow *self)
{
  if (self->chosen && (self->choosing || !self->current))
    return "☑ ";
  return self->choosing ? "☐ " : "";
}

static char *
make_title (CptStockRow *self)
{
  const CptStockViewState *state = self->state;

  if (state->variant == NULL)
    return g_markup_printf_escaped ("%s<b>%s</b>", get_sign (self), state->name);
  return g_markup_printf_escaped ("%s<b>%s</b> %s", get_sign (self), state->name, state->variant);
}

static void
draw_plain (CptStockRow *self,
            GtkSnapshot *snapshot,
            const CptStockColumns *columns,
            CptStockColumn column,
            const char *text)
{
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  draw (self, snapshot, columns, column, escaped, 1);
}

static void
cpt_stock_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CptStockRow *self = CPT_STOCK_ROW (widget);
  const CptStockViewState *state = self->state;

  if (state != NULL)
    {
      CptStockColumns columns =
          cpt_stock_columns (gtk_widget_get_width (widget), !self->hides_quantity);
      g_autofree char *title = make_title (self);
      g_autofree char *code =
          g_markup_printf_escaped (state->code_warns ? "<b>⚠ %s</b>" : "<tt>%s</tt>", state->code);

      draw (self, snapshot, &columns, CPT_STOCK_COLUMN_NAME, title, state->active ? 1 : DIM);
      draw (self, snapshot, &columns, CPT_STOCK_COLUMN_CODE, code, 1);
      draw_plain (self, snapshot, &columns, CPT_STOCK_COLUMN_CATEGORY, state->category);
      draw_plain (self, snapshot, &columns, CPT_STOCK_COLUMN_PRICE, state->price);
      if (self->tools == NULL)
        draw_plain (self, snapshot, &columns, CPT_STOCK_COLUMN_TOOLS, state->back);
    }
  GTK_WIDGET_CLASS (cpt_stock_row_parent_class)->snapshot (widget, snapshot);
}

/* --- Size --- */

static void
cpt_stock_row_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? CPT_STOCK_MIN_WIDTH : CPT_STOCK_ROW_HEIGHT;
  *natural = across ? CPT_STOCK_MIN_WIDTH + 240 : CPT_STOCK_ROW_HEIGHT;
}

static void
place (GtkWidget *child, int x, int width, int height, gboolean to_the_right)
{
  int minimum = 0, natural = 0, tall = 0;
  GtkAllocation area = { 0 };

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  natural = MAX (minimum, MIN (natural, width));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, natural, &tall, NULL, NULL, NULL);
  area.x = to_the_right ? x + width - natural : x;
  area.y = (height - tall) / 2;
  area.width = natural;
  area.height = tall;
  gtk_widget_size_allocate (child, &area, -1);
}

static void
cpt_stock_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CptStockRow *self = CPT_STOCK_ROW (widget);
  CptStockColumns columns = cpt_stock_columns (width, !self->hides_quantity);
  struct
  {
    GtkWidget *child;
    CptStockColumn column;
  } places[] = { { self->number, CPT_STOCK_COLUMN_NUMBER },
                 { self->mark, CPT_STOCK_COLUMN_MARK },
                 { self->on_sale, CPT_STOCK_COLUMN_SWITCH },
                 { self->tools, CPT_STOCK_COLUMN_TOOLS } };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].child != NULL && gtk_widget_should_layout (places[i].child))
      place (places[i].child, columns.x[places[i].column], columns.width[places[i].column], height,
             places[i].column == CPT_STOCK_COLUMN_NUMBER);
}

/* --- What it shows --- */

static void
set_class (GtkWidget *widget, const char *name)
{
  const char *classes[] = { name, NULL };

  gtk_widget_set_css_classes (widget, classes);
}

static gboolean
may_edit (CptStockRow *self)
{
  CptEngineStock stock;

  cpt_engine_get_stock (self->engine, &stock);
  return stock.keeps && self->state != NULL && self->state->has_stock;
}

static gboolean
is_wrong (CptStockRow *self)
{
  return self->line != NULL && cpt_stock_line_get_typed (self->line) != NULL;
}

/* Above all that what was typed was not taken. */
static void
show_mark (CptStockRow *self)
{
  const char *mark = is_wrong (self) ? _ ("Not a number") : self->state->mark;

  gtk_label_set_text (GTK_LABEL (self->mark), mark);
  gtk_widget_set_tooltip_text (self->mark, mark);
  set_class (self->mark, is_wrong (self) ? "stock-refused" : self->state->mark_class);
}

static void
show_state (CptStockRow *self)
{
  const CptStockViewState *state = self->state;
  g_autofree char *name = g_strdup_printf (
      /* TRANSLATORS: a switch, read aloud: whether this item can be ordered; %s is the item */
      _ ("On sale: %s"), state->name);

  self->updating = TRUE;
  gtk_label_set_text (GTK_LABEL (self->number), state->number);
  set_class (self->number, state->number_class);
  show_mark (self);
  gtk_switch_set_active (GTK_SWITCH (self->on_sale), state->active);
  gtk_widget_set_visible (self->on_sale, state->has_stock);
  gtk_widget_set_sensitive (self->on_sale, may_edit (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->on_sale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  state->spoken, -1);
  self->updating = FALSE;
}

static void
edited (CptStockRow *self, const CptStockEdit *edit)
{
  if (self->line != NULL)
    g_signal_emit (self, edited_signal, 0, self->line, edit);
}

static void
tools_edited_cb (CptStockRow *self, const CptStockEdit *edit)
{
  edited (self, edit);
}

static void
tools_judged_cb (CptStockRow *self)
{
  cpt_stock_line_set_typed (self->line, cpt_stock_tools_get_wrong (CPT_STOCK_TOOLS (self->tools)));
  if (self->state != NULL)
    show_mark (self);
}

static void
forget_tools (CptStockRow *self)
{
  if (self->tools != NULL)
    g_signal_handlers_disconnect_by_data (self->tools, self);
  g_clear_pointer (&self->tools, gtk_widget_unparent);
}

static void
make_tools (CptStockRow *self)
{
  self->tools = cpt_stock_tools_new (self->engine);
  g_signal_connect_swapped (self->tools, "edited", G_CALLBACK (tools_edited_cb), self);
  g_signal_connect_swapped (self->tools, "judged", G_CALLBACK (tools_judged_cb), self);
  gtk_widget_set_parent (self->tools, GTK_WIDGET (self));
  cpt_stock_tools_set_item (CPT_STOCK_TOOLS (self->tools), cpt_stock_line_get_item (self->line));
  if (is_wrong (self))
    cpt_stock_tools_type (CPT_STOCK_TOOLS (self->tools), cpt_stock_line_get_typed (self->line));
}

/* What was typed and is no number stays with its item, until it is corrected or taken back. */
static void
update_tools (CptStockRow *self)
{
  gboolean wanted = (self->current || is_wrong (self)) && !self->choosing && may_edit (self);

  /* Its item is being read anew: whoever is typing goes on. */
  if (self->tools != NULL && self->state == NULL && !self->choosing)
    return;
  if (!wanted)
    forget_tools (self);
  else if (self->tools == NULL)
    make_tools (self);
  else
    cpt_stock_tools_set_item (CPT_STOCK_TOOLS (self->tools), cpt_stock_line_get_item (self->line));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void make_children (CptStockRow *self);

/* Where numbers are hidden no wrong one can be corrected: it is taken back. */
static void
set_shows_quantity (CptStockRow *self, gboolean shows)
{
  if (!shows && is_wrong (self))
    {
      cpt_stock_line_set_typed (self->line, NULL);
      forget_tools (self);
    }
  if (self->hides_quantity == !shows)
    return;
  self->hides_quantity = !shows;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
update (CptStockRow *self)
{
  CptStockItem *item = self->line != NULL ? cpt_stock_line_get_item (self->line) : NULL;
  g_autoptr (GTimeZone) zone = NULL;
  CptEngineStock stock;

  if (!self->in_sight)
    return;
  if (self->number == NULL)
    make_children (self);
  cpt_engine_get_stock (self->engine, &stock);
  set_shows_quantity (self, stock.mode == CPT_STOCK_QUANTITIES);
  g_clear_pointer (&self->state, cpt_stock_view_state_free);
  gtk_widget_set_child_visible (self->number, item != NULL);
  gtk_widget_set_child_visible (self->mark, item != NULL);
  gtk_widget_set_child_visible (self->on_sale, item != NULL);
  if (item != NULL)
    {
      zone = cpt_engine_dup_zone (self->engine);
      self->state =
          cpt_stock_view_state_new (item, !self->hides_quantity,
                                    cpt_clock_now (cpt_engine_get_clock (self->engine)), zone);
      show_state (self);
    }
  update_tools (self);
}

/* --- What it stands for --- */

static void
attach (CptStockRow *self)
{
  if (self->line == NULL)
    return;
  g_signal_connect_swapped (self->line, "notify::item", G_CALLBACK (update), self);
  cpt_stock_line_set_shown (self->line, TRUE);
}

static void
detach (CptStockRow *self)
{
  if (self->line == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->line, self);
  cpt_stock_line_set_shown (self->line, FALSE);
}

/**
 * cpt_stock_row_set_line:
 * @line: (nullable): the item to show
 */
void
cpt_stock_row_set_line (CptStockRow *self, CptStockLine *line)
{
  if (self->in_sight)
    detach (self);
  if (line != self->line)
    {
      self->current = self->current && self->leave_id == 0;
      g_clear_handle_id (&self->leave_id, g_source_remove);
      forget_tools (self);
    }
  g_set_object (&self->line, line);
  if (self->in_sight)
    attach (self);
  update (self);
}

/**
 * cpt_stock_row_set_in_sight:
 *
 * Out of sight it costs nothing: its item is not read, nothing of it is built.
 */
void
cpt_stock_row_set_in_sight (CptStockRow *self, gboolean in_sight)
{
  if (self->in_sight == in_sight)
    return;
  if (!in_sight)
    detach (self);
  self->in_sight = in_sight;
  if (in_sight)
    attach (self);
  update (self);
}

void
cpt_stock_row_set_chosen (CptStockRow *self, gboolean chosen)
{
  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
cpt_stock_row_set_choosing (CptStockRow *self, gboolean choosing)
{
  if (self->choosing == choosing)
    return;
  self->choosing = choosing;
  update (self);
}

void
cpt_stock_row_set_current (CptStockRow *self, gboolean current)
{
  if (self->current == current)
    return;
  self->current = current;
  update_tools (self);
}

/* The switch shows at once what it was set to; the row follows when it is on disk. */
static void
switched_cb (CptStockRow *self)
{
  CptStockEdit edit = { .sets_active = TRUE,
                        .active = gtk_switch_get_active (GTK_SWITCH (self->on_sale)),
                        .back_on = CPT_TIME_NONE };

  if (!self->updating)
    edited (self, &edit);
}

/* --- The object --- */

static void
cpt_stock_row_dispose (GObject *object)
{
  CptStockRow *self = CPT_STOCK_ROW (object);

  if (self->in_sight)
    detach (self);
  g_clear_handle_id (&self->leave_id, g_source_remove);
  g_clear_object (&self->line);
  forget_tools (self);
  g_clear_pointer (&self->number, gtk_widget_unparent);
  g_clear_pointer (&self->mark, gtk_widget_unparent);
  g_clear_pointer (&self->on_sale, gtk_widget_unparent);
  g_clear_pointer (&self->state, cpt_stock_view_state_free);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_stock_row_parent_class)->dispose (object);
}

static void
focus_entered (CptStockRow *self)
{
  g_clear_handle_id (&self->leave_id, g_source_remove);
  cpt_stock_row_set_current (self, TRUE);
}

/* The number is what somebody comes for, and it stands before the switch; but it is there only
 * while the row has the keyboard. */
static gboolean
cpt_stock_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CptStockRow *self = CPT_STOCK_ROW (widget);
  gboolean enters = gtk_widget_get_focus_child (widget) == NULL;

  if (direction == GTK_DIR_TAB_FORWARD && enters && !self->choosing && may_edit (self))
    {
      focus_entered (self);
      if (self->tools != NULL && cpt_stock_tools_grab_first (CPT_STOCK_TOOLS (self->tools)))
        return TRUE;
    }
  return GTK_WIDGET_CLASS (cpt_stock_row_parent_class)->focus (widget, direction);
}

static void
cpt_stock_row_class_init (CptStockRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_stock_row_dispose;
  widget_class->snapshot = cpt_stock_row_snapshot;
  widget_class->measure = cpt_stock_row_measure;
  widget_class->size_allocate = cpt_stock_row_size_allocate;
  widget_class->focus = cpt_stock_row_focus;
  edited_signal = g_signal_new ("edited", CPT_TYPE_STOCK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, CPT_TYPE_STOCK_LINE, G_TYPE_POINTER);
  gtk_widget_class_set_css_name (widget_class, "stockrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cpt_stock_row_init (CptStockRow *self)
{
}

static gboolean
gone_cb (gpointer data)
{
  CptStockRow *self = data;

  self->leave_id = 0;
  cpt_stock_row_set_current (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* What has had the keyboard stays until the keyboard is where it goes: GTK is on its way from one
 * to the other just now, and never arrives when the first is taken out from under it. */
static void
focus_left_cb (CptStockRow *self)
{
  /* The row hears sooner than the field that the focus left. */
  if (self->tools != NULL)
    cpt_stock_tools_take_typed (CPT_STOCK_TOOLS (self->tools));
  if (self->leave_id == 0)
    self->leave_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, gone_cb, self, NULL);
}

/* The list's own widget takes the focus, around the row. */
static void
watch_focus (CptStockRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkEventController *controller = gtk_event_controller_focus_new ();

  g_signal_connect_object (controller, "enter", G_CALLBACK (focus_entered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "leave", G_CALLBACK (focus_left_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (parent, controller);
}

/* Space and Enter are the switch's, when it has the keyboard: the list would choose the row. */
static void
keep_keys (GtkWidget *toggle)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("space|KP_Space|Return|KP_Enter"),
                        g_object_ref (gtk_activate_action_get ())));
  gtk_widget_add_controller (toggle, controller);
}

static void
make_children (CptStockRow *self)
{
  GtkLabel *mark = NULL;

  self->number = gtk_label_new (NULL);
  self->mark = gtk_label_new (NULL);
  self->on_sale = gtk_switch_new ();
  keep_keys (self->on_sale);
  mark = GTK_LABEL (self->mark);
  gtk_label_set_ellipsize (mark, PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (mark, TRUE);
  gtk_label_set_wrap_mode (mark, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (mark, LINES);
  gtk_label_set_xalign (mark, 0);
  gtk_widget_set_parent (self->number, GTK_WIDGET (self));
  gtk_widget_set_parent (self->on_sale, GTK_WIDGET (self));
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  g_signal_connect_swapped (self->on_sale, "notify::active", G_CALLBACK (switched_cb), self);
  watch_focus (self);
}

GtkWidget *
cpt_stock_row_new (CptEngine *engine)
{
  CptStockRow *self = g_object_new (CPT_TYPE_STOCK_ROW, NULL);

  self->engine = g_object_ref (engine);
  return GTK_WIDGET (self);
}
