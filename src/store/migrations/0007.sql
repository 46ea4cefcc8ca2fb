-- An accept shows its time at once, and is missed when it does not leave. A released migration is
-- never edited.

-- derived
ALTER TABLE orders ADD COLUMN unsent_accept_at INTEGER; -- pressed then; HubRise does not have it
ALTER TABLE orders ADD COLUMN promised_time INTEGER;    -- by our accept, until HubRise says it
CREATE INDEX orders_unconfirmed ON orders (place) WHERE unsent_accept_at IS NOT NULL;

-- As the program derives them; due_at is from now on promised, else confirmed, else expected.
UPDATE orders SET
  unsent_accept_at =
    iif (a.state = 5 OR orders.status IN ('rejected', 'cancelled'), NULL, a.pressed_at),
  promised_time =
    iif (a.state = 2, NULL, CAST (strftime ('%s', a.confirmed_time) AS INTEGER) * 1000)
FROM (SELECT row, max (step), pressed_at, state, confirmed_time FROM order_step
      WHERE status = 'accepted' AND state IN (0, 1, 2, 5) GROUP BY row) AS a
WHERE orders.row = a.row
  AND ifnull (hubrise_status, '') NOT IN
    ('accepted', 'in_preparation', 'awaiting_shipment', 'awaiting_collection', 'in_delivery',
     'completed', 'rejected', 'cancelled', 'delivery_failed');
UPDATE orders SET due_at = coalesce (promised_time, confirmed_time)
WHERE coalesce (promised_time, confirmed_time) IS NOT NULL;
UPDATE orders SET desk = 2 WHERE desk = 1 AND unsent_accept_at IS NOT NULL;

-- The history says what was promised, too.
UPDATE history SET text = (SELECT confirmed_time FROM order_step AS s WHERE s.row = history.row
                           AND s.status = 'accepted' AND s.pressed_at = history.at)
WHERE status = 'accepted' AND what IN ('pressed', 'local') AND text IS NULL;
