import type { RunStrategyRule, WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { WorkflowAfter } from '../../ports/workflow-acts.js';
import type { WorkflowRecord } from '../../ports/workflow-record.js';
import { effectiveStrategy } from '../../ports/effective-strategy.js';
import { propertiesOfText, propertiesText, tagsOfText, tagsText, withoutNul } from './documents.js';

/** WorkflowRow is a row of `workflow`. */
export interface WorkflowRow {
  readonly workflow_key: bigint;
  readonly workflow_id: string;
  readonly tenant: string;
  readonly internal_id: bigint;
  readonly active_version: bigint | null;
  readonly latest_version: bigint;
  readonly properties: string;
  readonly properties_time: bigint;
  readonly properties_author: string;
  readonly run_strategy_rule: RunStrategyRule;
  readonly workflow_concurrency: number;
  readonly name: string | null;
  readonly definition_tags: string;
  readonly revision: bigint;
  readonly removing: boolean;
  readonly create_time: bigint;
  readonly modify_time: bigint;
}

/** WORKFLOW_COLUMNS are the columns of a WorkflowRow, of the table or alias `w`. */
export const WORKFLOW_COLUMNS = [
  'workflow_key, workflow_id, tenant, internal_id, active_version, latest_version, properties, properties_time',
  'properties_author, run_strategy_rule, workflow_concurrency, name, definition_tags, revision, removing',
  'create_time, modify_time',
]
  .join(', ')
  .replace(/\w+/g, (column) => `w.${column}`);

export function workflowRecord(row: WorkflowRow): WorkflowRecord {
  return {
    workflowKey: row.workflow_key,
    workflowId: row.workflow_id,
    tenant: row.tenant,
    internalId: row.internal_id,
    ...(row.active_version === null ? {} : { activeVersion: row.active_version }),
    latestVersion: row.latest_version,
    properties: {
      ...propertiesOfText(row.properties),
      workflowId: row.workflow_id,
      createTime: Number(row.properties_time),
      author: { name: row.properties_author },
    },
    ...(row.name === null ? {} : { name: row.name }),
    definitionTags: tagsOfText(row.definition_tags),
    revision: row.revision,
    removing: row.removing,
    createTime: Number(row.create_time),
    modifyTime: Number(row.modify_time),
  };
}

export function lockWorkflow(workflowId: string): Statement<WorkflowRow> {
  const text = `select ${WORKFLOW_COLUMNS} from workflow w where w.workflow_id = $1 for no key update`;
  return { name: 'lock-workflow', text, values: [workflowId] };
}

export function selectWorkflow(workflowId: string): Statement<WorkflowRow> {
  const text = `select ${WORKFLOW_COLUMNS} from workflow w where w.workflow_id = $1 and not w.removing`;
  return { name: 'select-workflow', text, values: [workflowId] };
}

export function nextIdentity(): Statement<{ readonly workflow_key: bigint; readonly internal_id: bigint }> {
  const text = `select nextval('workflow_key_sequence') as workflow_key, nextval('internal_id_sequence') as internal_id`;
  return { name: 'next-workflow-identity', text };
}

/** insertWorkflow runs after `takeSequence`, whose number becomes the revision. */
export function insertWorkflow(after: WorkflowAfter, searchText: string, now: number): Statement {
  return {
    name: 'insert-workflow',
    text: `insert into workflow (workflow_key, workflow_id, tenant, internal_id, active_version, latest_version, properties,
        properties_time, properties_author, run_strategy_rule, workflow_concurrency, name, owner, definition_tags, tag_names,
        step_concurrency, search_text, create_time, modify_time, revision)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18,
        (select last_sequence from feed where singleton))`,
    values: [
      after.workflowKey,
      after.workflowId,
      after.tenant,
      after.internalId,
      ...stateValues(after),
      searchText,
      now,
    ],
  };
}

/** updateWorkflow runs after `takeSequence`, whose number becomes the revision. An absent search text is kept. */
export function updateWorkflow(after: WorkflowAfter, searchText: string | undefined, now: number): Statement {
  return {
    name: 'update-workflow',
    text: `update workflow set active_version = $2, latest_version = $3, properties = $4, properties_time = $5,
        properties_author = $6, run_strategy_rule = $7, workflow_concurrency = $8, name = $9, owner = $10,
        definition_tags = $11, tag_names = $12, step_concurrency = $13, search_text = coalesce($14, search_text),
        modify_time = $15,
        revision = (select last_sequence from feed where singleton)
      where workflow_key = $1`,
    values: [after.workflowKey, ...stateValues(after), searchText ?? null, now],
  };
}

/** hideWorkflow runs after `takeSequence`. */
export function hideWorkflow(workflowKey: WorkflowKey, now: number): Statement {
  const text = `update workflow set removing = true, modify_time = $2,
      revision = (select last_sequence from feed where singleton) where workflow_key = $1`;
  return { name: 'hide-workflow', text, values: [workflowKey, now] };
}

export function deleteWorkflow(workflowKey: WorkflowKey): Statement {
  const text = 'delete from workflow where workflow_key = $1 and removing';
  return { name: 'delete-workflow', text, values: [workflowKey] };
}

export function selectHidden(): Statement<{ readonly workflow_key: bigint }> {
  return { name: 'select-hidden-workflows', text: 'select workflow_key from workflow where removing' };
}

/** selectNear gives the ids right before and after the given one in their order: what begins like it stands there. */
export function selectNear(workflowId: string): Statement<{ readonly workflow_id: string }> {
  const side = (comparison: '<' | '>', order: 'asc' | 'desc'): string =>
    `(select workflow_id from workflow where workflow_id ${comparison} $1 and not removing order by workflow_id ${order} limit 2)`;
  return {
    name: 'select-near-workflows',
    text: `${side('<', 'desc')} union all ${side('>', 'asc')}`,
    values: [workflowId],
  };
}

function stateValues(after: WorkflowAfter): readonly unknown[] {
  const { properties, definitionTags } = after;
  const { workflowId: _id, createTime, author, ...settings } = properties;
  const strategy = effectiveStrategy(properties);
  const tagNames = new Set([...definitionTags, ...(properties.tags ?? [])].map(({ name }) => name));
  return [
    after.activeVersion ?? null,
    after.latestVersion,
    propertiesText(settings),
    createTime,
    author.name,
    strategy.rule,
    strategy.workflowConcurrency,
    after.name === undefined ? null : withoutNul(after.name),
    withoutNul(properties.owner?.name ?? ''),
    tagsText(definitionTags),
    [...tagNames],
    properties.stepConcurrency ?? null,
  ];
}
