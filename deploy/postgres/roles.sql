-- A role for each service that owns its schema and sees no other. Run by a superuser, with psql 14 or newer, once or again:
--   DEFINITION_PASSWORD=.. SCHEDULER_PASSWORD=.. EXECUTOR_PASSWORD=.. SIGNAL_PASSWORD=.. NOTIFIER_PASSWORD=.. \
--     psql --set ON_ERROR_STOP=1 --file deploy/postgres/roles.sql postgres://postgres@db.example.com/maestro
-- The tables are made by the services themselves (--migrate), as their role.
\set ON_ERROR_STOP on
\getenv definition_password DEFINITION_PASSWORD
\getenv scheduler_password SCHEDULER_PASSWORD
\getenv executor_password EXECUTOR_PASSWORD
\getenv signal_password SIGNAL_PASSWORD
\getenv notifier_password NOTIFIER_PASSWORD

select format('create role maestro_%s login', service)
from unnest(array['definition', 'scheduler', 'executor', 'signal', 'notifier']) service
where not exists (select 1 from pg_roles where rolname = 'maestro_' || service)
\gexec

alter role maestro_definition password :'definition_password';
alter role maestro_scheduler password :'scheduler_password';
alter role maestro_executor password :'executor_password';
alter role maestro_signal password :'signal_password';
alter role maestro_notifier password :'notifier_password';

-- Nobody enters this database but these, and nobody puts anything beside the five schemas.
revoke all on database :"DBNAME" from public;
revoke all on schema public from public;
grant connect on database :"DBNAME" to maestro_definition, maestro_scheduler, maestro_executor, maestro_signal, maestro_notifier;

create schema if not exists definition authorization maestro_definition;
create schema if not exists scheduler authorization maestro_scheduler;
create schema if not exists executor authorization maestro_executor;
create schema if not exists signal authorization maestro_signal;
create schema if not exists notifier authorization maestro_notifier;
