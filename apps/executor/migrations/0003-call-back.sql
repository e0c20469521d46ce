-- What attempts were told that wait for a call-back.
create table call_back (
  run_key bigint not null,
  ordinal int not null,
  attempt int not null,
  body bytea not null,
  at bigint not null,
  primary key (run_key, ordinal, attempt)
);

create index call_back_at on call_back (at);
