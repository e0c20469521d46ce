-- How far the definition service's change feed was read, and which state of each workflow's triggers is stored.
create table feed_cursor (
  only_one boolean primary key default true check (only_one),
  position int8 not null
);
insert into feed_cursor (position) values (0);

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
