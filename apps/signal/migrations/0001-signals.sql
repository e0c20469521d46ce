-- Documents are json, not jsonb: they are answered as they were announced. Instants are milliseconds since the epoch.

-- One row per signal name: the lock under which its numbers are given out, and the latest of them.
create table signal_name (
  name text collate "C" primary key,
  last_seq int8 not null default 0
) with (fillfactor = 50);

-- One row per announcement. Dense per name; the instance id makes an announcement idempotent.
create table signal_instance (
  name text collate "C" not null,
  seq_id int8 not null,
  instance_id text collate "C" not null,
  tenant text not null,
  params json not null,
  payload json not null,
  request_time int8 not null,
  create_time int8 not null,
  announced_by text,
  primary key (name, seq_id),
  constraint signal_instance_once unique (name, instance_id)
);

-- What was committed and is not known to be published yet.
create table outbox (
  name text collate "C" not null,
  seq_id int8 not null,
  create_time int8 not null,
  primary key (name, seq_id)
);
create index outbox_by_age on outbox (create_time);
