-- What administrators change while servers run. Every server looks once a second.
CREATE TABLE setting (
  name       varchar(64)  PRIMARY KEY,
  value      varchar(200) NOT NULL,
  changed_by varchar(200) NOT NULL,
  changed_at timestamptz  NOT NULL
);
