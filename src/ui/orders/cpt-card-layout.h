/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where each text of an order's card stands at a given width. Main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "cpt-order-view-state.h"

G_BEGIN_DECLS

/* How a text is written. */
typedef enum
{
  CPT_FACE_TIME,    /* 30 px, heavy, digits of one width */
  CPT_FACE_NUMBER,  /* 28 px, heavy */
  CPT_FACE_SOURCE,  /* 28 px */
  CPT_FACE_TOTAL,   /* 20 px, heavy */
  CPT_FACE_SERVICE, /* 16 px, bold */
  CPT_FACE_TEXT,    /* 15 px */
  CPT_FACE_BADGE,   /* 14 px, bold, on a ground of its own */
} CptFace;

/* Who decides the colour. */
typedef enum
{
  CPT_INK_PLAIN, /* the theme's */
  CPT_INK_DIM,   /* the theme's, quieter */
  CPT_INK_TONE,  /* the tone's, on the card */
  CPT_INK_BADGE, /* the tone's, with its ground */
} CptInk;

typedef struct
{
  PangoLayout *layout; /* (owned) */
  int x, y, width, height;
  CptInk ink;
  CptTone tone;
} CptPlacedText;

typedef struct
{
  GArray *texts; /* (owned) (element-type CptPlacedText) */
  int height;
  int buttons_x, buttons_y; /* where the box of buttons starts */
} CptCardLayout;

CptCardLayout *cpt_card_layout_new (GtkWidget *widget,
                                    const CptOrderViewState *state,
                                    int width,
                                    int buttons_width,
                                    int buttons_height);
void cpt_card_layout_free (CptCardLayout *self);
int cpt_card_layout_min_width (int buttons_width);
int cpt_card_layout_nat_width (int buttons_width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CptCardLayout, cpt_card_layout_free)

G_END_DECLS
