-- Step types that remote workers run. A row never changes but for `last_seen`, and none is deleted: versions of workflows name them.
create table step_type (
  -- The name in lower case: names count in any case.
  key text collate "C" not null,
  version text collate "C" not null,
  name text not null,
  -- Workflows of only this tenant may use it; empty = all.
  tenant text not null,
  doc text not null,
  -- Param definitions as JSON; their order is that of their evaluation.
  params json not null,
  outputs text[] not null,
  create_time int8 not null,
  last_seen int8 not null,
  primary key (key, version)
);
