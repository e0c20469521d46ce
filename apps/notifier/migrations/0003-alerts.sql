-- What workflows want to be told of, by their properties of now; a row for every workflow that was asked for or changed.
create table workflow_alerting (
  workflow_id text collate "C" primary key,
  tenant text not null,
  -- Position in definition's feed; a change that is read late does not undo a later one.
  sequence int8 not null,
  -- Null: nothing.
  alerting json
);

-- What was found, each once.
create table alert (
  alert_key int8 generated always as identity primary key,
  dedupe_key text collate "C" not null unique,
  -- Several alerts may be news of one incident.
  incident text collate "C" not null,
  type text collate "C" not null,
  tenant text not null,
  workflow_id text collate "C" not null,
  instance_id int8,
  run_id int8,
  step_id text collate "C",
  summary text not null,
  details json not null,
  -- Whom it is told, addresses filled in, and what is wrong with those that could not be.
  route json not null,
  problems json not null,
  -- OPEN, ACKNOWLEDGED or RESOLVED.
  state text not null,
  -- With which others it is told in one message, and when; null: it was told at once.
  digest_key text collate "C",
  tell_time int8,
  told boolean not null,
  -- The incident that people were told of: that of the digest, when it was told with others.
  told_incident text collate "C",
  create_time int8 not null,
  acknowledge_time int8,
  acknowledged_by text,
  resolve_time int8
);
create index alert_untold on alert (tell_time) where not told;
create index alert_by_digest on alert (digest_key) where not told;
create index alert_open on alert (workflow_id, instance_id) where state <> 'RESOLVED';
create index alert_by_incident on alert (told_incident);
create index alert_by_workflow on alert (workflow_id, alert_key);
create index alert_by_state on alert (state, alert_key);
create index alert_by_age on alert (create_time);

-- What may last too long, and when to look at it next.
create table watch (
  watch_key text collate "C" primary key,
  type text collate "C" not null,
  tenant text not null,
  workflow_id text collate "C" not null,
  instance_id int8,
  run_id int8,
  step_id text collate "C",
  since int8 not null,
  limit_time int8 not null,
  -- While it is being looked at: when another replica may take it for left behind.
  due int8 not null
);
create index watch_due on watch (due);
create index watch_by_subject on watch (workflow_id, instance_id, run_id);

-- How long the latest successes of workflows with a completion time took, and of their steps (empty: the run).
create table duration (
  workflow_id text collate "C" not null,
  step_id text collate "C" not null,
  instance_id int8 not null,
  run_id int8 not null,
  duration_ms int8 not null,
  primary key (workflow_id, step_id, instance_id, run_id)
);
