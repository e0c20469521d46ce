import type { Statement } from '@maestro/postgres';
import { type PageAsk, rowsToAsk } from '@maestro/service';
import type { Selector } from '../../ports/selector.js';
import type { Incarnation, VersionState } from '../../ports/workflow-reads.js';
import { ACTIVATION_COLUMNS, activationOf, type ActivationRow } from './activation.js';
import { WORKFLOW_COLUMNS, type WorkflowRow } from './workflow.js';
import { VERSION_COLUMNS, versionRecord, type VersionRow } from './workflow-version.js';

/** FoundRow is a workflow with, when the selector names one, its version. */
export type FoundRow = WorkflowRow & ActivationRow & (VersionRow | { readonly version: null });

/** `offset 0` keeps the planner from comparing each version of the workflow with the selector: it looks up one. */
const JOINED = `cross join lateral (select case $2::text when 'active' then w.active_version when 'latest' then w.latest_version
    when 'default' then coalesce(w.active_version, w.latest_version) else ($2::text)::int8 end as version offset 0) as wanted
  left join workflow_version v on v.workflow_key = w.workflow_key and v.version = wanted.version
  left join activation a on a.workflow_key = v.workflow_key and a.version = v.version`;
const COLUMNS = `${WORKFLOW_COLUMNS}, ${VERSION_COLUMNS}, ${ACTIVATION_COLUMNS}`;

export function selectFound(which: Incarnation, selector: Selector): Statement<FoundRow> {
  const byKey = 'workflowKey' in which;
  const condition = byKey ? 'w.workflow_key = $1' : 'w.workflow_id = $1';
  return {
    name: byKey ? 'find-version-by-key' : 'find-version-by-id',
    text: `select ${COLUMNS} from workflow w ${JOINED} where ${condition} and not w.removing`,
    values: [byKey ? which.workflowKey : which.workflowId, String(selector)],
  };
}

export function versionState(row: VersionRow & ActivationRow): VersionState {
  const activation = activationOf(row);
  return { version: versionRecord(row), ...(activation === undefined ? {} : { activation }) };
}

/** selectVersions gives the rows of a page, nearest to the cursor first. */
export function selectVersions(workflowKey: bigint, ask: PageAsk): Statement<VersionRow & ActivationRow> {
  const older = ask.direction === 'older';
  const [comparison, order] = older ? ['<', 'desc'] : ['>', 'asc'];
  return {
    name: older ? 'select-older-versions' : 'select-newer-versions',
    text: `select ${VERSION_COLUMNS}, ${ACTIVATION_COLUMNS} from workflow_version v
      left join activation a on a.workflow_key = v.workflow_key and a.version = v.version
      where v.workflow_key = $1 and ($2::int8 is null or v.version ${comparison} $2)
      order by v.version ${order} limit $3`,
    values: [workflowKey, ask.cursor ?? null, rowsToAsk(ask)],
  };
}
