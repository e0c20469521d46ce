-- What the migrations add up to: read this to learn the tables, change it together with a new migration.
-- A test compares the two.

-- Documents are json, not jsonb: the order of params is the order of their evaluation, and jsonb does not keep it.
-- Instants are milliseconds since the epoch by Postgres' clock.

create sequence workflow_key_sequence;
create sequence internal_id_sequence start 10000;

-- One row per incarnation of a workflow id: its pointers, its properties and what lists filter by.
create table workflow (
  workflow_key int8 primary key,
  workflow_id text collate "C" not null unique,
  tenant text not null,
  internal_id int8 not null,
  active_version int8,
  latest_version int8 not null,
  properties json not null,
  properties_time int8 not null,
  properties_author text not null,
  run_strategy_rule text not null,
  workflow_concurrency int4 not null,
  name text,
  owner text not null,
  definition_tags json not null,
  tag_names text[] not null,
  search_text text not null,
  -- Sequence of the latest change of this workflow: newest change first is revision descending.
  revision int8 not null,
  -- True while its versions are being removed: nobody sees the workflow any more, but its id is not free yet.
  removing boolean not null default false,
  create_time int8 not null,
  modify_time int8 not null,
  -- Of the properties, for what starts and the feed tell: how many steps may run at a time; null = any number.
  step_concurrency int4
) with (fillfactor = 70);
create index workflow_by_revision on workflow (revision);

create table workflow_version (
  workflow_key int8 not null,
  version int8 not null,
  -- {workflow, git_info} as libs/dsl writes it.
  definition json not null,
  extra_info json,
  author text not null,
  create_time int8 not null,
  -- Whether steps of the version name job templates: only then a start asks for their revision.
  uses_templates boolean not null default false,
  primary key (workflow_key, version)
);

-- When a version was last made the active one; apart from the version, which never changes.
create table activation (
  workflow_key int8 not null,
  version int8 not null,
  author text not null,
  activate_time int8 not null,
  primary key (workflow_key, version)
);

create table properties_history (
  workflow_key int8 not null,
  -- Grows strictly within a workflow: it names the snapshot.
  create_time int8 not null,
  author text not null,
  snapshot json not null,
  change json not null,
  primary key (workflow_key, create_time)
);

create table workflow_timeline (
  workflow_key int8 not null,
  -- Sequence of the change that the line tells of.
  sequence int8 not null,
  author text not null,
  log text not null,
  event_time int8 not null,
  primary key (workflow_key, sequence)
);

-- What a request id did: a repeat answers the same.
create table request (
  act text not null,
  request_id text not null,
  body_hash text not null,
  workflow_key int8 not null,
  workflow_id text not null,
  version int8,
  author text not null,
  act_time int8 not null,
  primary key (act, request_id)
);

-- The change feed. Its number is taken under the lock of this one row at the end of a transaction, so that it is dense
-- and its order is the order of the commits.
create table feed (
  singleton boolean primary key default true check (singleton),
  last_sequence int8 not null
) with (fillfactor = 10);
insert into feed (last_sequence) values (0);

create table change (
  sequence int8 primary key,
  kind text not null,
  workflow_key int8 not null,
  workflow_id text not null,
  tenant text not null,
  active_version int8,
  latest_version int8 not null,
  run_strategy_rule text not null,
  workflow_concurrency int4 not null,
  author text not null,
  change_time int8 not null,
  -- How many steps may run at a time; null = any number.
  step_concurrency int4
);

-- Job templates. Every change is a row, so that what held at a revision can still be read for the runs that began with it.
create table job_template (
  job_type text collate "C" not null,
  version text collate "C" not null,
  -- The number of the change; only grows.
  revision int8 not null,
  tenant text not null,
  -- As libs/dsl writes it; null = deleted by this change.
  document json,
  author text not null,
  change_time int8 not null,
  primary key (job_type, version, revision)
);

-- The number that changes of job templates have reached: taken under the lock of this one row, so that a smaller one never comes later.
create table template_revision (
  singleton boolean primary key default true check (singleton),
  last_revision int8 not null
) with (fillfactor = 10);
insert into template_revision (last_revision) values (1);

-- Step types that remote workers run. A row never changes but for `last_seen`, and none is deleted: versions of workflows name them.
create table step_type (
  -- The name in lower case: names count in any case.
  key text collate "C" not null,
  version text collate "C" not null,
  name text not null,
  -- Workflows of only this tenant may use it; empty = all.
  tenant text not null,
  doc text not null,
  -- Param definitions as JSON; their order is that of their evaluation.
  params json not null,
  outputs text[] not null,
  create_time int8 not null,
  last_seen int8 not null,
  primary key (key, version)
);
