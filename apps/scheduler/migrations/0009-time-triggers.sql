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
