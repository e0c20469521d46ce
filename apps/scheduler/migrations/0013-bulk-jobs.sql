-- Acts on many instances of a workflow: each goes on where it stands when the replica that works on it dies.
create table bulk_job (
  job_id bigint generated always as identity primary key,
  request_id text not null unique,
  -- What is to be done, to which instances, and who asked for it; exact JSON.
  ask json not null,
  -- Who works on it, and until when unless it says so again.
  owner text,
  expires_at bigint not null default 0,
  -- The instances up to here are done; null = none yet.
  cursor bigint,
  total bigint,
  done bigint not null default 0,
  passed_over bigint not null default 0,
  failed bigint not null default 0,
  -- The first that it was refused for: [{instance, code, message}].
  failures json not null default '[]',
  create_time bigint not null,
  end_time bigint,
  -- Somebody has called it off.
  cancelled boolean not null default false
);
create index bulk_job_open on bulk_job (job_id) where end_time is null;
