import type { Statement } from '@maestro/postgres';
import { rowsToAsk, type PageAsk } from '@maestro/service';
import type { AlertFilter } from '../../ports/alerts.js';
import { ALERT_COLUMNS, type AlertRow } from './alert.js';

const MATCHES = `($1::text is null or workflow_id = $1) and (cardinality($2::text[]) = 0 or type = any ($2))
  and (cardinality($3::text[]) = 0 or state = any ($3)) and ($4::int8 is null or create_time >= $4)
  and ($5::int8 is null or create_time < $5) and ($6::text is null or tenant = $6)`;

/** selectAlerts gives the rows of a page, nearest to the cursor first. */
export function selectAlerts(filter: AlertFilter, ask: PageAsk): Statement<AlertRow> {
  const older = ask.direction === 'older';
  const [comparison, order] = older ? ['<', 'desc'] : ['>', 'asc'];
  return {
    name: older ? 'select-alerts' : 'select-newer-alerts',
    text: `select ${ALERT_COLUMNS} from alert where ${MATCHES} and ($7::int8 is null or alert_key ${comparison} $7)
      order by alert_key ${order} limit $8`,
    values: [...valuesOf(filter), ask.cursor ?? null, rowsToAsk(ask)],
  };
}

export function countAlerts(filter: AlertFilter): Statement<{ readonly total: bigint }> {
  return {
    name: 'count-alerts',
    text: `select count(*) as total from alert where ${MATCHES}`,
    values: [...valuesOf(filter)],
  };
}

function valuesOf({ tenant, workflowId, types, states, since, until }: AlertFilter): readonly unknown[] {
  return [workflowId ?? null, types, states, since ?? null, until ?? null, tenant ?? null];
}
