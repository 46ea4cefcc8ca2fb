-- A database of schema 6 as this program left it: what version 5 held, and times that were
-- promised. Frozen, never edited.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE place (
  place INTEGER PRIMARY KEY,
  api_root TEXT NOT NULL,
  location_id TEXT NOT NULL,
  UNIQUE (api_root, location_id)
) STRICT;
INSERT INTO place VALUES(1,'http://127.0.0.1/v1','loc-1');
CREATE TABLE binding (
  binding INTEGER PRIMARY KEY,
  place INTEGER NOT NULL REFERENCES place,
  catalog_id TEXT NOT NULL,
  UNIQUE (place, catalog_id)
) STRICT;
INSERT INTO binding VALUES(1,1,'cat-1');
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
, acceptance_minutes INTEGER NOT NULL DEFAULT 0, acceptance_resume_at INTEGER, acceptance_reason TEXT, opening_hours TEXT) STRICT;
INSERT INTO connection VALUES(1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Europe/Paris',NULL,0,'paused',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL);
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
  desk INTEGER NOT NULL DEFAULT 0, till INTEGER NOT NULL DEFAULT 0 CHECK (till IN (0, 1)), private_ref TEXT, outbox_entry INTEGER, outbox_kind TEXT, outbox_reason TEXT, outbox_refused INTEGER NOT NULL DEFAULT 0, erased_at INTEGER,             -- 0 done with, 1 open, 2 open whatever its time, 3 waiting, 4 notice
  UNIQUE (place, id)
) STRICT;
INSERT INTO orders VALUES(1,1,'a',NULL,NULL,'a','Deliveroo','collection',NULL,1795262400000,NULL,NULL,1795262400000,0,0,NULL,'',0,'',1,0,'',0,'','new',0,'c5c66d6e79dd62812789c4b783de3e9661b409612eef713208222deb8f16fb0d',0,0,NULL,'accepted',0,0,1,'accepted',NULL,0,NULL,NULL,NULL,1795262400000,1795262400000,1,0,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO orders VALUES(2,1,'b',NULL,NULL,'b','Deliveroo','collection',NULL,1795262400000,NULL,1795269600000,1795262400000,0,0,NULL,'',0,'',1,0,'',0,'','completed',1,'c5c66d6e79dd62812789c4b783de3e9661b409612eef713208222deb8f16fb0d',0,0,NULL,'completed',0,0,NULL,NULL,NULL,0,NULL,NULL,NULL,1795262400000,1795262400000,0,0,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO orders VALUES(3,1,NULL,'2125223e9996e4c2e393de959aa95e788cfd809a2a85eea6a7bc89aab856a352','no JSON','',NULL,NULL,NULL,NULL,NULL,NULL,1795262400000,0,0,NULL,'',NULL,NULL,0,NULL,NULL,0,'',NULL,0,NULL,0,0,NULL,NULL,0,1,NULL,NULL,NULL,0,NULL,NULL,NULL,1795262400000,1795262400000,3,0,NULL,NULL,NULL,NULL,0,1795262400000);
INSERT INTO orders VALUES(4,1,NULL,NULL,NULL,'C1',NULL,'collection',NULL,1795262400000,NULL,NULL,1795262400000,0,0,NULL,'1 × Margherita',980,'EUR',0,0,'EUR',980,'EUR','accepted',1,NULL,0,0,NULL,'in_preparation',0,0,2,'in_preparation',NULL,0,NULL,NULL,NULL,1795262400000,1795262400000,5,1,'7a1c6f5e-9a3d-4a53-8a39-5b53a2a3c101',1,'customer',NULL,0,NULL);
INSERT INTO orders VALUES(5,1,'c5',NULL,NULL,'C2','Comptoir','eat_in',NULL,1795262400000,NULL,NULL,1795262400000,0,0,NULL,'1 × Margherita',980,'EUR',0,980,'EUR',0,'EUR','accepted',1,NULL,0,0,NULL,'accepted',0,0,NULL,NULL,NULL,0,NULL,NULL,NULL,1795262400000,1795262400000,6,1,'7a1c6f5e-9a3d-4a53-8a39-5b53a2a3c102',4,'payment','only 5.00 EUR is left to pay',1,NULL);
CREATE TABLE document (
  row INTEGER PRIMARY KEY REFERENCES orders,
  document BLOB NOT NULL
) STRICT;
INSERT INTO document VALUES(1,X'7b226964223a2261222c22737461747573223a226e6577222c226974656d73223a22222c226578706563746564223a2d393232333337323033363835343737353830387d');
INSERT INTO document VALUES(2,X'7b226964223a2262222c22737461747573223a22636f6d706c65746564222c226974656d73223a22222c226578706563746564223a2d393232333337323033363835343737353830387d');
INSERT INTO document VALUES(3,X'7b7d');
INSERT INTO document VALUES(4,X'7b22707269766174655f726566223a2237613163366635652d396133642d346135332d386133392d356235336132613363313031222c22726566223a224331222c22737461747573223a226163636570746564222c22736572766963655f74797065223a22636f6c6c656374696f6e222c226974656d73223a5b7b22707269766174655f726566223a22782d6930222c2270726f647563745f6e616d65223a224d617267686572697461222c22736b755f726566223a224d4152222c227072696365223a22392e383020455552222c227175616e74697479223a2231222c22737562746f74616c223a22392e383020455552222c226f7074696f6e73223a5b5d7d5d2c22746f74616c223a22392e383020455552222c22637573746f6d6572223a7b22707269766174655f726566223a22782d63222c22637573746f6d65725f6c6973745f6964223a226c6973742d31222c2266697273745f6e616d65223a22416461227d7d');
INSERT INTO document VALUES(5,X'7b226964223a226335222c22707269766174655f726566223a2237613163366635652d396133642d346135332d386133392d356235336132613363313032222c22726566223a224332222c22737461747573223a226163636570746564222c22736572766963655f74797065223a226561745f696e222c226974656d73223a5b7b226964223a226931222c2270726f647563745f6e616d65223a224d617267686572697461222c22736b755f726566223a224d4152222c227072696365223a22392e383020455552222c227175616e74697479223a2231222c22737562746f74616c223a22392e383020455552222c226f7074696f6e73223a5b5d7d5d2c22746f74616c223a22392e383020455552227d');
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','order_search','order_search',0,'CREATE VIRTUAL TABLE order_search USING fts5 (
  text, tokenize = ''unicode61 remove_diacritics 2'', prefix = ''2 3''
)');
CREATE TABLE IF NOT EXISTS 'order_search_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO order_search_data VALUES(1,X'0302');
INSERT INTO order_search_data VALUES(10,X'000000000102020002010101020101');
INSERT INTO order_search_data VALUES(137438953473,X'0000000a02306101020204');
INSERT INTO order_search_data VALUES(274877906945,X'0000000a02306202020204');
CREATE TABLE IF NOT EXISTS 'order_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO order_search_idx VALUES(1,X'',2);
INSERT INTO order_search_idx VALUES(2,X'',2);
CREATE TABLE IF NOT EXISTS 'order_search_content'(id INTEGER PRIMARY KEY, c0);
INSERT INTO order_search_content VALUES(1,replace('a\n','\n',char(10)));
INSERT INTO order_search_content VALUES(2,replace('b\n','\n',char(10)));
INSERT INTO order_search_content VALUES(3,'');
CREATE TABLE IF NOT EXISTS 'order_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO order_search_docsize VALUES(1,X'01');
INSERT INTO order_search_docsize VALUES(2,X'01');
INSERT INTO order_search_docsize VALUES(3,X'00');
CREATE TABLE IF NOT EXISTS 'order_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO order_search_config VALUES('version',4);
CREATE TABLE history (
  line INTEGER PRIMARY KEY,
  row INTEGER NOT NULL REFERENCES orders,
  at INTEGER NOT NULL,
  status TEXT,
  what TEXT NOT NULL,
  text TEXT,
  seller TEXT
) STRICT;
INSERT INTO history VALUES(1,1,1795262400000,'new','arrived',NULL,NULL);
INSERT INTO history VALUES(2,2,1795262400000,'completed','arrived',NULL,NULL);
INSERT INTO history VALUES(3,3,1795262400000,NULL,'arrived','no JSON',NULL);
INSERT INTO history VALUES(4,1,1795262400000,'accepted','pressed',NULL,NULL);
INSERT INTO history VALUES(5,4,1795262400000,'accepted','placed',NULL,NULL);
INSERT INTO history VALUES(6,5,1795262400000,'accepted','placed',NULL,NULL);
INSERT INTO history VALUES(7,5,1795262400000,'accepted','sent',NULL,NULL);
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
INSERT INTO order_step VALUES(1,1,'accepted','2026-11-21T15:15:00+01:00',NULL,NULL,NULL,0,1795262400000,1795262400000,0,NULL);
INSERT INTO order_step VALUES(2,4,'in_preparation',NULL,NULL,NULL,NULL,0,1795262400000,1795262400000,0,NULL);
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
INSERT INTO level VALUES(1,'order-acceptance','paused',NULL,1,NULL,0);
CREATE TABLE value (
  key TEXT PRIMARY KEY,
  value TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO value VALUES('file-unclean','1');
INSERT INTO value VALUES('requests','12');
INSERT INTO value VALUES('till-number','1795186800000 2');
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
INSERT INTO exchange VALUES(1,1795262400000,'GET','/location',200,0,0,NULL,NULL,0,0,1);
CREATE TABLE exchange_body (
  id INTEGER PRIMARY KEY REFERENCES exchange ON DELETE CASCADE,
  request TEXT,
  reply TEXT
) STRICT;
INSERT INTO exchange_body VALUES(1,NULL,'{}');
CREATE TABLE stock_place (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  binding INTEGER REFERENCES binding
) STRICT;
INSERT INTO stock_place VALUES(1,1);
CREATE TABLE stock_state (
  binding INTEGER PRIMARY KEY REFERENCES binding,
  pulled_at INTEGER,                           -- the last catalog
  taken_over_at INTEGER,                       -- HubRise's inventory was read once: sending may begin
  compared_at INTEGER,                         -- the last inventory read
  synced_at INTEGER,                           -- the last full synchronisation that was read back
  sync_differences INTEGER NOT NULL DEFAULT 0  -- lines that differed then
) STRICT;
INSERT INTO stock_state VALUES(1,1795262400000,1795262400000,1795262400000,NULL,0);
CREATE TABLE stock (
  stock INTEGER PRIMARY KEY,
  binding INTEGER NOT NULL REFERENCES binding,
  kind TEXT NOT NULL CHECK (kind IN ('sku', 'option')),
  ref TEXT NOT NULL,
  listed INTEGER NOT NULL DEFAULT 1,           -- in the catalog as last pulled
  fresh INTEGER NOT NULL DEFAULT 1,            -- nobody has set it here yet
  managed INTEGER NOT NULL DEFAULT 0 CHECK (managed IN (0, 1)),
  quantity INTEGER NOT NULL DEFAULT 0,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  back_on INTEGER,
  low INTEGER NOT NULL DEFAULT 0,
  known_state INTEGER NOT NULL DEFAULT 2 CHECK (known_state IN (0, 1, 2)),
  known INTEGER NOT NULL DEFAULT 0,
  known_until INTEGER,
  theirs_state INTEGER CHECK (theirs_state IN (0, 1)),
  theirs INTEGER NOT NULL DEFAULT 0,
  theirs_until INTEGER,
  refusal TEXT,
  dirty INTEGER NOT NULL DEFAULT 1,            -- to be looked at: perhaps not what HubRise knows
  UNIQUE (binding, kind, ref)
) STRICT;
INSERT INTO stock VALUES(1,1,'sku','MAR',1,0,1,12500,1,NULL,3000,1,12500,NULL,NULL,0,NULL,NULL,0);
INSERT INTO stock VALUES(2,1,'option','EGG',1,0,0,0,0,1795348800000,0,1,0,NULL,NULL,0,NULL,NULL,0);
CREATE TABLE item (
  item INTEGER PRIMARY KEY,
  binding INTEGER NOT NULL REFERENCES binding,
  kind TEXT NOT NULL CHECK (kind IN ('sku', 'option')),
  key TEXT NOT NULL,                           -- the same over pulls: its ref and the how-manieth with it
  stock INTEGER REFERENCES stock,              -- null without a ref
  ref TEXT,
  name TEXT NOT NULL,
  variant TEXT,
  category TEXT,
  price INTEGER,
  currency TEXT,
  search TEXT NOT NULL,
  position INTEGER NOT NULL,
  shared INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  UNIQUE (binding, kind, key)
) STRICT;
INSERT INTO item VALUES(1,1,'sku','MAR 0',1,'MAR','Margherita','Small','Pizzas',980,'EUR','margherita small mar',0,0,0);
INSERT INTO item VALUES(2,1,'sku',' 0',NULL,NULL,'Pâtes du jour',NULL,'Pastas',1300,'EUR','pates du jour',1,0,0);
INSERT INTO item VALUES(3,1,'option','EGG 0',2,'EGG','Œuf',NULL,'Extras',100,'EUR','oeuf egg',0,0,0);
CREATE TABLE ledger (
  row INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
  line TEXT NOT NULL,
  stock INTEGER NOT NULL REFERENCES stock,
  quantity INTEGER NOT NULL,
  back INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (row, line)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger VALUES(2,'i1',1,2000,0);
CREATE TABLE ledger_due (
  row INTEGER PRIMARY KEY REFERENCES orders ON DELETE CASCADE
) STRICT;
INSERT INTO ledger_due VALUES(1);
INSERT INTO ledger_due VALUES(4);
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
, sends INTEGER NOT NULL DEFAULT 0 CHECK (sends >= 0)) STRICT;
INSERT INTO outbox VALUES(1,4,'customer','x-c',NULL,NULL,NULL,NULL,NULL,NULL,X'7b22707269766174655f726566223a22782d63222c22637573746f6d65725f6c6973745f6964223a226c6973742d31222c2266697273745f6e616d65223a22416461227d',NULL,1795262400000,1795262460000,1,NULL,2);
INSERT INTO outbox VALUES(2,4,'order','7a1c6f5e-9a3d-4a53-8a39-5b53a2a3c101',NULL,NULL,NULL,NULL,NULL,NULL,X'7b22707269766174655f726566223a2237613163366635652d396133642d346135332d386133392d356235336132613363313031222c22726566223a224331222c22737461747573223a226163636570746564222c22736572766963655f74797065223a22636f6c6c656374696f6e222c226974656d73223a5b7b22707269766174655f726566223a22782d6930222c2270726f647563745f6e616d65223a224d617267686572697461222c22736b755f726566223a224d4152222c227072696365223a22392e383020455552222c227175616e74697479223a2231222c22737562746f74616c223a22392e383020455552222c226f7074696f6e73223a5b5d7d5d2c22746f74616c223a22392e383020455552222c22637573746f6d6572223a7b22707269766174655f726566223a22782d63222c22637573746f6d65725f6c6973745f6964223a226c6973742d31222c2266697273745f6e616d65223a22416461227d7d',NULL,1795262400000,1795262400000,0,NULL,0);
INSERT INTO outbox VALUES(3,5,'order','7a1c6f5e-9a3d-4a53-8a39-5b53a2a3c102',NULL,NULL,NULL,NULL,NULL,NULL,X'7b226964223a226335222c22707269766174655f726566223a2237613163366635652d396133642d346135332d386133392d356235336132613363313032222c22726566223a224332222c22737461747573223a226163636570746564222c22736572766963655f74797065223a226561745f696e222c226974656d73223a5b7b226964223a226931222c2270726f647563745f6e616d65223a224d617267686572697461222c22736b755f726566223a224d4152222c227072696365223a22392e383020455552222c227175616e74697479223a2231222c22737562746f74616c223a22392e383020455552222c226f7074696f6e73223a5b5d7d5d2c22746f74616c223a22392e383020455552227d',NULL,1795262400000,1795262400000,3,NULL,1);
INSERT INTO outbox VALUES(4,5,'payment','7a1c6f5e-9a3d-4a53-8a39-5b53a2a3c103',NULL,'Cash','CASH',980,'EUR',NULL,NULL,NULL,1795262400000,1795262400000,2,'only 5.00 EUR is left to pay',1);
INSERT INTO outbox VALUES(5,2,'deletion',NULL,'i1',NULL,NULL,NULL,NULL,'Margherita',NULL,NULL,1795262400000,1795262400000,4,NULL,1);
CREATE TABLE catalog (
  binding INTEGER PRIMARY KEY REFERENCES binding,
  document BLOB NOT NULL
) STRICT;
INSERT INTO catalog VALUES(1,X'7b226964223a226361742d31222c2264617461223a7b2270726f6475637473223a5b5d7d7d');
CREATE TABLE seen_document (
  row INTEGER PRIMARY KEY REFERENCES orders ON DELETE CASCADE,
  document BLOB NOT NULL
) STRICT;
INSERT INTO seen_document VALUES(1,X'7b226964223a2261222c22737461747573223a226e6577222c226974656d73223a22222c226578706563746564223a2d393232333337323033363835343737353830387d');
CREATE TABLE ticket (
  row INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('kitchen', 'customer')),
  printed_at INTEGER NOT NULL,
  copies INTEGER NOT NULL DEFAULT 1,
  called_off INTEGER NOT NULL DEFAULT 0,       -- its cancellation was printed too
  PRIMARY KEY (row, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO ticket VALUES(2,'kitchen',1795262400000,2,0);
INSERT INTO ticket VALUES(4,'customer',1795262400000,1,1);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('order_step',2);
INSERT INTO sqlite_sequence VALUES('exchange',1);
INSERT INTO sqlite_sequence VALUES('outbox',5);
CREATE UNIQUE INDEX orders_by_hash ON orders (place, document_hash) WHERE id IS NULL;
CREATE INDEX orders_on_desk ON orders (place, desk, due_at);
CREATE INDEX history_of_order ON history (row);
CREATE INDEX step_of_order ON order_step (row);
CREATE INDEX step_unsent ON order_step (row) WHERE state IN (0, 1, 2);
CREATE INDEX exchange_by_age ON exchange (at);
CREATE INDEX exchange_failed ON exchange (id) WHERE failed = 1;
CREATE TRIGGER stock_follows AFTER UPDATE OF binding ON connection
WHEN new.binding IS NOT NULL
BEGIN
  UPDATE stock_place SET binding = new.binding;
END;
CREATE INDEX stock_dirty ON stock (binding) WHERE dirty = 1;
CREATE INDEX stock_coming_back ON stock (back_on) WHERE back_on IS NOT NULL;
CREATE TRIGGER stock_changed AFTER UPDATE OF managed, quantity, active, back_on ON stock
WHEN old.managed IS NOT new.managed OR old.quantity IS NOT new.quantity
  OR old.active IS NOT new.active OR old.back_on IS NOT new.back_on
BEGIN
  UPDATE stock SET dirty = 1, fresh = 0, refusal = NULL WHERE stock = new.stock;
END;
CREATE INDEX item_in_order ON item (binding, kind, gone, position);
CREATE INDEX item_of_stock ON item (stock);
CREATE TRIGGER ledger_new_order AFTER INSERT ON orders
BEGIN
  INSERT OR IGNORE INTO ledger_due (row) VALUES (new.row);
END;
CREATE TRIGGER ledger_changed_order AFTER UPDATE OF status, hubrise_status, content_hash ON orders
WHEN old.status IS NOT new.status OR old.hubrise_status IS NOT new.hubrise_status
  OR old.content_hash IS NOT new.content_hash
BEGIN
  INSERT OR IGNORE INTO ledger_due (row) VALUES (new.row);
END;
CREATE VIEW pos_stock (kind, ref, name, quantity, active) AS
SELECT kind, ref,
  (SELECT trim(name || ' ' || coalesce(variant, '')) FROM item
    WHERE item.stock = stock.stock AND gone = 0 ORDER BY position LIMIT 1),
  CASE WHEN managed = 0 THEN NULL
    WHEN quantity % 1000 = 0 THEN quantity / 1000
    ELSE quantity / 1000.0 END,
  active
FROM stock
WHERE listed = 1 AND binding = (SELECT binding FROM stock_place);
CREATE TRIGGER pos_stock_insert INSTEAD OF INSERT ON pos_stock
BEGIN
  SELECT RAISE(ABORT, 'pos_stock: kind must be ''sku'' or ''option''')
    WHERE coalesce(new.kind, 'sku') NOT IN ('sku', 'option');
  SELECT RAISE(ABORT, 'pos_stock: ref is missing') WHERE new.ref IS NULL;
  SELECT RAISE(ABORT, 'pos_stock: no item with this kind and ref is in the catalog')
    WHERE NOT EXISTS (SELECT 1 FROM stock WHERE binding = (SELECT binding FROM stock_place)
      AND kind = coalesce(new.kind, 'sku') AND ref = new.ref AND listed = 1);
  UPDATE pos_stock
    SET quantity = coalesce(new.quantity, quantity), active = coalesce(new.active, active)
    WHERE kind = coalesce(new.kind, 'sku') AND ref = new.ref;
END;
CREATE TRIGGER pos_stock_update INSTEAD OF UPDATE ON pos_stock
BEGIN
  SELECT RAISE(ABORT, 'pos_stock: only quantity and active can be changed')
    WHERE new.kind IS NOT old.kind OR new.ref IS NOT old.ref OR new.name IS NOT old.name;
  SELECT RAISE(ABORT, 'pos_stock: active must be 0 or 1')
    WHERE new.active IS NULL OR CAST(new.active AS TEXT) NOT IN ('0', '1');
  SELECT RAISE(ABORT, 'pos_stock: quantity must be a number like 12.5, with a point and no comma')
    WHERE typeof(new.quantity) = 'blob' OR (typeof(new.quantity) = 'text' AND (
      ltrim(new.quantity, '+-') IN ('', '.') OR ltrim(new.quantity, '+-') GLOB '*[^0-9.]*'
      OR new.quantity GLOB '*.*.*' OR length(new.quantity) - length(ltrim(new.quantity, '+-')) > 1));
  SELECT RAISE(ABORT, 'pos_stock: quantity has more than nine digits before the point')
    WHERE abs(CAST(new.quantity AS REAL)) >= 1e9;
  SELECT RAISE(ABORT, 'pos_stock: quantity has more than three decimals')
    WHERE abs(CAST(new.quantity AS REAL) * 1000 - round(CAST(new.quantity AS REAL) * 1000)) > 0.001;
  UPDATE stock SET managed = new.quantity IS NOT NULL,
      quantity = coalesce(CAST(round(CAST(new.quantity AS REAL) * 1000) AS INTEGER), quantity)
    WHERE new.quantity IS NOT old.quantity AND binding = (SELECT binding FROM stock_place)
      AND kind = old.kind AND ref = old.ref;
  UPDATE stock SET active = CAST(new.active AS INTEGER), back_on = NULL
    WHERE CAST(new.active AS INTEGER) <> old.active
      AND binding = (SELECT binding FROM stock_place) AND kind = old.kind AND ref = old.ref;
END;
CREATE TRIGGER pos_stock_delete INSTEAD OF DELETE ON pos_stock
BEGIN
  SELECT RAISE(ABORT, 'pos_stock: items come and go with the catalog only');
END;
CREATE UNIQUE INDEX orders_by_private_ref ON orders (place, private_ref) WHERE till = 1;
CREATE INDEX orders_by_age ON orders (till, listed_at);
CREATE INDEX outbox_of_order ON outbox (row);
CREATE INDEX outbox_unsent ON outbox (row) WHERE state IN (0, 1, 2);
CREATE INDEX orders_to_erase ON orders (listed_at) WHERE erased_at IS NULL;
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA user_version = 6;
PRAGMA application_id = 1129140308;
