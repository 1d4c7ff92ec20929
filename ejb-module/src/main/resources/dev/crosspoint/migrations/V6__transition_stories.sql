-- Notes and gaps come through a queue: perhaps before the row of their transition, and perhaps from an owner whose
-- epoch is over. They name their epoch; those of another epoch than their transition's are part of no story.
ALTER TABLE transition_note ADD COLUMN epoch bigint;
UPDATE transition_note n SET epoch = t.epoch FROM transition t WHERE t.call_id = n.call_id AND t.number = n.transition_number;
ALTER TABLE transition_note
  ALTER COLUMN epoch SET NOT NULL,
  DROP CONSTRAINT transition_note_call_id_transition_number_fkey,
  DROP CONSTRAINT transition_note_pkey,
  ADD PRIMARY KEY (call_id, transition_number, epoch, participant_id, outcome),
  ADD FOREIGN KEY (call_id) REFERENCES call (id) ON DELETE CASCADE;

ALTER TABLE transition_gap ADD COLUMN epoch bigint;
UPDATE transition_gap g SET epoch = t.epoch FROM transition t WHERE t.call_id = g.call_id AND t.number = g.transition_number;
ALTER TABLE transition_gap
  ALTER COLUMN epoch SET NOT NULL,
  DROP CONSTRAINT transition_gap_call_id_transition_number_fkey,
  DROP CONSTRAINT transition_gap_pkey,
  ADD PRIMARY KEY (call_id, transition_number, epoch, receiver_id, sender_id, source_id),
  ADD FOREIGN KEY (call_id) REFERENCES call (id) ON DELETE CASCADE;
