-- Tags with a limit. A tag without a limit has no row.
create table permit_tag (
  tenant text not null,
  name text not null,
  -- Set by people, the step concurrency of a workflow, or the one of an instance; the last comes and goes with its permits.
  kind text not null check (kind in ('TAG', 'WORKFLOW', 'INSTANCE')),
  -- null = no limit any more: the row goes with the last of its permits.
  max_allowed int check (max_allowed >= 0),
  -- How many permits are granted.
  held int not null default 0 check (held >= 0),
  -- Of a workflow: position in definition's change feed that the limit comes from; only grows.
  revision bigint not null default 0,
  -- What else people have given with the limit.
  extra json not null default '{}',
  modify_time bigint not null,
  primary key (tenant, name)
) with (fillfactor = 50);

-- The order in which permits were asked for.
create sequence permit_seq;

-- One row for each permit of an attempt: held, or waited for. Gone with the attempt.
create table permit (
  run_key bigint not null,
  ordinal smallint not null,
  attempt smallint not null,
  tag text not null,
  tenant text not null,
  step_id text not null,
  -- All that the attempt needs: it gets them together.
  tags text[] not null,
  -- Smallest first; then in the order of seq, which is the same for all tags of the attempt.
  priority smallint not null,
  seq bigint not null,
  granted boolean not null,
  since bigint not null,
  primary key (run_key, ordinal, attempt, tag)
) with (fillfactor = 70);
create index permit_waiting on permit (tenant, tag, priority, seq) where not granted;
create index permit_held on permit (tenant, tag, seq) where granted;

-- Raised with each change of a limit that people or workflows set: tells replicas to read them again.
insert into setting (name, value) values ('permit_revision', '0');
