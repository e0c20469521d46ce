-- What the migrations add up to: read this to learn the tables, change it together with a new migration.
-- A test compares the two.

-- What holds for the life of a database; checked when a replica starts.
create table setting (
  name text primary key,
  value text not null
);
insert into setting (name, value) values ('shards', '64'), ('cluster_level', '1'), ('permit_revision', '0');

-- Replicas of this service that are alive, and which shards each decides for.
create table replica (
  replica_id text primary key,
  engine_level int not null,
  expires_at bigint not null
);

create table shard_lease (
  shard smallint primary key,
  owner text,
  epoch bigint not null default 0,
  expires_at bigint not null default 0
);
insert into shard_lease (shard) select generate_series(0, 63);

-- One row a workflow: everything that admission needs, locked by every start and finish.
create table workflow_queue (
  workflow_key bigint primary key,
  workflow_id text not null,
  tenant text not null,
  rule text not null,
  concurrency int not null,
  -- Position in definition's change feed that rule, concurrency and active_version come from; only grows.
  revision bigint not null,
  active_version bigint not null,
  next_instance bigint not null,
  running int not null default 0,
  queued int not null default 0,
  blocking_failed int not null default 0,
  paused boolean not null default false,
  closed boolean not null default false
) with (fillfactor = 50);
create index workflow_queue_id on workflow_queue (workflow_id, workflow_key desc);
create index workflow_queue_waiting on workflow_queue (workflow_key) where queued > 0;

-- Runs that wait for their run strategy, in the order they are admitted.
create table queue_entry (
  workflow_key bigint not null,
  instance_id bigint not null,
  run_id bigint not null,
  run_key bigint not null,
  primary key (workflow_key, instance_id, run_id)
) with (fillfactor = 70);

-- Identity and idempotency: narrow, not partitioned.
create table instance_run (
  workflow_key bigint not null,
  instance_id bigint not null,
  run_id bigint not null,
  run_key bigint not null,
  version bigint not null,
  request_id text not null,
  request_hash bytea not null,
  -- 'STOPPED' when the run strategy refused it at its start.
  start_status text not null,
  primary key (workflow_key, instance_id, run_id)
);
create unique index instance_run_request on instance_run (workflow_key, request_id);
-- Restarts are few, and retention looks for the runs that they still need.
create index instance_run_again on instance_run (workflow_key, instance_id) where run_id > 1;

-- Runs. The leading bits of run_key are retention class and time: a partition is a range of keys.
create table run (
  run_key bigint not null,
  -- Optimistic version: raised by every commit that changes the run.
  ver int not null,
  engine_level smallint not null,
  workflow_key bigint not null,
  workflow_id text not null,
  version bigint not null,
  instance_id bigint not null,
  run_id bigint not null,
  tenant text not null,
  status text not null,
  -- Admitted by the run strategy; its shard launches it.
  admitted boolean not null,
  -- A failed run that neither was unblocked nor restarted: holds a STRICT_SEQUENTIAL queue.
  blocking boolean not null default false,
  create_time bigint not null,
  start_time bigint,
  end_time bigint,
  modify_time bigint not null,
  -- When the run's wakeup row is due; null = it has none.
  wake_at bigint,
  -- counts, open, ending, backlog, timeoutMillis. json, not jsonb, here and below: it keeps the order of params.
  progress json not null,
  -- The start as it was asked for: a maestro.scheduler.v1.StartWorkflowRequest.
  origin bytea not null,
  run_policy text not null,
  correlation_id text not null,
  -- W3C trace context of the start.
  traceparent text,
  -- Evaluated workflow params.
  params json not null,
  -- Set when the run is parked: the error that holds it.
  parked_reason text,
  -- Runs that a step of another run started, iterations of loops and runs of subworkflows: the attempt that hears of its end.
  parent_run_key bigint,
  parent_ordinal smallint,
  parent_attempt smallint,
  -- Of an iteration: ids of the loops that its plan lies in, outermost first, as JSON. Its params are only its own: the others are its parent's.
  body text,
  -- Of a run that is not the first of its instance: what the restart asked for, the steps that it begins with, and where the steps are that
  -- earlier runs have done. Exact JSON of the engine's RestartState, written once.
  restart json,
  -- Changes only with such an end, so that an index over it costs other changes nothing.
  ended_badly boolean not null generated always as (status in ('FAILED', 'STOPPED', 'TIMED_OUT')) stored,
  primary key (run_key)
) partition by range (run_key);
create index run_nonterminal on run (workflow_key, run_key) where end_time is null;
create index run_blocking on run (workflow_key, run_key) where blocking;
create index run_children on run (parent_run_key, parent_ordinal, instance_id) where parent_run_key is not null;
create index run_notable_below on run (parent_run_key, parent_ordinal, instance_id)
  where parent_run_key is not null and (end_time is null or ended_badly);
create index run_iteration on run (workflow_id, instance_id, run_id) where body is not null;
create index run_iteration_notable on run (workflow_id, instance_id) where body is not null and (end_time is null or ended_badly);

-- Attempts of steps; one row an attempt.
create table step (
  run_key bigint not null,
  ordinal smallint not null,
  attempt smallint not null,
  status text not null,
  dispatch int not null,
  dispatched_at bigint,
  -- Milliseconds per phase: create, initialize, pause, wait_signal, evaluate_param, wait_permit, start, execute, finish, end.
  times bigint[] not null,
  -- Ordinals of the successors whose condition held; null = not complete.
  taken smallint[],
  due_at bigint,
  -- claimedBy, cancelling, evaluating, retries, retryLimits, timeoutMillis; null = nothing of it.
  more json,
  params json,
  artifacts json,
  primary key (run_key, ordinal, attempt)
) partition by range (run_key);

-- What people read of a run or attempt besides its state.
create table timeline (
  run_key bigint not null,
  id bigint generated always as identity,
  ordinal smallint,
  attempt smallint,
  event json not null,
  primary key (run_key, id)
) partition by range (run_key);

-- Timers, apart from the run row so that moving one keeps the run's updates in their page. Due at minus an id: the pending action of that id.
create table wakeup (
  shard smallint not null,
  due_at bigint not null,
  run_key bigint not null,
  primary key (shard, due_at, run_key)
) with (fillfactor = 70);

-- Attempts that executors hold.
create table claim (
  -- `executor#incarnation`: what is committed after the executor has started anew, or is gone, is no claim of the new one.
  holder text not null,
  run_key bigint not null,
  ordinal smallint not null,
  attempt smallint not null,
  dispatch int not null,
  primary key (holder, run_key, ordinal, attempt)
);

create table executor (
  executor_id text primary key,
  incarnation bigint not null,
  pool text not null,
  slots int not null,
  free_slots int not null,
  draining boolean not null,
  step_types text[] not null,
  address text not null,
  expires_at bigint not null,
  -- What steps may choose it by.
  labels text[] not null default '{}'
);

-- Attempts above their pool's high-water mark, released as it falls.
create table ready (
  pool text not null,
  tenant text not null,
  since bigint not null,
  run_key bigint not null,
  ordinal smallint not null,
  attempt smallint not null,
  dispatch int not null,
  primary key (run_key, ordinal, attempt)
);
create index ready_order on ready (pool, since);

-- What a committed batch decided to send, until it was sent. Deleted by the writer's next batch.
create table outbox (
  batch_id bigint primary key,
  writer text not null,
  messages bytea not null
) with (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

-- Acts on other runs (stop all, kill all), applied by each run's own next decision; its wakeup row points here.
create table pending_action (
  run_key bigint not null,
  id bigint generated always as identity,
  event json not null,
  primary key (run_key, id)
);

-- Events of a parked run, replayed by unpark.
create table parked_event (
  run_key bigint not null,
  id bigint generated always as identity,
  event json not null,
  primary key (run_key, id)
);

-- Copies of immutable definition versions, for when the definition service is away.
create table definition_copy (
  workflow_key bigint not null,
  version bigint not null,
  definition bytea not null,
  -- Of the job templates that are in the copy; 0 = the version uses none.
  template_revision bigint not null default 0,
  primary key (workflow_key, version, template_revision)
);

-- How far this service has read the feeds of others.
create table feed_cursor (
  feed text primary key,
  position bigint not null
);

-- Events for outsiders, in commit order by the horizon of xid.
create table event_feed (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  created_at bigint not null,
  events bytea not null
);
create table event_cursor (
  singleton boolean primary key default true check (singleton),
  position bigint not null default 0
);
insert into event_cursor default values;

-- Steps before which attempts are paused. Few: every replica keeps all of them in memory.
create table breakpoint (
  workflow_key bigint not null,
  -- Id of a step, or its path through loops.
  step_id text not null,
  -- 0 = all of them.
  version bigint not null,
  instance_id bigint not null,
  run_id bigint not null,
  created_by text not null,
  create_time bigint not null,
  primary key (workflow_key, step_id, version, instance_id, run_id)
);

-- Tags with a limit. A tag without a limit has no row.
create table permit_tag (
  tenant text not null,
  name text not null,
  -- Set by people, the step concurrency of a workflow, or the one of an instance; the last comes and goes with its permits.
  kind text not null check (kind in ('TAG', 'WORKFLOW', 'INSTANCE')),
  -- null = no limit any more: the row goes with the last of its permits.
  max_allowed int check (max_allowed >= 0),
  -- How many permits are granted.
  held int not null default 0 check (held >= 0),
  -- Of a workflow: position in definition's change feed that the limit comes from; only grows.
  revision bigint not null default 0,
  -- What else people have given with the limit.
  extra json not null default '{}',
  modify_time bigint not null,
  primary key (tenant, name)
) with (fillfactor = 50);

-- The order in which permits were asked for.
create sequence permit_seq;

-- One row for each permit of an attempt: held, or waited for. Gone with the attempt.
create table permit (
  run_key bigint not null,
  ordinal smallint not null,
  attempt smallint not null,
  tag text not null,
  tenant text not null,
  step_id text not null,
  -- All that the attempt needs: it gets them together.
  tags text[] not null,
  -- Smallest first; then in the order of seq, which is the same for all tags of the attempt.
  priority smallint not null,
  seq bigint not null,
  granted boolean not null,
  since bigint not null,
  primary key (run_key, ordinal, attempt, tag)
) with (fillfactor = 70);
create index permit_waiting on permit (tenant, tag, priority, seq) where not granted;
create index permit_held on permit (tenant, tag, seq) where granted;

-- Time triggers of the versions that are active, written from definition's change feed.
create table time_trigger (
  workflow_key bigint not null,
  -- UUID of the workflow's id and the identity: the same in all versions that have the trigger.
  trigger_id text not null,
  workflow_id text not null,
  -- Owners of shards look after their triggers.
  shard smallint not null,
  -- When it fires, as text: part of the request ids of its starts.
  identity text not null,
  -- The trigger as definitions write it.
  definition json not null,
  -- Grows with every change that is not a firing: what was planned before it is not written.
  generation bigint not null default 0,
  -- Nominal times up to this one have started or were skipped.
  watermark bigint not null,
  -- When somebody must look at it, and the nominal time of its next firing; null = it fires never again.
  next_fire_at bigint,
  next_nominal bigint,
  paused_at bigint,
  paused_by text,
  -- Why its last start failed; null = it did not.
  reason text,
  fired bigint not null default 0,
  skipped bigint not null default 0,
  last_nominal bigint,
  last_instance bigint,
  primary key (workflow_key, trigger_id)
) with (fillfactor = 70);
create index time_trigger_due on time_trigger (shard, next_fire_at) where paused_at is null and next_fire_at is not null;
create index time_trigger_workflow on time_trigger (workflow_id);

-- Acts on many instances of a workflow: each goes on where it stands when the replica that works on it dies.
create table bulk_job (
  job_id bigint generated always as identity primary key,
  request_id text not null unique,
  -- What is to be done, to which instances, and who asked for it; exact JSON.
  ask json not null,
  -- Who works on it, and until when unless it says so again.
  owner text,
  expires_at bigint not null default 0,
  -- The instances up to here are done; null = none yet.
  cursor bigint,
  total bigint,
  done bigint not null default 0,
  passed_over bigint not null default 0,
  failed bigint not null default 0,
  -- The first that it was refused for: [{instance, code, message}].
  failures json not null default '[]',
  create_time bigint not null,
  end_time bigint,
  -- Somebody has called it off.
  cancelled boolean not null default false
);
create index bulk_job_open on bulk_job (job_id) where end_time is null;
