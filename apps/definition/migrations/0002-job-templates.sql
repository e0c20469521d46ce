-- Job templates. Every change is a row, so that what held at a revision can still be read for the runs that began with it.
create table job_template (
  job_type text collate "C" not null,
  version text collate "C" not null,
  -- The number of the change; only grows.
  revision int8 not null,
  tenant text not null,
  -- As libs/dsl writes it; null = deleted by this change.
  document json,
  author text not null,
  change_time int8 not null,
  primary key (job_type, version, revision)
);

-- The number that changes of job templates have reached: taken under the lock of this one row, so that a smaller one never comes later.
create table template_revision (
  singleton boolean primary key default true check (singleton),
  last_revision int8 not null
) with (fillfactor = 10);
insert into template_revision (last_revision) values (1);

-- Whether steps of the version name job templates: only then a start asks for their revision.
alter table workflow_version add column uses_templates boolean not null default false;

-- Of the properties, for what starts and the feed tell: how many steps may run at a time; null = any number.
alter table workflow add column step_concurrency int4;
update workflow set step_concurrency = (properties->>'step_concurrency')::int4;
alter table change add column step_concurrency int4;
