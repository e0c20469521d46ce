-- What the migrations add up to: read this to learn the tables, change it together with a new migration.
-- A test compares the two.

-- Instants are milliseconds since the epoch. Documents are json, not jsonb: they are sent as they were written.

-- What is to be sent to somebody outside, and what became of it.
create table delivery (
  delivery_key int8 generated always as identity primary key,
  -- The receiver knows a repeat by it: the same message goes to a target once.
  message_id text collate "C" not null,
  -- How it is sent (webhook, email, ..), and to whom, as the channel reads it.
  channel text collate "C" not null,
  target text collate "C" not null,
  -- Which type of event or alert it tells.
  kind text collate "C" not null,
  tenant text not null,
  workflow_id text collate "C",
  payload json not null,
  -- PENDING, DELIVERED or DEAD (tried as often as the settings say, or refused).
  state text not null default 'PENDING',
  attempts int4 not null default 0,
  -- While it is being sent: when another replica may take it for lost.
  next_try int8 not null,
  last_answer text,
  create_time int8 not null,
  -- Since when it has been tried; later than its creation when somebody sent it again.
  pending_since int8 not null,
  settle_time int8,
  constraint delivery_once unique (channel, target, message_id)
) with (fillfactor = 80);
create index delivery_by_target on delivery (channel, target, next_try, delivery_key) where state = 'PENDING';
create index delivery_due on delivery (next_try) where state = 'PENDING';
create index delivery_pending_by_age on delivery (pending_since) where state = 'PENDING';
create index delivery_by_state on delivery (state, delivery_key);
create index delivery_by_workflow on delivery (workflow_id, delivery_key);
create index delivery_by_age on delivery (settle_time) where state <> 'PENDING';

-- How far the definition service's change feed was read.
create table feed_cursor (
  only_one boolean primary key default true check (only_one),
  position int8 not null
);
insert into feed_cursor (position) values (0);

-- URLs that are told of events.
create table webhook (
  webhook_key int8 generated always as identity primary key,
  webhook_id text collate "C" not null unique,
  tenant text collate "C" not null,
  -- Who makes it twice gets the first.
  request_id text collate "C" not null,
  url text not null,
  description text not null,
  -- Sealed: the way it is written says how.
  secret text not null,
  -- Patterns; none = all.
  event_types text[] not null,
  workflow_ids text[] not null,
  disabled boolean not null default false,
  disabled_reason text,
  created_by text not null,
  create_time int8 not null,
  update_time int8 not null,
  constraint webhook_once unique (tenant, request_id)
);

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
create index alert_by_tenant on alert (tenant, alert_key);

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
