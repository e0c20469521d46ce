-- Runs that a step of another run started: iterations of loops and runs of subworkflows.
alter table run
  -- The attempt that hears of its end.
  add column parent_run_key bigint,
  add column parent_ordinal smallint,
  add column parent_attempt smallint,
  -- Of an iteration: ids of the loops that its plan lies in, outermost first, as JSON. Its params are only its own: the others are its parent's.
  add column body text;
create index run_children on run (parent_run_key, parent_ordinal, instance_id) where parent_run_key is not null;
create index run_iteration on run (workflow_id, instance_id, run_id) where body is not null;
