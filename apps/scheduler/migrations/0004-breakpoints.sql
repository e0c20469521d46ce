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
