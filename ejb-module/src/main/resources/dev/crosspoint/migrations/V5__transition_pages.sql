-- Operators turn pages by start, call and number; the former index did not tell transitions of one moment apart.
DROP INDEX transition_by_start;
CREATE INDEX transition_by_start ON transition (started_at, call_id, number);
