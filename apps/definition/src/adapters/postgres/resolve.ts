import type { RunStrategyRule } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { Resolution, Wanted } from '../../ports/workflow-reads.js';

/** ResolutionRow is the answer to one question; nulls where there is no such workflow, or no such version. */
export interface ResolutionRow {
  readonly workflow_key: bigint | null;
  readonly workflow_id: string;
  readonly tenant: string;
  readonly active_version: bigint | null;
  readonly latest_version: bigint;
  readonly run_strategy_rule: RunStrategyRule;
  readonly workflow_concurrency: number;
  readonly revision: bigint;
  readonly version: bigint | null;
  readonly step_concurrency: number | null;
  readonly template_revision: bigint;
}

/** The revision before the first job template: versions are not even asked whether they use some. */
const NO_TEMPLATES = 1;

/** selectResolutions answers all questions in their order. The pointers exist by construction; only numbers are looked up. */
export function selectResolutions(wanted: readonly Wanted[]): Statement<ResolutionRow> {
  return {
    name: 'resolve-versions',
    text: `select w.workflow_key, w.workflow_id, w.tenant, w.active_version, w.latest_version, w.run_strategy_rule,
        w.workflow_concurrency, w.revision, w.step_concurrency, wanted.version,
        case when t.last_revision > ${NO_TEMPLATES} and exists (select from workflow_version u
            where u.workflow_key = w.workflow_key and u.version = wanted.version and u.uses_templates)
          then t.last_revision else 0 end as template_revision
      from unnest($1::text[], $2::text[]) with ordinality as q (workflow_id, selector, place)
      cross join template_revision t
      left join workflow w on w.workflow_id = q.workflow_id collate "C" and not w.removing
      left join lateral (select case q.selector when 'active' then w.active_version when 'latest' then w.latest_version
          when 'default' then coalesce(w.active_version, w.latest_version)
          else (select v.version from workflow_version v
            where v.workflow_key = w.workflow_key and v.version = q.selector::int8) end as version) as wanted on true
      order by q.place`,
    values: [wanted.map(({ workflowId }) => workflowId), wanted.map(({ selector }) => String(selector))],
  };
}

export function resolutionOf(row: ResolutionRow): Resolution | undefined {
  if (row.workflow_key === null) return undefined;
  return {
    workflowKey: row.workflow_key,
    workflowId: row.workflow_id,
    tenant: row.tenant,
    ...(row.active_version === null ? {} : { activeVersion: row.active_version }),
    latestVersion: row.latest_version,
    runStrategy: { rule: row.run_strategy_rule, workflowConcurrency: row.workflow_concurrency },
    revision: row.revision,
    ...(row.version === null ? {} : { version: row.version }),
    ...(row.step_concurrency === null ? {} : { stepConcurrency: row.step_concurrency }),
    templateRevision: row.template_revision,
  };
}
