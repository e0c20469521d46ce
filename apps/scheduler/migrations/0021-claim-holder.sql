-- A claim belongs to one incarnation of an executor (`executor#incarnation`): one that is committed after the executor has started anew,
-- or is gone, must not look like a claim of the new one. Claims of before name no incarnation: they are taken for lost, and run again.
alter table claim rename column executor_id to holder;
-- Postgres 18 gives such constraints a name; earlier ones have none.
do $$
begin
  if exists (select from pg_constraint where conname = 'claim_executor_id_not_null' and connamespace = current_schema()::regnamespace) then
    alter table claim rename constraint claim_executor_id_not_null to claim_holder_not_null;
  end if;
end
$$;
