-- Which servers are alive. Each renews one row, by the database's clock.
CREATE TABLE node (
  id          varchar(64)  PRIMARY KEY,
  incarnation varchar(36)  NOT NULL,
  lease_until timestamptz  NOT NULL
);

-- epoch rises with every change of owner; every write of an owner is bound to the epoch it got.
CREATE TABLE call (
  id         varchar(64)  PRIMARY KEY,
  name       varchar(120) NOT NULL,
  status     varchar(16)  NOT NULL CHECK (status IN ('OPEN', 'ENDED')),
  mode       varchar(16)  NOT NULL CHECK (mode IN ('DIRECT', 'SFU')),
  epoch      bigint       NOT NULL DEFAULT 0,
  owner_node varchar(64),
  router_id  varchar(64),
  created_by varchar(200) NOT NULL,
  created_at timestamptz  NOT NULL,
  ended_at   timestamptz,
  CHECK ((status = 'ENDED') = (ended_at IS NOT NULL))
);
CREATE INDEX call_by_mode_and_status ON call (mode, status);
CREATE INDEX call_by_owner ON call (owner_node) WHERE owner_node IS NOT NULL;
CREATE UNIQUE INDEX call_by_router ON call (router_id) WHERE router_id IS NOT NULL;

CREATE TABLE participant (
  id              varchar(64)  PRIMARY KEY,
  call_id         varchar(64)  NOT NULL REFERENCES call (id) ON DELETE CASCADE,
  subject         varchar(200) NOT NULL,
  display_name    varchar(80)  NOT NULL,
  status          varchar(16)  NOT NULL CHECK (status IN ('QUEUED', 'CONNECTING', 'ADMITTED')),
  browser         varchar(64)  NOT NULL,
  browser_version varchar(32)  NOT NULL,
  joined_at       timestamptz  NOT NULL,
  left_at         timestamptz,
  leave_reason    varchar(24)  CHECK (leave_reason IN ('LEFT', 'CONNECTION_LOST', 'REMOVED')),
  CHECK ((left_at IS NULL) = (leave_reason IS NULL))
);
CREATE INDEX participant_by_call ON participant (call_id, joined_at);
CREATE INDEX participant_present ON participant (call_id) WHERE left_at IS NULL;

CREATE TABLE transition (
  call_id     varchar(64) NOT NULL REFERENCES call (id) ON DELETE CASCADE,
  number      bigint      NOT NULL CHECK (number >= 1),
  epoch       bigint      NOT NULL,
  from_mode   varchar(16) NOT NULL CHECK (from_mode IN ('DIRECT', 'SFU')),
  to_mode     varchar(16) NOT NULL CHECK (to_mode IN ('DIRECT', 'SFU')),
  reason      varchar(32) NOT NULL,
  attempt     integer     NOT NULL CHECK (attempt >= 1),
  phase       varchar(16) NOT NULL,
  started_at  timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (call_id, number)
);
-- At most one transition of a call runs at any time.
CREATE UNIQUE INDEX transition_running ON transition (call_id) WHERE finished_at IS NULL;

CREATE TABLE transition_step (
  call_id           varchar(64)  NOT NULL,
  transition_number bigint       NOT NULL,
  position          integer      NOT NULL,
  phase             varchar(16)  NOT NULL,
  entered_at        timestamptz  NOT NULL,
  detail            varchar(500) NOT NULL,
  PRIMARY KEY (call_id, transition_number, position),
  FOREIGN KEY (call_id, transition_number) REFERENCES transition (call_id, number) ON DELETE CASCADE
);

-- The key that signs guest and call tokens where no key is configured (guest access only).
CREATE TABLE token_key (
  id         varchar(16)   PRIMARY KEY,
  jwk        varchar(2000) NOT NULL,
  created_at timestamptz   NOT NULL
);
