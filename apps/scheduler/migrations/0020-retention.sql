-- Restarts are few, and retention looks for the runs that they still need.
create index instance_run_again on instance_run (workflow_key, instance_id) where run_id > 1;
