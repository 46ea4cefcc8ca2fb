-- A shop of the first schema: frozen, never edited.
-- An API root and a location: what orders belong to.
CREATE TABLE place (
  place INTEGER PRIMARY KEY,
  api_root TEXT NOT NULL,
  location_id TEXT NOT NULL,
  UNIQUE (api_root, location_id)
) STRICT;

-- A place and a catalog ('' for none): what the till was connected to at one time.
CREATE TABLE binding (
  binding INTEGER PRIMARY KEY,
  place INTEGER NOT NULL REFERENCES place,
  catalog_id TEXT NOT NULL,
  UNIQUE (place, catalog_id)
) STRICT;

-- The connection as it was last known: one row for ever, binding null while there is none.
CREATE TABLE connection (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  binding INTEGER REFERENCES binding,
  refused_since INTEGER,
  refused_reason TEXT,
  account_id TEXT,
  account_name TEXT,
  currency TEXT,
  location_name TEXT,
  catalog_name TEXT,
  customer_list_id TEXT,
  customer_list_name TEXT,
  address_1 TEXT,
  address_2 TEXT,
  postal_code TEXT,
  city TEXT,
  country TEXT,
  time_zone TEXT,
  cutoff_time TEXT,
  preparation_time INTEGER NOT NULL DEFAULT 0,
  order_acceptance TEXT,
  connected_since INTEGER,
  last_success INTEGER,
  last_failure INTEGER,
  last_failure_reason TEXT,
  token_place TEXT,
  clock_offset_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO connection (only) VALUES (1);

-- Orders, in two halves: what HubRise said, and below "derived" what follows from that and from
-- the steps, written again in every transaction that touches either, so that lists only walk an
-- index and a row needs no look at its document.
CREATE TABLE orders (
  row INTEGER PRIMARY KEY,
  place INTEGER NOT NULL REFERENCES place,
  id TEXT,
  document_hash TEXT,                          -- the key of a raw order without id
  raw_reason TEXT,
  number TEXT NOT NULL DEFAULT '',
  source TEXT,
  service_type TEXT,
  table_name TEXT,
  created_at INTEGER,
  expected_time INTEGER,
  confirmed_time INTEGER,
  first_seen_at INTEGER NOT NULL,
  late INTEGER NOT NULL DEFAULT 0,
  first_list INTEGER NOT NULL DEFAULT 0,
  customer TEXT,
  items TEXT NOT NULL DEFAULT '',
  total INTEGER,
  total_currency TEXT,
  total_calculated INTEGER NOT NULL DEFAULT 0,
  due INTEGER,
  due_currency TEXT,
  paid INTEGER,
  paid_currency TEXT,
  hubrise_status TEXT,                         -- HubRise's word, known to this program or not
  decided INTEGER NOT NULL DEFAULT 0,          -- was seen past the waiting states
  content_hash TEXT,                           -- of what the kitchen works from
  handled_elsewhere INTEGER NOT NULL DEFAULT 0,
  notice INTEGER NOT NULL DEFAULT 0,
  notice_text TEXT,
  -- derived
  status TEXT,                                 -- what the screen says
  local_only INTEGER NOT NULL DEFAULT 0,
  waiting INTEGER NOT NULL DEFAULT 0,
  send_step INTEGER,                           -- the first unsent step
  send_status TEXT,
  send_reason TEXT,
  send_refused INTEGER NOT NULL DEFAULT 0,
  held_step INTEGER,                           -- the step that can be taken back until held_until
  held_status TEXT,
  held_until INTEGER,
  listed_at INTEGER NOT NULL DEFAULT 0,        -- made, else first seen
  due_at INTEGER NOT NULL DEFAULT 0,           -- expected, else listed_at
  desk INTEGER NOT NULL DEFAULT 0,             -- 0 done with, 1 open, 2 open whatever its time, 3 waiting, 4 notice
  UNIQUE (place, id)
) STRICT;

CREATE UNIQUE INDEX orders_by_hash ON orders (place, document_hash) WHERE id IS NULL;
CREATE INDEX orders_by_age ON orders (listed_at);
CREATE INDEX orders_on_desk ON orders (place, desk, due_at);

-- The document byte for byte as received, beside the order so that lists stay small.
CREATE TABLE document (
  row INTEGER PRIMARY KEY REFERENCES orders,
  document BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE order_search USING fts5 (
  text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- What happened to an order; status null when the line is not about one.
CREATE TABLE history (
  line INTEGER PRIMARY KEY,
  row INTEGER NOT NULL REFERENCES orders,
  at INTEGER NOT NULL,
  status TEXT,
  what TEXT NOT NULL,
  text TEXT,
  seller TEXT
) STRICT;

CREATE INDEX history_of_order ON history (row);

-- Status changes: 0 waiting, 1 under way, 2 refused, 3 done, 4 dropped, 5 stays at this till.
CREATE TABLE order_step (
  step INTEGER PRIMARY KEY AUTOINCREMENT,
  row INTEGER NOT NULL REFERENCES orders,
  status TEXT NOT NULL,
  confirmed_time TEXT,
  seller_note TEXT,
  rejection_cause TEXT,
  seller TEXT,
  automatic INTEGER NOT NULL DEFAULT 0,
  pressed_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
  reason TEXT
) STRICT;

CREATE INDEX step_of_order ON order_step (row);
CREATE INDEX step_unsent ON order_step (row) WHERE state IN (0, 1, 2);

-- Events whose order is stored but whose acknowledgement may not have reached HubRise.
CREATE TABLE event (
  place INTEGER NOT NULL REFERENCES place,
  id TEXT NOT NULL,
  PRIMARY KEY (place, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE level (
  place INTEGER NOT NULL,                      -- 0 for none
  name TEXT NOT NULL,
  wanted TEXT,
  known TEXT,
  known_is_unknown INTEGER NOT NULL,
  theirs TEXT,
  has_theirs INTEGER NOT NULL,
  PRIMARY KEY (place, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE value (
  key TEXT PRIMARY KEY,
  value TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE exchange (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  status INTEGER NOT NULL,                     -- 0: no answer
  bytes INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  order_id TEXT,
  failure TEXT,
  failed INTEGER NOT NULL,
  idle INTEGER NOT NULL,                       -- a look for events that brought none
  repeats INTEGER NOT NULL
) STRICT;

CREATE INDEX exchange_by_age ON exchange (at);
CREATE INDEX exchange_failed ON exchange (id) WHERE failed = 1;

CREATE TABLE exchange_body (
  id INTEGER PRIMARY KEY REFERENCES exchange ON DELETE CASCADE,
  request TEXT,
  reply TEXT
) STRICT;

INSERT INTO place VALUES (1, 'http://127.0.0.1/v1', 'loc-1');
INSERT INTO binding VALUES (1, 1, 'cat-1');
UPDATE connection SET binding = 1, location_name = 'Paris', connected_since = 1795000000000;
INSERT INTO orders (row, place, id, number, first_seen_at, hubrise_status, status, waiting, desk)
  VALUES (1, 1, 'a', '12', 1795262000000, 'received', 'received', 1, 3);
INSERT INTO document VALUES (1, CAST('{"id":"a","status":"received"}' AS BLOB));
PRAGMA application_id = 1129140308;
PRAGMA user_version = 1;
