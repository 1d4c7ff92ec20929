-- Tables of the server's persistent EJB timers. Its own table creation emits DDL that PostgreSQL
-- before 18 refuses, so it is switched off (databaseStore createTables="false").
CREATE TABLE IF NOT EXISTS wlppart (
  id       bigserial    PRIMARY KEY,
  executor varchar(100) NOT NULL,
  expiry   bigint       NOT NULL,
  hostname varchar(100) NOT NULL,
  lserver  varchar(100) NOT NULL,
  states   bigint       NOT NULL,
  userdir  varchar(254) NOT NULL,
  UNIQUE (executor, hostname, lserver, userdir)
);
CREATE TABLE IF NOT EXISTS wlpprop (
  id  varchar(254) PRIMARY KEY,
  val varchar(254) NOT NULL
);
CREATE TABLE IF NOT EXISTS wlptask (
  id        bigserial    PRIMARY KEY,
  iname     varchar(254),
  loader    varchar(254),
  mbits     smallint     NOT NULL,
  nextexec  bigint       NOT NULL,
  origsubmt bigint       NOT NULL,
  ownr      varchar(120) NOT NULL,
  partn     bigint       NOT NULL,
  prevsched bigint,
  prevstart bigint,
  prevstop  bigint,
  reslt     bytea,
  rfails    smallint     NOT NULL,
  states    smallint     NOT NULL,
  taskb     bytea,
  taskinfo  bytea        NOT NULL,
  trig      bytea,
  txtimeout integer      NOT NULL,
  version   integer      NOT NULL
);
CREATE INDEX IF NOT EXISTS wlptask_due ON wlptask (partn, nextexec);
