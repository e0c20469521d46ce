-- Iterations that are under way or have not ended well are found among any number of others. A column of its own, whose value changes only
-- with such an end: an index over the status would make every change of a status move the row's entries in all indexes.
alter table run
  add column ended_badly boolean not null generated always as (status in ('FAILED', 'STOPPED', 'TIMED_OUT')) stored;
create index run_iteration_notable on run (workflow_id, instance_id) where body is not null and (end_time is null or ended_badly);
