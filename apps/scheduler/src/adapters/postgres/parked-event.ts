import type { Statement } from '@maestro/postgres';
import type { RunKey } from '@maestro/domain';

/** Park a run: its error is visible, its events wait. */
export function parkRun(runKey: RunKey, reason: string, events: readonly string[]): Statement {
  return {
    name: 'run-park',
    text: `with parked as (update run set parked_reason = coalesce(parked_reason, $2), ver = ver + 1 where run_key = $1)
           insert into parked_event (run_key, event) select $1, e::json from unnest($3::text[]) e`,
    values: [runKey, reason, events],
  };
}

/** Let a parked run go on; answers the events that waited, oldest first. */
export function unparkRun(runKey: RunKey): Statement<{ event: string }> {
  return {
    name: 'run-unpark',
    text: `with freed as (update run set parked_reason = null, ver = ver + 1 where run_key = $1),
                taken as (delete from parked_event where run_key = $1 returning id, event)
           select event from taken order by id`,
    values: [runKey],
  };
}
