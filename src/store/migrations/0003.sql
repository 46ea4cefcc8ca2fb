-- The till's own orders, what has to be created or deleted on HubRise, the catalog whole, what was
-- printed and what was seen. Money in minor units, times in milliseconds since 1970 UTC. A released
-- migration is never edited.

-- An order of this till has no id until HubRise has it: its private_ref is its key before.
ALTER TABLE orders ADD COLUMN till INTEGER NOT NULL DEFAULT 0 CHECK (till IN (0, 1));
ALTER TABLE orders ADD COLUMN private_ref TEXT;
-- derived, as what is derived from the steps
ALTER TABLE orders ADD COLUMN outbox_entry INTEGER;    -- the first one that is not at HubRise yet
ALTER TABLE orders ADD COLUMN outbox_kind TEXT;
ALTER TABLE orders ADD COLUMN outbox_reason TEXT;
ALTER TABLE orders ADD COLUMN outbox_refused INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX orders_by_private_ref ON orders (place, private_ref) WHERE till = 1;
DROP INDEX orders_by_age;
CREATE INDEX orders_by_age ON orders (till, listed_at);

-- What creates or deletes something, in the states of a step: 0 waiting, 1 under way, 2 refused,
-- 3 done, 4 dropped, 5 stays at this till.
CREATE TABLE outbox (
  entry INTEGER PRIMARY KEY AUTOINCREMENT,
  row INTEGER NOT NULL REFERENCES orders,
  kind TEXT NOT NULL CHECK (kind IN ('order', 'customer', 'payment', 'deletion')),
  private_ref TEXT UNIQUE,                     -- looked up by it before it is repeated
  element TEXT,                                -- of a deletion: the item's id
  name TEXT,                                   -- of a payment: the method's, and its ref
  ref TEXT,
  amount INTEGER,
  amount_currency TEXT,
  seller_note TEXT,                            -- of a deletion: what the customer is told
  body BLOB,                                   -- of an order or a customer: what is posted
  seller TEXT,
  pressed_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,                 -- no request and no look-up before
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
  reason TEXT
) STRICT;

CREATE INDEX outbox_of_order ON outbox (row);
CREATE INDEX outbox_unsent ON outbox (row) WHERE state IN (0, 1, 2);

-- The catalog byte for byte as last pulled: the till sells from it.
CREATE TABLE catalog (
  binding INTEGER PRIMARY KEY REFERENCES binding,
  document BLOB NOT NULL
) STRICT;

-- How an accepted order was before others changed it: what differs is shown until it was seen.
CREATE TABLE seen_document (
  row INTEGER PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
  document BLOB NOT NULL
) STRICT;

-- What was printed of an order: the second time it says so.
CREATE TABLE ticket (
  row INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('kitchen', 'customer')),
  printed_at INTEGER NOT NULL,
  copies INTEGER NOT NULL DEFAULT 1,
  called_off INTEGER NOT NULL DEFAULT 0,       -- its cancellation was printed too
  PRIMARY KEY (row, kind)
) STRICT, WITHOUT ROWID;
