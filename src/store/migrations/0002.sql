-- Stock. What a catalog brings stands in item and is written anew at every pull; what the till holds
-- stands in stock, by (binding, kind, ref), and no pull changes it. Quantities in thousandths, times
-- in milliseconds since 1970 UTC. A released migration is never edited.

-- The binding whose stock is shown and handed over: the current one, or after a disconnection the
-- last.
CREATE TABLE stock_place (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  binding INTEGER REFERENCES binding
) STRICT;

INSERT INTO stock_place SELECT only, binding FROM connection;

CREATE TRIGGER stock_follows AFTER UPDATE OF binding ON connection
WHEN new.binding IS NOT NULL
BEGIN
  UPDATE stock_place SET binding = new.binding;
END;

-- How far a binding's stock has come.
CREATE TABLE stock_state (
  binding INTEGER PRIMARY KEY REFERENCES binding,
  pulled_at INTEGER,                           -- the last catalog
  taken_over_at INTEGER,                       -- HubRise's inventory was read once: sending may begin
  compared_at INTEGER,                         -- the last inventory read
  synced_at INTEGER,                           -- the last full synchronisation that was read back
  sync_differences INTEGER NOT NULL DEFAULT 0  -- lines that differed then
) STRICT;

-- What the till holds of a ref, and HubRise's side of it: what it last confirmed (0 no entry, 1 an
-- entry, 2 unknown) and what another program wrote there since.
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

CREATE INDEX stock_dirty ON stock (binding) WHERE dirty = 1;
CREATE INDEX stock_coming_back ON stock (back_on) WHERE back_on IS NOT NULL;

-- Whoever changes it, this program or another with SQL, stamps it.
CREATE TRIGGER stock_changed AFTER UPDATE OF managed, quantity, active, back_on ON stock
WHEN old.managed IS NOT new.managed OR old.quantity IS NOT new.quantity
  OR old.active IS NOT new.active OR old.back_on IS NOT new.back_on
BEGIN
  UPDATE stock SET dirty = 1, fresh = 0, refusal = NULL WHERE stock = new.stock;
END;

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

CREATE INDEX item_in_order ON item (binding, kind, gone, position);
CREATE INDEX item_of_stock ON item (stock);

-- What an order took off the stock: each line once, put back once.
CREATE TABLE ledger (
  row INTEGER NOT NULL REFERENCES orders ON DELETE CASCADE,
  line TEXT NOT NULL,
  stock INTEGER NOT NULL REFERENCES stock,
  quantity INTEGER NOT NULL,
  back INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (row, line)
) STRICT, WITHOUT ROWID;

-- Orders that changed since the ledger last looked at them.
CREATE TABLE ledger_due (
  row INTEGER PRIMARY KEY REFERENCES orders ON DELETE CASCADE
) STRICT;

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

-- The hand-over to other programs on this PC. INSERT sets an item and fails on an unknown ref,
-- UPDATE … RETURNING ref tells whether one was found. Columns left out of an INSERT stay as they are.
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
