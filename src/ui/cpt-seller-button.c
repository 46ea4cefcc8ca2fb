/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is at the till, in the header: only where names are set. Main thread only. */
#include "cpt-seller-button.h"

#include <glib/gi18n-lib.h>

#include "cpt-compat.h"

/* In characters; the header has to hold everything else at 1024 pixels. */
#define WIDEST    10
#define NARROWEST 4

struct _CptSellerButton
{
  AdwBin parent_instance;

  GSettings *settings;            /* (owned) (nullable) until it is set */
  GtkWidget *button, *name, *box; /* (owned by their parents) */
};

G_DEFINE_FINAL_TYPE (CptSellerButton, cpt_seller_button, ADW_TYPE_BIN)

/* An underscore would mark the letter that chooses it. */
static char *
dup_plain (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
add_name (GMenu *menu, const char *label, const char *name)
{
  g_autofree char *plain = dup_plain (label);
  GMenuItem *item = g_menu_item_new (plain, NULL);

  g_menu_item_set_action_and_target (item, "seller.seller", "s", name);
  g_menu_append_item (menu, item);
  g_object_unref (item);
}

static GMenuModel *
new_menu (char **names)
{
  GMenu *menu = g_menu_new ();

  for (char **name = names; *name != NULL; name++)
    add_name (menu, *name, *name);
  /* TRANSLATORS: no seller is chosen. */
  add_name (menu, C_ ("seller", "Nobody"), "");
  return G_MENU_MODEL (menu);
}

static void
show (CptSellerButton *self)
{
  g_auto (GStrv) names = g_settings_get_strv (self->settings, "sellers");
  g_autofree char *seller = g_settings_get_string (self->settings, "seller");
  g_autoptr (GMenuModel) menu = new_menu (names);
  /* TRANSLATORS: read aloud; %s is a name. */
  g_autofree char *chosen = g_strdup_printf (_ ("Seller: %s"), seller);

  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), menu);
  gtk_label_set_text (GTK_LABEL (self->name), seller);
  gtk_label_set_width_chars (GTK_LABEL (self->name), MIN (g_utf8_strlen (seller, -1), NARROWEST));
  gtk_widget_set_visible (self->name, *seller != '\0');
  cpt_compat_name_menu_button (GTK_MENU_BUTTON (self->button),
                               *seller != '\0' ? chosen : _ ("Choose the seller"));
  gtk_widget_set_visible (GTK_WIDGET (self), names[0] != NULL);
}

/* Who is no longer among the names is no longer at the till. */
static void
sellers_changed_cb (CptSellerButton *self)
{
  g_auto (GStrv) names = g_settings_get_strv (self->settings, "sellers");
  g_autofree char *seller = g_settings_get_string (self->settings, "seller");

  if (*seller != '\0' && !g_strv_contains ((const char *const *)names, seller))
    g_settings_set_string (self->settings, "seller", "");
  show (self);
}

static void
cpt_seller_button_dispose (GObject *object)
{
  g_clear_object (&CPT_SELLER_BUTTON (object)->settings);
  G_OBJECT_CLASS (cpt_seller_button_parent_class)->dispose (object);
}

static void
cpt_seller_button_class_init (CptSellerButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpt_seller_button_dispose;
}

static void
cpt_seller_button_init (CptSellerButton *self)
{
  self->button = gtk_menu_button_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), WIDEST);
  gtk_box_append (GTK_BOX (self->box), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  gtk_box_append (GTK_BOX (self->box), self->name);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->box);
  gtk_widget_add_css_class (self->button, "touch-button");
  gtk_widget_add_css_class (self->button, "cpt-seller");
  adw_bin_set_child (ADW_BIN (self), self->button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * cpt_seller_button_set_settings:
 * @settings: with the names, and the chosen one; once
 */
void
cpt_seller_button_set_settings (CptSellerButton *self, GSettings *settings)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GAction) action = g_settings_create_action (settings, "seller");

  self->settings = g_object_ref (settings);
  g_action_map_add_action (G_ACTION_MAP (group), action);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "seller", G_ACTION_GROUP (group));
  g_signal_connect_object (settings, "changed::sellers", G_CALLBACK (sellers_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::seller", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
