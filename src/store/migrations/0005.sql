-- What never left this till can be called off without HubRise. A released migration is never edited.

-- The requests of it that may have left.
ALTER TABLE outbox ADD COLUMN sends INTEGER NOT NULL DEFAULT 0 CHECK (sends >= 0);
-- Of what was there before nobody knows.
UPDATE outbox SET sends = 1;
