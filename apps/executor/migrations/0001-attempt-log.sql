-- What the attempts wrote, in chunks, for all executors together. Instant steps that log nothing have no row.
create table attempt_log (
  workflow_id text not null,
  instance_id bigint not null,
  run_id bigint not null,
  step_id text not null,
  attempt int not null,
  -- Begins with the time of the execution's first piece: two executions of an attempt never meet.
  sequence bigint not null,
  -- Milliseconds since the epoch.
  at bigint not null,
  -- 1 stdout, 2 stderr, 3 written by the executor.
  stream smallint not null,
  data bytea not null,
  truncated boolean not null,
  -- The attempt has ended.
  last boolean not null,
  primary key (workflow_id, instance_id, run_id, step_id, attempt, sequence)
);

-- For the retention loop.
create index attempt_log_at on attempt_log (at);
