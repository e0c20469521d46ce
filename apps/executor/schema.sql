-- What the migrations add up to: read this to learn the tables, change it together with a new migration.
-- A test compares the two.

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

-- What proves that a caller is the code of an attempt, or whom the attempt asked for work. Tokens themselves are nowhere.
create table attempt_token (
  -- SHA-256 of the token.
  hash bytea primary key,
  run_key bigint not null,
  ordinal int not null,
  attempt int not null,
  -- The attempt waits for a call-back.
  waits boolean not null,
  -- Milliseconds since the epoch, as all instants here.
  created_at bigint not null,
  -- The attempt takes nothing any more.
  ended_at bigint
);

create index attempt_token_attempt on attempt_token (run_key, ordinal, attempt);
-- For the retention loop.
create index attempt_token_created_at on attempt_token (created_at);

-- What the code of attempts put through the API; gone when the scheduler has taken the result.
create table output_data (
  run_key bigint not null,
  ordinal int not null,
  attempt int not null,
  -- Definitions of params by name, and artifacts by name.
  params json not null,
  artifacts json not null,
  changed_at bigint not null,
  primary key (run_key, ordinal, attempt)
);

create index output_data_changed_at on output_data (changed_at);

-- What attempts were told that wait for a call-back.
create table call_back (
  run_key bigint not null,
  ordinal int not null,
  attempt int not null,
  -- As it came.
  body bytea not null,
  at bigint not null,
  primary key (run_key, ordinal, attempt)
);

create index call_back_at on call_back (at);
