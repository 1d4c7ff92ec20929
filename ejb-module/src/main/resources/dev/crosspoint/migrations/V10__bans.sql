-- People whom administrators keep out of all calls. Every server looks once a second.
CREATE TABLE ban (
  subject   varchar(200) PRIMARY KEY,
  ends_at   timestamptz,
  banned_by varchar(200) NOT NULL,
  banned_at timestamptz  NOT NULL
);
