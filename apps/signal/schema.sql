-- What the migrations add up to: read this to learn the tables, change it together with a new migration.
-- A test compares the two.

-- Documents are json, not jsonb: they are answered as they were announced. Instants are milliseconds since the epoch.

-- One row per signal name: the lock under which its numbers are given out, and the latest of them.
create table signal_name (
  name text collate "C" primary key,
  last_seq int8 not null default 0
) with (fillfactor = 50);

-- One row per announcement. Dense per name; the instance id makes an announcement idempotent.
create table signal_instance (
  name text collate "C" not null,
  seq_id int8 not null,
  instance_id text collate "C" not null,
  tenant text not null,
  params json not null,
  payload json not null,
  request_time int8 not null,
  create_time int8 not null,
  announced_by text,
  -- A hash of name and params where there is no request id: known again within a while.
  content_key text collate "C",
  -- The attempt of a step that announced it.
  source_workflow_id text collate "C",
  source_instance_id int8,
  source_run_id int8,
  source_step_id text collate "C",
  source_attempt int8,
  source_step_instance int8,
  primary key (name, seq_id),
  constraint signal_instance_once unique (name, instance_id)
);
create index signal_instance_by_content on signal_instance (name, content_key, seq_id) where content_key is not null;
create index signal_instance_by_source on signal_instance (source_workflow_id, source_instance_id, source_run_id)
  where source_workflow_id is not null;
create index signal_instance_by_age on signal_instance (create_time);

-- What was committed and is not known to be published yet.
create table outbox (
  name text collate "C" not null,
  seq_id int8 not null,
  create_time int8 not null,
  primary key (name, seq_id)
);
create index outbox_by_age on outbox (create_time);

-- The params of instances, for those who look for what was announced before they came.
create table signal_param (
  name text collate "C" not null,
  param text collate "C" not null,
  text_value text collate "C",
  long_value int8,
  seq_id int8 not null,
  primary key (name, seq_id, param)
);
create index signal_param_by_text on signal_param (name, param, text_value, seq_id) where text_value is not null;
create index signal_param_by_long on signal_param (name, param, long_value, seq_id) where long_value is not null;

-- Which params are compared for equality by whom waits for a signal: an announcement looks up its values of each shape.
create table signal_shape (
  name text collate "C" not null,
  shape text collate "C" not null,
  primary key (name, shape)
);

-- What attempts of steps wait for, and what freed them.
create table wait (
  run_key int8 not null,
  ordinal int4 not null,
  attempt int4 not null,
  position int4 not null,
  name text collate "C" not null,
  matches json not null,
  shape text collate "C" not null,
  lookup int8 not null,
  since int8,
  tenant text not null,
  workflow_id text collate "C" not null,
  instance_id int8 not null,
  run_id int8 not null,
  step_id text collate "C" not null,
  step_instance int8 not null,
  replica_id text not null,
  open_time int8 not null,
  seq_id int8,
  match_time int8,
  delivered boolean not null default false,
  primary key (run_key, ordinal, attempt, position)
);
create index wait_open on wait (name, shape, lookup) where seq_id is null;
create index wait_undelivered on wait (match_time) where seq_id is not null and not delivered;
create index wait_by_signal on wait (name, seq_id) where seq_id is not null;
create index wait_by_run on wait (workflow_id, instance_id, run_id);
create index wait_by_age on wait (open_time);

-- How far the definition service's change feed was read, and which state of each workflow's triggers is stored.
create table feed_cursor (
  only_one boolean primary key default true check (only_one),
  position int8 not null
);

create table trigger_workflow (
  workflow_key int8 primary key,
  workflow_id text collate "C" not null,
  revision int8 not null
);

-- The signal triggers of active versions.
create table trigger (
  trigger_key int8 generated always as identity primary key,
  workflow_key int8 not null references trigger_workflow on delete cascade,
  workflow_id text collate "C" not null,
  uuid text collate "C" not null,
  tenant text not null,
  definition json not null,
  -- Signals that it needs.
  signals int4 not null,
  create_time int8 not null,
  unique (workflow_key, uuid)
);

-- What a trigger wants of each of its signals.
create table trigger_signal (
  trigger_key int8 not null references trigger on delete cascade,
  name text collate "C" not null,
  matches json not null,
  join_keys json not null,
  shape text collate "C" not null,
  lookup int8 not null,
  primary key (trigger_key, name)
);
create index trigger_signal_lookup on trigger_signal (name, shape, lookup);

-- Signals that a join has and has not used yet.
create table trigger_candidate (
  trigger_key int8 not null references trigger on delete cascade,
  join_text text collate "C" not null,
  name text collate "C" not null,
  seq_id int8 not null,
  params json not null,
  primary key (trigger_key, join_text, name, seq_id)
);

-- Triggers that fired: each starts one instance, whatever dies in between.
create table trigger_match (
  match_id int8 generated always as identity primary key,
  workflow_id text collate "C" not null,
  uuid text collate "C" not null,
  tenant text not null,
  definition json not null,
  -- By signal name: number and params.
  signals json not null,
  create_time int8 not null,
  -- PENDING, STARTED, DROPPED (its condition is false, or the trigger is gone) or FAILED.
  state text not null default 'PENDING',
  detail text,
  instance_id int8,
  run_id int8,
  attempts int4 not null default 0,
  next_try int8 not null,
  settle_time int8
) with (fillfactor = 80);
create index trigger_match_pending on trigger_match (next_try) where state = 'PENDING';
create index trigger_match_by_workflow on trigger_match (workflow_id, match_id);
create index trigger_match_by_age on trigger_match (create_time);

-- Which signals fired which triggers.
create table trigger_match_signal (
  name text collate "C" not null,
  seq_id int8 not null,
  match_id int8 not null references trigger_match on delete cascade,
  primary key (name, seq_id, match_id)
);

-- Which workflows announce a signal, and whose steps wait for it: written once, whatever is purged.
create table signal_producer (
  name text collate "C" not null,
  workflow_id text collate "C" not null,
  primary key (name, workflow_id)
);
create index signal_producer_by_workflow on signal_producer (workflow_id);

create table signal_consumer (
  name text collate "C" not null,
  workflow_id text collate "C" not null,
  primary key (name, workflow_id)
);
create index signal_consumer_by_workflow on signal_consumer (workflow_id);

create index trigger_by_workflow on trigger (workflow_id);
create index trigger_match_by_run on trigger_match (workflow_id, instance_id, run_id) where instance_id is not null;
