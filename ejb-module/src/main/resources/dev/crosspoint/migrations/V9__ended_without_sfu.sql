-- A call is ended by itself also when the SFU is turned off and direct paths cannot carry it.
ALTER TABLE call
  DROP CONSTRAINT call_end_reason_check,
  ADD CONSTRAINT call_end_reason_check CHECK (end_reason IN ('ABANDONED', 'UNANSWERED', 'ALONE', 'SFU_OFF'));
