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
