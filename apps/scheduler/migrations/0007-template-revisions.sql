-- A version that uses job templates is copied with them, once for each revision that a run has begun with; 0 = it uses none.
alter table definition_copy add column template_revision bigint not null default 0;
alter table definition_copy drop constraint definition_copy_pkey;
alter table definition_copy add primary key (workflow_key, version, template_revision);
