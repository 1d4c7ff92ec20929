-- Some members over direct paths, the others over a router.
ALTER TABLE call DROP CONSTRAINT call_mode_check;
ALTER TABLE call ADD CONSTRAINT call_mode_check CHECK (mode IN ('DIRECT', 'SFU', 'HYBRID'));
ALTER TABLE transition DROP CONSTRAINT transition_from_mode_check;
ALTER TABLE transition ADD CONSTRAINT transition_from_mode_check CHECK (from_mode IN ('DIRECT', 'SFU', 'HYBRID'));
ALTER TABLE transition DROP CONSTRAINT transition_to_mode_check;
ALTER TABLE transition ADD CONSTRAINT transition_to_mode_check CHECK (to_mode IN ('DIRECT', 'SFU', 'HYBRID'));

-- What became of each participant in a transition.
CREATE TABLE transition_note (
  call_id           varchar(64)  NOT NULL,
  transition_number bigint       NOT NULL,
  participant_id    varchar(64)  NOT NULL,
  outcome           varchar(16)  NOT NULL,
  noted_at          timestamptz  NOT NULL,
  detail            varchar(500) NOT NULL,
  PRIMARY KEY (call_id, transition_number, participant_id, outcome),
  FOREIGN KEY (call_id, transition_number) REFERENCES transition (call_id, number) ON DELETE CASCADE
);

-- What a receiver noticed of the switch, for each source: longest time without picture or sound.
CREATE TABLE transition_gap (
  call_id           varchar(64)      NOT NULL,
  transition_number bigint           NOT NULL,
  receiver_id       varchar(64)      NOT NULL,
  sender_id         varchar(64)      NOT NULL,
  source_id         varchar(64)      NOT NULL,
  gap_ms            double precision NOT NULL CHECK (gap_ms >= 0),
  PRIMARY KEY (call_id, transition_number, receiver_id, sender_id, source_id),
  FOREIGN KEY (call_id, transition_number) REFERENCES transition (call_id, number) ON DELETE CASCADE
);

-- The latest transitions of all calls, for operators.
CREATE INDEX transition_by_start ON transition (started_at);
