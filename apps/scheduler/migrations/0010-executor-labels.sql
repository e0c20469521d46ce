-- What steps may choose an executor by.
alter table executor add column labels text[] not null default '{}';
