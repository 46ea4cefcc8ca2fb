-- What HubRise last said of when the location takes orders: a till that starts without a network
-- counts down the pause that another one set. A released migration is never edited.

ALTER TABLE connection ADD COLUMN acceptance_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connection ADD COLUMN acceptance_resume_at INTEGER; -- null: until somebody says
ALTER TABLE connection ADD COLUMN acceptance_reason TEXT;
ALTER TABLE connection ADD COLUMN opening_hours TEXT;

-- Of what was erased before, copies may stand in the unused bytes of the file.
INSERT OR REPLACE INTO value (key, value)
SELECT 'file-unclean', '1' WHERE EXISTS (SELECT 1 FROM orders WHERE erased_at IS NOT NULL);
