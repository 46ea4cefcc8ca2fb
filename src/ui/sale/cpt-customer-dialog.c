/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks who an order is for: a guest, a customer of the HubRise list, or one to be added to it. Main
 * thread only. */
#include "cpt-customer-dialog.h"

#include <glib/gi18n-lib.h>

enum
{
  FIRST_NAME,
  LAST_NAME,
  PHONE,
  EMAIL,
  ADDRESS_1,
  ADDRESS_2,
  POSTAL_CODE,
  CITY,
  ACCESS_CODE,
  DELIVERY_NOTES,
  N_FIELDS,
};

struct _CptCustomerDialog
{
  AdwWindow parent_instance;

  CptEngine *engine;          /* (owned) */
  CptOrderCustomer *customer; /* (owned) what is not in the form: its ids */
  gboolean is_known;          /* somebody was chosen before */
  GPtrArray *found;           /* (owned) (nullable) (element-type CptOrderCustomer) */
  GCancellable *cancellable;  /* (owned) (nullable) of the search under way */
  char *searched;             /* (owned) (nullable) what it asks for */

  /* (owned by their parents) */
  GtkWidget *search, *spinner, *message, *results, *listed, *form, *keep, *done;
  GtkWidget *fields[N_FIELDS];
};

static guint done_signal;

G_DEFINE_FINAL_TYPE (CptCustomerDialog, cpt_customer_dialog, ADW_TYPE_WINDOW)

static const struct
{
  const char *label;
  gsize offset;
  int column, row, width;
  GtkInputPurpose purpose;
} fields[N_FIELDS] = {
  /* TRANSLATORS: the form of a customer. */
  [FIRST_NAME] = { N_ ("First name"), G_STRUCT_OFFSET (CptOrderCustomer, first_name), 0, 0, 1,
                   GTK_INPUT_PURPOSE_NAME },
  [LAST_NAME] = { N_ ("Last name"), G_STRUCT_OFFSET (CptOrderCustomer, last_name), 1, 0, 1,
                  GTK_INPUT_PURPOSE_NAME },
  [PHONE] = { N_ ("Phone"), G_STRUCT_OFFSET (CptOrderCustomer, phone), 0, 1, 1,
              GTK_INPUT_PURPOSE_PHONE },
  [EMAIL] = { N_ ("E-mail"), G_STRUCT_OFFSET (CptOrderCustomer, email), 1, 1, 1,
              GTK_INPUT_PURPOSE_EMAIL },
  [ADDRESS_1] = { N_ ("Address"), G_STRUCT_OFFSET (CptOrderCustomer, address_1), 0, 2, 2,
                  GTK_INPUT_PURPOSE_FREE_FORM },
  [ADDRESS_2] = { N_ ("Floor, building"), G_STRUCT_OFFSET (CptOrderCustomer, address_2), 0, 3, 1,
                  GTK_INPUT_PURPOSE_FREE_FORM },
  [ACCESS_CODE] = { N_ ("Access code"), G_STRUCT_OFFSET (CptOrderCustomer, phone_access_code), 1, 3,
                    1, GTK_INPUT_PURPOSE_FREE_FORM },
  [POSTAL_CODE] = { N_ ("Postal code"), G_STRUCT_OFFSET (CptOrderCustomer, postal_code), 0, 4, 1,
                    GTK_INPUT_PURPOSE_FREE_FORM },
  [CITY] = { N_ ("City"), G_STRUCT_OFFSET (CptOrderCustomer, city), 1, 4, 1,
             GTK_INPUT_PURPOSE_FREE_FORM },
  [DELIVERY_NOTES] = { N_ ("Delivery notes"), G_STRUCT_OFFSET (CptOrderCustomer, delivery_notes), 0,
                       5, 2, GTK_INPUT_PURPOSE_FREE_FORM },
};

/* --- The form --- */

static void
fill_form (CptCustomerDialog *self)
{
  gboolean is_listed = self->customer->id != NULL;

  for (int i = 0; i < N_FIELDS; i++)
    {
      const char *text = G_STRUCT_MEMBER (char *, self->customer, fields[i].offset);

      gtk_editable_set_text (GTK_EDITABLE (self->fields[i]), text != NULL ? text : "");
      /* Not greyed: an address is read back to who is on the phone. */
      gtk_editable_set_editable (GTK_EDITABLE (self->fields[i]), !is_listed);
    }
  gtk_widget_set_visible (self->listed, is_listed);
  gtk_widget_set_visible (self->keep, !is_listed && cpt_engine_has_customer_list (self->engine));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->keep),
                               !is_listed && self->customer->customer_list_id != NULL);
}

static void
set_customer (CptCustomerDialog *self, const CptOrderCustomer *customer)
{
  CptOrderCustomer *copy =
      customer != NULL ? cpt_order_customer_copy (customer) : cpt_order_customer_new ();

  g_clear_pointer (&self->customer, cpt_order_customer_free);
  self->customer = copy;
  fill_form (self);
}

static char *
dup_field (CptCustomerDialog *self, int i)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->fields[i]))));
}

/* Whether the form says something that nobody but the person before it knows. */
static gboolean
is_typed (CptCustomerDialog *self)
{
  for (int i = 0; i < N_FIELDS; i++)
    {
      const char *text = G_STRUCT_MEMBER (char *, self->customer, fields[i].offset);
      g_autofree char *typed = dup_field (self, i);

      if (g_strcmp0 (text != NULL ? text : "", typed) != 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
take_form (CptCustomerDialog *self)
{
  gboolean some = FALSE;

  for (int i = 0; i < N_FIELDS; i++)
    {
      char **text = &G_STRUCT_MEMBER (char *, self->customer, fields[i].offset);

      g_free (*text);
      *text = dup_field (self, i);
      if (**text == '\0')
        g_clear_pointer (text, g_free);
      some = some || *text != NULL;
    }
  return some;
}

static void
take_list (CptCustomerDialog *self)
{
  const CptConnection *connection = cpt_engine_get_connection (self->engine);

  if (self->customer->id != NULL)
    return;
  g_clear_pointer (&self->customer->customer_list_id, g_free);
  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->keep)))
    self->customer->customer_list_id = g_strdup (connection->customer_list_id);
}

static void
done_cb (CptCustomerDialog *self)
{
  gboolean some = take_form (self);

  take_list (self);
  g_signal_emit (self, done_signal, 0, some || self->customer->id != NULL ? self->customer : NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
nobody_cb (CptCustomerDialog *self)
{
  g_signal_emit (self, done_signal, 0, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
another_cb (CptCustomerDialog *self)
{
  set_customer (self, NULL);
  gtk_widget_grab_focus (self->fields[FIRST_NAME]);
}

/* --- The search --- */

static void
say (CptCustomerDialog *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->message), text != NULL ? text : "");
  gtk_widget_set_visible (self->message, text != NULL);
}

static void
stop_search (CptCustomerDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), FALSE);
}

static void
empty_results (CptCustomerDialog *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (self->results)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->results), child);
  gtk_widget_set_visible (self->results, FALSE);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->done);
  g_clear_pointer (&self->found, g_ptr_array_unref);
}

static void
add_part (GString *words, const char *part, const char *before)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? before : "", part);
}

static char *
customer_words (const CptOrderCustomer *customer)
{
  g_autoptr (GString) words = g_string_new (NULL);

  add_part (words, customer->first_name, " ");
  add_part (words, customer->last_name, " ");
  add_part (words, customer->company_name, ", ");
  add_part (words, customer->phone, " · ");
  add_part (words, customer->email, " · ");
  add_part (words, customer->address_1, " · ");
  add_part (words, customer->city, ", ");
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
add_result (CptCustomerDialog *self, const CptOrderCustomer *customer)
{
  g_autofree char *words = customer_words (customer);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->results), row);
}

/* What was typed is not typed twice, and what was typed into the form meanwhile stays. */
static void
offer_new (CptCustomerDialog *self, const char *text)
{
  GtkWidget *field = self->fields[strchr (text, '@') != NULL ? EMAIL : PHONE];
  gboolean typed = is_typed (self);

  if (!typed)
    set_customer (self, NULL);
  if (!typed || *gtk_editable_get_text (GTK_EDITABLE (field)) == '\0')
    gtk_editable_set_text (GTK_EDITABLE (field), text);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->keep), TRUE);
  say (self, _ ("Nobody has this in the HubRise list: fill in the form to add a customer."));
  if (!typed)
    gtk_widget_grab_focus (self->fields[FIRST_NAME]);
}

static void
show_found (CptCustomerDialog *self, GPtrArray *found)
{
  self->found = found;
  if (found->len == 0)
    {
      offer_new (self, self->searched);
      return;
    }
  say (self, NULL);
  /* Enter would press the default button otherwise, not the line it is on. */
  gtk_window_set_default_widget (GTK_WINDOW (self), NULL);
  for (guint i = 0; i < found->len; i++)
    add_result (self, found->pdata[i]);
  gtk_widget_set_visible (self->results, TRUE);
  gtk_widget_grab_focus (gtk_widget_get_first_child (self->results));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CptCustomerDialog) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *found = cpt_engine_search_customers_finish (CPT_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->engine == NULL)
    {
      g_clear_pointer (&found, g_ptr_array_unref);
      return;
    }
  stop_search (self);
  if (found != NULL)
    show_found (self, found);
  else if (g_error_matches (error, CPT_ENGINE_ERROR, CPT_ENGINE_ERROR_OFFLINE))
    say (self, _ ("HubRise cannot be reached: enter the customer below, or search later."));
  else
    say (self, error->message);
}

static void
search_cb (CptCustomerDialog *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  stop_search (self);
  empty_results (self);
  say (self, NULL);
  if (*text == '\0')
    return;
  self->cancellable = g_cancellable_new ();
  g_free (self->searched);
  self->searched = g_strdup (text);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  say (self, _ ("Asking HubRise…"));
  cpt_engine_search_customers_async (self->engine, text, self->cancellable, found_cb,
                                     g_object_ref (self));
}

static void
result_cb (CptCustomerDialog *self, GtkListBoxRow *row)
{
  g_autoptr (GPtrArray) found = g_steal_pointer (&self->found);

  if (found == NULL)
    return;
  set_customer (self, found->pdata[gtk_list_box_row_get_index (row)]);
  empty_results (self);
  say (self, NULL);
  gtk_widget_grab_focus (self->done);
}

/* A search entry keeps Escape for itself. */
static void
stop_search_cb (CptCustomerDialog *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    gtk_window_close (GTK_WINDOW (self));
  else
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static GtkWidget *
make_search (CptCustomerDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *button = gtk_button_new_with_label (_ ("Search"));

  self->search = gtk_search_entry_new ();
  self->spinner = gtk_spinner_new ();
  self->message = gtk_label_new (NULL);
  self->results = gtk_list_box_new ();
  g_object_set (self->search, "placeholder-text", _ ("Phone or e-mail of a HubRise customer"),
                NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Phone or e-mail of a HubRise customer"), -1);
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_widget_add_css_class (self->search, "cpt-search");
  gtk_widget_add_css_class (self->search, "touch-entry");
  gtk_widget_add_css_class (button, "touch-button");
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->message), 0);
  gtk_widget_add_css_class (self->message, "state-wait");
  gtk_widget_add_css_class (self->results, "customer-results");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->results), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Customers found"), -1);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (self->results, "row-activated", G_CALLBACK (result_cb), self);
  gtk_box_append (GTK_BOX (row), self->search);
  gtk_box_append (GTK_BOX (row), self->spinner);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->results);
  gtk_widget_set_visible (box, cpt_engine_has_customer_list (self->engine));
  say (self, NULL);
  empty_results (self);
  return box;
}

/* --- Building --- */

static GtkWidget *
make_field (CptCustomerDialog *self, int i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (_ (fields[i].label));

  self->fields[i] = gtk_entry_new ();
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "customer-label");
  gtk_entry_set_input_purpose (GTK_ENTRY (self->fields[i]), fields[i].purpose);
  gtk_entry_set_max_length (GTK_ENTRY (self->fields[i]), 255);
  gtk_entry_set_activates_default (GTK_ENTRY (self->fields[i]), TRUE);
  gtk_widget_set_hexpand (self->fields[i], TRUE);
  gtk_widget_add_css_class (self->fields[i], "touch-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fields[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (fields[i].label), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->fields[i]);
  return box;
}

static GtkWidget *
make_form (CptCustomerDialog *self)
{
  static const int order[N_FIELDS] = {
    FIRST_NAME, LAST_NAME,   PHONE,       EMAIL, ADDRESS_1,
    ADDRESS_2,  ACCESS_CODE, POSTAL_CODE, CITY,  DELIVERY_NOTES
  };

  self->form = gtk_grid_new ();
  /* Close enough for all of it to be seen on a screen of 768 lines, with a message above. */
  gtk_grid_set_row_spacing (GTK_GRID (self->form), 4);
  gtk_grid_set_column_spacing (GTK_GRID (self->form), 12);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->form), TRUE);
  for (int i = 0; i < N_FIELDS; i++)
    gtk_grid_attach (GTK_GRID (self->form), make_field (self, order[i]), fields[order[i]].column,
                     fields[order[i]].row, fields[order[i]].width, 1);
  return self->form;
}

static GtkWidget *
make_listed (CptCustomerDialog *self)
{
  GtkWidget *label = gtk_label_new (_ ("Customer of the HubRise list"));
  GtkWidget *button = gtk_button_new_with_label (_ ("Somebody else"));

  self->listed = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "state-good");
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (button, "touch-button");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (another_cb), self);
  gtk_box_append (GTK_BOX (self->listed), label);
  gtk_box_append (GTK_BOX (self->listed), button);
  return self->listed;
}

static GtkWidget *
make_foot (CptCustomerDialog *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *nobody = gtk_button_new_with_label (_ ("No customer"));

  self->done = gtk_button_new_with_label (_ ("Take this customer"));
  gtk_widget_add_css_class (nobody, "large-button");
  gtk_widget_add_css_class (self->done, "large-button");
  gtk_widget_add_css_class (self->done, "suggested-action");
  gtk_widget_set_hexpand (self->done, TRUE);
  gtk_widget_set_halign (self->done, GTK_ALIGN_END);
  g_signal_connect_swapped (nobody, "clicked", G_CALLBACK (nobody_cb), self);
  g_signal_connect_swapped (self->done, "clicked", G_CALLBACK (done_cb), self);
  gtk_box_append (GTK_BOX (foot), nobody);
  gtk_box_append (GTK_BOX (foot), self->done);
  gtk_widget_add_css_class (foot, "choice-foot");
  gtk_window_set_default_widget (GTK_WINDOW (self), self->done);
  return foot;
}

static void
build (CptCustomerDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->keep = gtk_check_button_new_with_label (_ ("Add to the HubRise customer list"));
  gtk_widget_add_css_class (self->keep, "touch-check");
  gtk_box_append (GTK_BOX (content), make_search (self));
  gtk_box_append (GTK_BOX (content), make_listed (self));
  gtk_box_append (GTK_BOX (content), make_form (self));
  gtk_box_append (GTK_BOX (content), self->keep);
  gtk_widget_add_css_class (content, "choice-content");
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 570);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), make_foot (self));
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
cpt_customer_dialog_dispose (GObject *object)
{
  CptCustomerDialog *self = CPT_CUSTOMER_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (cpt_customer_dialog_parent_class)->dispose (object);
}

static void
cpt_customer_dialog_finalize (GObject *object)
{
  CptCustomerDialog *self = CPT_CUSTOMER_DIALOG (object);

  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->customer, cpt_order_customer_free);
  g_free (self->searched);
  G_OBJECT_CLASS (cpt_customer_dialog_parent_class)->finalize (object);
}

/* Not before: GTK tells the accessibility bus a wrong role of a window that had the focus first. */
static void
cpt_customer_dialog_map (GtkWidget *widget)
{
  CptCustomerDialog *self = CPT_CUSTOMER_DIALOG (widget);
  gboolean searches = cpt_engine_has_customer_list (self->engine) && !self->is_known;

  GTK_WIDGET_CLASS (cpt_customer_dialog_parent_class)->map (widget);
  gtk_widget_grab_focus (searches ? self->search : self->fields[FIRST_NAME]);
}

static gboolean
close_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static gboolean
done_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  done_cb (CPT_CUSTOMER_DIALOG (widget));
  return TRUE;
}

static void
cpt_customer_dialog_class_init (CptCustomerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpt_customer_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpt_customer_dialog_finalize;
  widget_class->map = cpt_customer_dialog_map;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, done_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, done_key_cb,
                                NULL);

  done_signal = g_signal_new ("done", CPT_TYPE_CUSTOMER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cpt_customer_dialog_init (CptCustomerDialog *self)
{
}

/**
 * cpt_customer_dialog_new:
 * @customer: (nullable): who it is for so far
 *
 * Returns: (transfer none): the question, to be presented
 */
GtkWidget *
cpt_customer_dialog_new (GtkWindow *parent, CptEngine *engine, const CptOrderCustomer *customer)
{
  CptCustomerDialog *self = g_object_new (CPT_TYPE_CUSTOMER_DIALOG, "transient-for", parent,
                                          "modal", TRUE, "title", _ ("Customer"), NULL);

  self->engine = g_object_ref (engine);
  gtk_window_set_default_size (GTK_WINDOW (self), 600, -1);
  build (self);
  set_customer (self, customer);
  self->is_known = customer != NULL;
  return GTK_WIDGET (self);
}
