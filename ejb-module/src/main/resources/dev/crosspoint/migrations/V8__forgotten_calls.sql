-- A call in which nobody talks to anybody for too long is ended by itself. empty_since: since when nobody has been in it,
-- NULL while somebody is; answered_at: when two people were in it together for the first time.
ALTER TABLE call
  ADD COLUMN empty_since timestamptz,
  ADD COLUMN answered_at timestamptz,
  ADD COLUMN end_reason  varchar(16) CHECK (end_reason IN ('ABANDONED', 'UNANSWERED', 'ALONE')),
  ADD CHECK (end_reason IS NULL OR status = 'ENDED');

-- Of earlier calls it is not recorded who met whom; two who were ever there are taken for it.
UPDATE call SET
  empty_since = CASE WHEN NOT EXISTS (SELECT 1 FROM participant p WHERE p.call_id = call.id AND p.left_at IS NULL)
    THEN coalesce((SELECT max(p.left_at) FROM participant p WHERE p.call_id = call.id), created_at) END,
  answered_at = (SELECT max(p.joined_at) FROM participant p WHERE p.call_id = call.id HAVING count(DISTINCT p.subject) > 1);

CREATE INDEX call_abandoned ON call (empty_since) WHERE status = 'OPEN' AND owner_node IS NULL AND answered_at IS NOT NULL;
CREATE INDEX call_unanswered ON call (empty_since) WHERE status = 'OPEN' AND owner_node IS NULL AND answered_at IS NULL;
