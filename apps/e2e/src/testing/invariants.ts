import { waitUntil } from '@maestro/testing';
import type { System } from './system.js';

/** What must not be left once every run has ended; each answers rows that are wrong. */
const LEFTOVERS: Readonly<Record<string, string>> = {
  'runs that have not ended': 'select workflow_id, instance_id, status from scheduler.run where end_time is null',
  'parked runs': 'select workflow_id, parked_reason from scheduler.run where parked_reason is not null',
  'counted as running or queued':
    'select workflow_id, running, queued from scheduler.workflow_queue where running <> 0 or queued <> 0',
  'queue entries': 'select * from scheduler.queue_entry',
  wakeups: 'select * from scheduler.wakeup',
  claims: 'select * from scheduler.claim',
  'ready attempts': 'select * from scheduler.ready',
  permits: 'select run_key, ordinal, attempt, tag, granted from scheduler.permit',
  'tags with permits that nobody has': 'select tenant, name, held from scheduler.permit_tag where held <> 0',
  'pending actions': 'select * from scheduler.pending_action',
  'parked events': 'select * from scheduler.parked_event',
  'unsent messages': 'select batch_id, writer from scheduler.outbox',
  'steps that have not ended': `select run_key, ordinal, attempt, status from scheduler.step where status not in
    ('SUCCEEDED', 'FATALLY_FAILED', 'INTERNALLY_FAILED', 'USER_FAILED', 'PLATFORM_FAILED', 'TIMED_OUT',
     'TIMEOUT_FAILED', 'STOPPED', 'SKIPPED', 'UNSATISFIED', 'COMPLETED_WITH_ERROR', 'DISABLED')`,
  'counts that are not the sum of the latest attempts': `
    with latest as (select distinct on (run_key, ordinal) run_key, status from scheduler.step
                    order by run_key, ordinal, attempt desc),
         folded as (select run_key, status, count(*)::int as n from latest group by run_key, status),
         counted as (select run_key, key as status, value::int as n from scheduler.run, json_each_text(progress->'counts')
                     where value::int <> 0)
    (select 'step' as of, * from folded except select 'step', * from counted)
    union all (select 'run' as of, * from counted except select 'run', * from folded)`,
  'two runs of one number': `select workflow_id, workflow_key, instance_id, run_id, count(*) from scheduler.run
    group by workflow_id, workflow_key, instance_id, run_id having count(*) > 1`,
};

async function leftovers(system: System): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, sql] of Object.entries(LEFTOVERS)) {
    const rows = await system.sql(sql);
    if (rows.length > 0) found[name] = rows.slice(0, 3);
  }
  return found;
}

/**
 * expectNothingLeft holds the database against the invariants of a system at rest; what a loop clears by itself (sent
 * messages, released claims) has some seconds.
 */
export async function expectNothingLeft(system: System): Promise<void> {
  const nothing = async (): Promise<boolean> => {
    const found = await leftovers(system);
    if (Object.keys(found).length === 0) return true;
    throw new Error(JSON.stringify(found));
  };
  await waitUntil(nothing, { timeoutMs: 20_000, describe: 'nothing is left of runs that ended' });
}
