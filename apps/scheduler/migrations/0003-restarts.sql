-- Runs that are not the first of their instance.
alter table run
  -- What the restart asked for, the steps that it begins with, and where the steps are that earlier runs have done: exact JSON of the
  -- engine's RestartState, written once.
  add column restart json;
