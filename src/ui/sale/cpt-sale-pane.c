/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order that is put together. Main thread only. */
#include "cpt-sale-pane.h"

#include <glib/gi18n-lib.h>

#include "cpt-basket-view.h"
#include "cpt-payment-names.h"
#include "cpt-time-button.h"

#define WIDTH      376
#define N_SERVICES 3

static const CptServiceType services[N_SERVICES] = {
  CPT_SERVICE_COLLECTION,
  CPT_SERVICE_EAT_IN,
  CPT_SERVICE_DELIVERY,
};

struct _CptSalePane
{
  GtkWidget parent_instance;

  CptEngine *engine; /* (owned) */
  CptBasket *basket; /* (unowned) (nullable) of the page */
  char *saving;      /* (owned) (nullable) what is said while OK is not answered yet */
  gboolean filling;

  /* (owned by their parents) */
  GtkWidget *box, *title_box, *title, *title_text;
  GtkWidget *services[N_SERVICES], *table, *time, *customer, *customer_label, *note_button, *note;
  GtkWidget *lines;
  GtkWidget *payments[CPT_N_PAYMENTS];
  GtkWidget *total, *ok, *ok_text;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CHANGE_LINE,
  SIGNAL_REMOVED,
  SIGNAL_REFUSED,
  SIGNAL_ASK_CUSTOMER,
  SIGNAL_OK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CptSalePane, cpt_sale_pane, GTK_TYPE_WIDGET)

/* --- What it says --- */

static const char *
what_happens (CptSalePane *self)
{
  g_autoptr (CptOrder) order = cpt_basket_to_order (self->basket);

  /* Whoever sends again a refused one wants it sent. */
  if (self->basket->corrects == 0 && !cpt_engine_would_send (self->engine, order))
    /* TRANSLATORS: under OK: what becomes of the order. */
    return _ ("stays at this till");
  if (cpt_engine_get_connection (self->engine)->state != CPT_CONNECTION_ONLINE)
    /* TRANSLATORS: under OK: what becomes of the order. */
    return _ ("goes to HubRise once it can be reached");
  /* TRANSLATORS: under OK: what becomes of the order. */
  return _ ("goes to HubRise");
}

static void
update_foot (CptSalePane *self)
{
  g_autofree char *problem =
      cpt_basket_dup_problem (self->basket, cpt_clock_now (cpt_engine_get_clock (self->engine)));
  g_autofree char *total = NULL;
  g_autofree char *said = NULL;
  CptOrderBalance balance = { 0 };
  const char *text = self->saving != NULL ? self->saving
                     : problem != NULL    ? problem
                                          : what_happens (self);

  cpt_basket_get_balance (self->basket, &balance);
  total = self->basket->lines->len > 0 ? cpt_money_format (balance.total) : g_strdup ("");
  gtk_label_set_text (GTK_LABEL (self->total), total);
  gtk_label_set_text (GTK_LABEL (self->ok_text), text);
  gtk_widget_set_sensitive (self->ok, problem == NULL && self->saving == NULL);
  /* TRANSLATORS: for a screen reader, of the button OK. %s is what becomes of the order. */
  said = g_strdup_printf (_ ("OK, %s"), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->ok), GTK_ACCESSIBLE_PROPERTY_LABEL, said,
                                  -1);
}

static void
update_customer (CptSalePane *self)
{
  g_autoptr (CptOrder) order = cpt_basket_to_order (self->basket);
  g_autofree char *name = cpt_order_dup_customer_name (order);
  const CptOrderCustomer *customer = self->basket->customer;
  const char *text = name != NULL       ? name
                     : customer == NULL ? _ ("Customer")
                     : customer->phone  ? customer->phone
                                        : _ ("Customer");
  /* TRANSLATORS: for a screen reader; %s is a name, or "Customer". */
  g_autofree char *said = g_strdup_printf (_ ("Who it is for: %s"), text);

  gtk_label_set_text (GTK_LABEL (self->customer_label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->customer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  said, -1);
  if (customer != NULL)
    gtk_widget_add_css_class (self->customer, "is-set");
  else
    gtk_widget_remove_css_class (self->customer, "is-set");
}

static void
set_active (GtkWidget *button)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
set_entry (GtkWidget *entry, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text != NULL ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static void
update_note (CptSalePane *self)
{
  if (self->basket->notes != NULL)
    gtk_widget_add_css_class (self->note_button, "is-set");
  else
    gtk_widget_remove_css_class (self->note_button, "is-set");
}

static void
update_title (CptSalePane *self)
{
  const char *reason = self->basket->reason;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->title_box, self->basket->corrects != 0);
  if (self->basket->corrects == 0)
    return;
  /* TRANSLATORS: %s is an order's number. */
  title = g_strdup_printf (_ ("Correcting order %s"), self->basket->number);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->title_text), reason != NULL ? reason : "");
  gtk_widget_set_visible (self->title_text, reason != NULL);
}

static void
update_head (CptSalePane *self)
{
  self->filling = TRUE;
  for (int i = 0; i < N_SERVICES; i++)
    if (services[i] == self->basket->service_type)
      set_active (self->services[i]);
  set_active (self->payments[self->basket->payment]);
  set_entry (self->table, self->basket->table_name);
  set_entry (self->note, self->basket->notes);
  self->filling = FALSE;
  gtk_widget_set_visible (self->table, self->basket->service_type == CPT_SERVICE_EAT_IN);
  cpt_time_button_set_time (CPT_TIME_BUTTON (self->time), self->basket->expected_time);
  update_note (self);
  update_customer (self);
  update_title (self);
}

static void
changed (CptSalePane *self)
{
  update_foot (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- What a person does --- */

static void
service_cb (CptSalePane *self, GtkToggleButton *button)
{
  if (self->filling || self->basket == NULL || !gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < N_SERVICES; i++)
    if (self->services[i] == GTK_WIDGET (button))
      self->basket->service_type = services[i];
  gtk_widget_set_visible (self->table, self->basket->service_type == CPT_SERVICE_EAT_IN);
  if (self->basket->service_type == CPT_SERVICE_EAT_IN)
    gtk_widget_grab_focus (self->table);
  changed (self);
}

static void
payment_cb (CptSalePane *self, GtkToggleButton *button)
{
  if (self->filling || self->basket == NULL || !gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < CPT_N_PAYMENTS; i++)
    if (self->payments[i] == GTK_WIDGET (button))
      self->basket->payment = (CptPaymentMethod)i;
  changed (self);
}

static void
take_text (CptSalePane *self, GtkWidget *entry, char **text)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (self->filling || self->basket == NULL)
    return;
  g_free (*text);
  *text = *typed != '\0' ? g_strdup (typed) : NULL;
  changed (self);
}

static void
table_cb (CptSalePane *self)
{
  if (self->basket != NULL)
    take_text (self, self->table, &self->basket->table_name);
}

static void
note_cb (CptSalePane *self)
{
  if (self->basket == NULL)
    return;
  take_text (self, self->note, &self->basket->notes);
  update_note (self);
}

static void
note_done_cb (CptSalePane *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->note_button));
}

static void
time_cb (CptSalePane *self, gint64 time)
{
  self->basket->expected_time = time;
  changed (self);
}

static void
customer_cb (CptSalePane *self)
{
  g_signal_emit (self, signals[SIGNAL_ASK_CUSTOMER], 0);
}

static void
ok_cb (CptSalePane *self)
{
  g_signal_emit (self, signals[SIGNAL_OK], 0);
}

static void
change_line_cb (CptSalePane *self, guint key)
{
  g_signal_emit (self, signals[SIGNAL_CHANGE_LINE], 0, key);
}

static void
removed_cb (CptSalePane *self, gpointer line, guint position)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, line, position);
}

static void
refused_cb (CptSalePane *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, message);
}

/* --- Building --- */

static GtkWidget *
make_toggle (CptSalePane *self, const char *label, GtkWidget *first, GCallback callback)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);
  GtkWidget *text = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  gtk_widget_add_css_class (button, "sale-choice");
  g_signal_connect_swapped (button, "toggled", callback, self);
  return button;
}

static GtkWidget *
make_line (const char *css_class)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  gtk_widget_add_css_class (line, "linked");
  gtk_widget_add_css_class (line, css_class);
  return line;
}

static GtkWidget *
make_services (CptSalePane *self)
{
  GtkWidget *line = make_line ("sale-services");

  for (int i = 0; i < N_SERVICES; i++)
    {
      self->services[i] = make_toggle (self, cpt_service_type_label (services[i]),
                                       i > 0 ? self->services[0] : NULL, G_CALLBACK (service_cb));
      gtk_box_append (GTK_BOX (line), self->services[i]);
    }
  return line;
}

static void
name_payments (CptSalePane *self)
{
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (self->engine));

  for (int i = 0; i < CPT_N_PAYMENTS; i++)
    {
      g_autofree char *name = cpt_payment_names_dup_label (settings, (CptPaymentMethod)i);

      gtk_button_set_label (GTK_BUTTON (self->payments[i]), name);
      gtk_widget_set_tooltip_text (self->payments[i], name);
    }
}

static GtkWidget *
make_payments (CptSalePane *self)
{
  GtkWidget *line = make_line ("sale-payments");

  /* Their names are as long as the shop likes. */
  gtk_box_set_homogeneous (GTK_BOX (line), FALSE);
  for (int i = 0; i < CPT_N_PAYMENTS; i++)
    {
      self->payments[i] =
          make_toggle (self, "", i > 0 ? self->payments[0] : NULL, G_CALLBACK (payment_cb));
      gtk_widget_set_hexpand (self->payments[i], TRUE);
      gtk_box_append (GTK_BOX (line), self->payments[i]);
    }
  name_payments (self);
  return line;
}

static GtkWidget *
make_entry (const char *name)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), name);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 255);
  gtk_widget_add_css_class (entry, "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return entry;
}

static GtkWidget *
make_note (CptSalePane *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *inside = NULL;

  self->note_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->note_button), "document-edit-symbolic");
  self->note = make_entry (_ ("Note of the customer"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->note), 34);
  g_signal_connect_swapped (self->note, "changed", G_CALLBACK (note_cb), self);
  g_signal_connect_swapped (self->note, "activate", G_CALLBACK (note_done_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), self->note);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->note_button), popover);
  gtk_widget_add_css_class (self->note_button, "sale-detail");
  gtk_widget_add_css_class (self->note_button, "narrow");
  gtk_widget_set_tooltip_text (self->note_button, _ ("Note of the customer"));
  inside = gtk_widget_get_first_child (self->note_button);
  if (inside != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (inside), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Note of the customer"), -1);
  return self->note_button;
}

static GtkWidget *
make_customer (CptSalePane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->customer = gtk_button_new ();
  self->customer_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->customer_label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  gtk_box_append (GTK_BOX (box), self->customer_label);
  gtk_button_set_child (GTK_BUTTON (self->customer), box);
  gtk_widget_set_hexpand (self->customer, TRUE);
  gtk_widget_add_css_class (self->customer, "sale-detail");
  g_signal_connect_swapped (self->customer, "clicked", G_CALLBACK (customer_cb), self);
  return self->customer;
}

static GtkWidget *
make_details (CptSalePane *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->table = make_entry (_ ("Table"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->table), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->table), 5);
  g_signal_connect_swapped (self->table, "changed", G_CALLBACK (table_cb), self);
  self->time = cpt_time_button_new (self->engine);
  gtk_widget_set_hexpand (self->time, TRUE);
  g_signal_connect_swapped (self->time, "changed", G_CALLBACK (time_cb), self);
  gtk_box_append (GTK_BOX (line), self->table);
  gtk_box_append (GTK_BOX (line), self->time);
  gtk_box_append (GTK_BOX (line), make_customer (self));
  gtk_box_append (GTK_BOX (line), make_note (self));
  return line;
}

static GtkWidget *
make_title (CptSalePane *self)
{
  self->title_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->title = gtk_label_new (NULL);
  self->title_text = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_xalign (GTK_LABEL (self->title_text), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title_text), TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_add_css_class (self->title_box, "notice-alarm");
  gtk_widget_add_css_class (self->title_box, "notice-box");
  gtk_widget_add_css_class (self->title_box, "notice");
  gtk_box_append (GTK_BOX (self->title_box), self->title);
  gtk_box_append (GTK_BOX (self->title_box), self->title_text);
  gtk_widget_set_visible (self->title_box, FALSE);
  return self->title_box;
}

static GtkWidget *
make_total (CptSalePane *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *word = gtk_label_new (_ ("Total"));

  self->total = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (word), 0);
  gtk_widget_set_hexpand (word, TRUE);
  gtk_widget_add_css_class (word, "sale-total-word");
  gtk_widget_add_css_class (self->total, "sale-total");
  gtk_box_append (GTK_BOX (line), word);
  gtk_box_append (GTK_BOX (line), self->total);
  return line;
}

static GtkWidget *
make_ok (CptSalePane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *word = gtk_label_new (_ ("OK"));

  self->ok = gtk_button_new ();
  self->ok_text = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->ok_text), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->ok_text), GTK_JUSTIFY_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (word, "sale-ok-word");
  gtk_widget_add_css_class (self->ok_text, "sale-ok-text");
  gtk_box_append (GTK_BOX (box), word);
  gtk_box_append (GTK_BOX (box), self->ok_text);
  gtk_button_set_child (GTK_BUTTON (self->ok), box);
  /* What is being typed is taken by OK itself, which can then say that it could not be. */
  gtk_widget_set_focus_on_click (self->ok, FALSE);
  gtk_widget_add_css_class (self->ok, "sale-ok");
  gtk_widget_add_css_class (self->ok, "suggested-action");
  gtk_widget_set_tooltip_text (self->ok, _ ("Ctrl+Enter"));
  g_signal_connect_swapped (self->ok, "clicked", G_CALLBACK (ok_cb), self);
  return self->ok;
}

static GtkWidget *
make_lines (CptSalePane *self)
{
  self->lines = cpt_basket_view_new ();
  gtk_widget_set_vexpand (self->lines, TRUE);
  g_signal_connect_swapped (self->lines, "changed", G_CALLBACK (changed), self);
  g_signal_connect_swapped (self->lines, "change-line", G_CALLBACK (change_line_cb), self);
  g_signal_connect_swapped (self->lines, "removed", G_CALLBACK (removed_cb), self);
  g_signal_connect_swapped (self->lines, "refused", G_CALLBACK (refused_cb), self);
  return self->lines;
}

static void
build (CptSalePane *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_box_append (GTK_BOX (self->box), make_title (self));
  gtk_box_append (GTK_BOX (self->box), make_services (self));
  gtk_box_append (GTK_BOX (self->box), make_details (self));
  gtk_box_append (GTK_BOX (self->box), make_lines (self));
  gtk_box_append (GTK_BOX (self->box), make_payments (self));
  gtk_box_append (GTK_BOX (self->box), make_total (self));
  gtk_box_append (GTK_BOX (self->box), make_ok (self));
  gtk_widget_set_size_request (self->box, WIDTH, -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* --- The object --- */

static void
cpt_sale_pane_dispose (GObject *object)
{
  CptSalePane *self = CPT_SALE_PANE (object);

  self->filling = TRUE;
  g_clear_pointer (&self->saving, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_sale_pane_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, guint n, GType first, GType second)
{
  return g_signal_new (name, CPT_TYPE_SALE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n, first, second);
}

static void
cpt_sale_pane_class_init (CptSalePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_sale_pane_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "salepane");

  signals[SIGNAL_CHANGED] = add_signal ("changed", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[SIGNAL_CHANGE_LINE] = add_signal ("change-line", 1, G_TYPE_UINT, G_TYPE_NONE);
  signals[SIGNAL_REMOVED] = add_signal ("removed", 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[SIGNAL_REFUSED] = add_signal ("refused", 1, G_TYPE_STRING, G_TYPE_NONE);
  signals[SIGNAL_ASK_CUSTOMER] = add_signal ("ask-customer", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[SIGNAL_OK] = add_signal ("ok", 0, G_TYPE_NONE, G_TYPE_NONE);
}

static void
cpt_sale_pane_init (CptSalePane *self)
{
}

static void
engine_changed_cb (CptSalePane *self)
{
  if (self->basket != NULL)
    update_foot (self);
}

/**
 * cpt_sale_pane_new:
 *
 * Returns: (transfer floating): the pane of no basket yet
 */
GtkWidget *
cpt_sale_pane_new (CptEngine *engine)
{
  CptSalePane *self = g_object_new (CPT_TYPE_SALE_PANE, NULL);
  GSettings *settings = cpt_profile_get_settings (cpt_engine_get_profile (engine));

  self->engine = g_object_ref (engine);
  build (self);
  g_signal_connect_object (engine, "connection-changed", G_CALLBACK (engine_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::till-orders", G_CALLBACK (engine_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" CPT_PAYMENT_NAMES_KEY, G_CALLBACK (name_payments),
                           self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * cpt_sale_pane_set_basket:
 * @basket: (nullable): what is shown and changed; it must outlive that
 */
void
cpt_sale_pane_set_basket (CptSalePane *self, CptBasket *basket)
{
  self->basket = basket;
  cpt_basket_view_set_basket (CPT_BASKET_VIEW (self->lines), basket);
  if (basket == NULL)
    return;
  update_head (self);
  update_foot (self);
}

/**
 * cpt_sale_pane_refresh:
 * @select: the key of the line to choose, 0 for the one that was
 *
 * Shows what the basket holds after it was changed elsewhere.
 */
void
cpt_sale_pane_refresh (CptSalePane *self, guint select)
{
  cpt_basket_view_refresh (CPT_BASKET_VIEW (self->lines), select);
  update_head (self);
  update_foot (self);
}

/**
 * cpt_sale_pane_finish:
 *
 * Takes what is being typed, before OK.
 *
 * Returns: FALSE when that could not be taken, which was told
 */
gboolean
cpt_sale_pane_finish (CptSalePane *self)
{
  return cpt_basket_view_finish (CPT_BASKET_VIEW (self->lines));
}

/**
 * cpt_sale_pane_set_saving:
 * @basket: (nullable): what OK was pressed for and is not on the disk yet; only read now
 *
 * Until it is, the next order is put together; its OK waits.
 */
void
cpt_sale_pane_set_saving (CptSalePane *self, const CptBasket *basket)
{
  CptOrderBalance balance = { 0 };
  g_autofree char *total = NULL;

  g_clear_pointer (&self->saving, g_free);
  if (basket != NULL)
    {
      cpt_basket_get_balance (basket, &balance);
      total = cpt_money_format (balance.total);
      /* TRANSLATORS: under OK, while the order before is being saved; %s is an amount. */
      self->saving = g_strdup_printf (_ ("saving the order of %s…"), total);
    }
  if (self->basket != NULL)
    update_foot (self);
}
