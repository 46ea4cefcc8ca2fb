/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's notifications about orders. Main thread only. */
#include "cpt-alert-notes.h"

#include <glib/gi18n-lib.h>

#define CONNECTION_ID "connection"

struct _CptAlertNotes
{
  GObject parent_instance;

  GApplication *app; /* (unowned): it outlives its notifications */
  GHashTable *rows;  /* (owned) (element-type gint64) orders with a notification */
};

G_DEFINE_FINAL_TYPE (CptAlertNotes, cpt_alert_notes, G_TYPE_OBJECT)

static void
cpt_alert_notes_finalize (GObject *object)
{
  g_clear_pointer (&CPT_ALERT_NOTES (object)->rows, g_hash_table_unref);
  G_OBJECT_CLASS (cpt_alert_notes_parent_class)->finalize (object);
}

static void
cpt_alert_notes_class_init (CptAlertNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpt_alert_notes_finalize;
}

static void
cpt_alert_notes_init (CptAlertNotes *self)
{
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * cpt_alert_notes_new:
 * @app: has the action "show-order"
 *
 * Returns: (transfer full): notifications, none yet
 */
CptAlertNotes *
cpt_alert_notes_new (GApplication *app)
{
  CptAlertNotes *self = g_object_new (CPT_TYPE_ALERT_NOTES, NULL);

  self->app = app;
  return self;
}

/**
 * cpt_alert_notes_dup_title:
 *
 * Returns: (transfer full): what happened to the order, in a line
 */
char *
cpt_alert_notes_dup_title (CptAlertKind kind, const CptOrderRow *row)
{
  g_autofree char *number = cpt_order_view_number (row->number);

  switch (kind)
    {
    case CPT_ALERT_CHANGED:
      /* TRANSLATORS: a notification's title; %s is an order's number. */
      return g_strdup_printf (_ ("Order %s was changed"), number);
    case CPT_ALERT_CANCELLED:
      /* TRANSLATORS: a notification's title; %s is an order's number. */
      return g_strdup_printf (_ ("Order %s was cancelled"), number);
    case CPT_ALERT_NOT_CONFIRMED:
      /* TRANSLATORS: a notification's title; %s is an order's number. */
      return g_strdup_printf (_ ("Order %s is not confirmed"), number);
    case CPT_ALERT_NEW_ORDER:
    case CPT_ALERT_CONNECTION_LOST:
    default:
      /* TRANSLATORS: a notification's title. 1: an order's number, 2: where it comes from. */
      return g_strdup_printf (_ ("New order %1$s from %2$s"), number,
                              cpt_order_view_platform (row));
    }
}

static char *
body_text (CptAlertKind kind, const CptOrderViewState *state)
{
  const CptViewText *message = state->messages->len > 0 ? state->messages->pdata[0] : NULL;

  if (kind != CPT_ALERT_NEW_ORDER && message != NULL)
    return g_strdup (message->text);
  return g_strdup_printf ("%s%s%s\n%s", state->service, *state->total != '\0' ? " · " : "",
                          state->total, state->summary);
}

static char *
note_id (gint64 row)
{
  return g_strdup_printf ("order-%" G_GINT64_FORMAT, row);
}

/**
 * cpt_alert_notes_dup_connection:
 * @body: (out) (transfer full): what it means and what to do
 *
 * Who is refused waits in vain for the line.
 *
 * Returns: (transfer full): what happened to the connection, in a line
 */
char *
cpt_alert_notes_dup_connection (CptConnectionState state, char **body)
{
  if (state == CPT_CONNECTION_REFUSED)
    {
      *body = g_strdup (_ ("New orders do not arrive. What you do here is kept and sent once this "
                           "till is connected again."));
      /* TRANSLATORS: a notification's title. */
      return g_strdup (_ ("HubRise refuses this till: connect again"));
    }
  *body = g_strdup (_ ("New orders do not arrive. What you do here is kept and sent when the line "
                       "is back."));
  return g_strdup (_ ("HubRise cannot be reached"));
}

/**
 * cpt_alert_notes_send_connection:
 * @state: of the connection that was lost
 */
void
cpt_alert_notes_send_connection (CptAlertNotes *self, CptConnectionState state)
{
  g_autofree char *body = NULL;
  g_autofree char *title = cpt_alert_notes_dup_connection (state, &body);
  g_autoptr (GNotification) note = g_notification_new (title);

  g_notification_set_body (note, body);
  g_notification_set_priority (note, G_NOTIFICATION_PRIORITY_HIGH);
  g_application_send_notification (self->app, CONNECTION_ID, note);
}

/**
 * cpt_alert_notes_send:
 * @kind: not CONNECTION_LOST
 * @context: the moment
 *
 * One notification an order: a later one takes the place of the earlier.
 */
void
cpt_alert_notes_send (CptAlertNotes *self,
                      CptAlertKind kind,
                      const CptOrderRow *row,
                      const CptOrderViewContext *context)
{
  g_autoptr (CptOrderViewState) state = NULL;
  g_autoptr (GNotification) note = NULL;
  g_autofree char *title = NULL, *body = NULL, *id = NULL;

  state = cpt_order_view_state_new (row, context);
  title = cpt_alert_notes_dup_title (kind, row);
  body = body_text (kind, state);
  id = note_id (row->row);
  note = g_notification_new (title);
  g_notification_set_body (note, body);
  g_notification_set_priority (note, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_default_action_and_target (note, "app.show-order", "x", row->row);
  g_application_send_notification (self->app, id, note);
  g_hash_table_add (self->rows, g_memdup2 (&row->row, sizeof row->row));
}

static gboolean
is_open (const CptOrderRow *row)
{
  return (row->waiting && !row->handled_elsewhere) || row->notice != CPT_NOTICE_NONE ||
         row->send == CPT_SEND_WAITING || row->send == CPT_SEND_REFUSED;
}

/**
 * cpt_alert_notes_update:
 * @row: an order as it is now
 *
 * Withdraws its notification when nobody has to look at it any more.
 */
void
cpt_alert_notes_update (CptAlertNotes *self, const CptOrderRow *row)
{
  g_autofree char *id = note_id (row->row);

  if (is_open (row) || !g_hash_table_contains (self->rows, &row->row))
    return;
  g_application_withdraw_notification (self->app, id);
  g_hash_table_remove (self->rows, &row->row);
}

void
cpt_alert_notes_withdraw_connection (CptAlertNotes *self)
{
  g_application_withdraw_notification (self->app, CONNECTION_ID);
}

/**
 * cpt_alert_notes_get_rows:
 *
 * Returns: (transfer full) (element-type gint64): the orders that have a notification
 */
GArray *
cpt_alert_notes_get_rows (CptAlertNotes *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (rows, key, 1);
  return rows;
}
