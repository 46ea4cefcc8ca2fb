-- Persons are taken out of old orders. A released migration is never edited.

ALTER TABLE orders ADD COLUMN erased_at INTEGER;       -- null: whatever HubRise said is still there
CREATE INDEX orders_to_erase ON orders (listed_at) WHERE erased_at IS NULL;
