-- Tokens of attempts, and what their code put through the API before its end.
create table attempt_token (
  hash bytea primary key,
  run_key bigint not null,
  ordinal int not null,
  attempt int not null,
  waits boolean not null,
  created_at bigint not null,
  ended_at bigint
);

create index attempt_token_attempt on attempt_token (run_key, ordinal, attempt);
create index attempt_token_created_at on attempt_token (created_at);

create table output_data (
  run_key bigint not null,
  ordinal int not null,
  attempt int not null,
  params json not null,
  artifacts json not null,
  changed_at bigint not null,
  primary key (run_key, ordinal, attempt)
);

create index output_data_changed_at on output_data (changed_at);
