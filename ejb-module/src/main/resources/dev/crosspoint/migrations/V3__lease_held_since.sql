-- Since when a server's lease has been held without a break. A server that has just got it back after an outage of
-- the database takes nobody's calls: the others, whose leases ran out as well, get the time to renew theirs.
ALTER TABLE node ADD COLUMN held_since timestamptz NOT NULL DEFAULT now();
