-- What runs, waits or has failed below a run is found among any number of iterations that ended well.
create index run_notable_below on run (parent_run_key, parent_ordinal, instance_id)
  where parent_run_key is not null and (end_time is null or ended_badly);
