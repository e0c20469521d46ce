import type { Statement } from '@maestro/postgres';
import { type PageAsk, rowsToAsk } from '@maestro/service';
import type { WorkflowFilter } from '../../ports/workflow-reads.js';
import { withoutNul } from './documents.js';
import { WORKFLOW_COLUMNS, type WorkflowRow } from './workflow.js';

const MATCHES = `not w.removing
  and ($1::text is null or strpos(w.search_text, $1) > 0)
  and ($2::text is null or w.owner = $2)
  and ($3::text is null or $3 = any (w.tag_names))
  and ($4::text is null or w.tenant = $4)
  and ($5::boolean is null or (w.active_version is not null) = $5)`;

/** selectWorkflows gives the rows of a page, nearest to the cursor first. */
export function selectWorkflows(filter: WorkflowFilter, ask: PageAsk): Statement<WorkflowRow> {
  const older = ask.direction === 'older';
  const [comparison, order] = older ? ['<', 'desc'] : ['>', 'asc'];
  return {
    name: older ? 'select-older-workflows' : 'select-newer-workflows',
    text: `select ${WORKFLOW_COLUMNS} from workflow w
      where ${MATCHES} and ($6::int8 is null or w.revision ${comparison} $6)
      order by w.revision ${order} limit $7`,
    values: [...filterValues(filter), ask.cursor ?? null, rowsToAsk(ask)],
  };
}

export function countWorkflows(filter: WorkflowFilter): Statement<{ readonly total: bigint }> {
  const text = `select count(*) as total from workflow w where ${MATCHES}`;
  return { name: 'count-workflows', text, values: filterValues(filter) };
}

function filterValues({ text, owner, tag, tenant, active }: WorkflowFilter): readonly unknown[] {
  const searched = text === undefined ? null : withoutNul(text.toLowerCase());
  return [searched, owner ?? null, tag ?? null, tenant ?? null, active ?? null];
}
