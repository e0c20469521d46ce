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
