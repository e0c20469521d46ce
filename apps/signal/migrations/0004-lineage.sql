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
