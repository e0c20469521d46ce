import { suggestion } from '@maestro/domain';
import { isRawObject, type Raw, type RawObject } from '../document/raw.js';
import type { Cursor } from '../reading/cursor.js';
import { child, pathOf } from '../reading/path.js';
import { handedOn, readJobs } from './jobs.js';
import { Origins } from './origins.js';
import { placeParams, readParams } from './params.js';

/** Keys of the root beside the workflow; they mean the same as in JSON. */
const ROOT_KEYS = ['is_active', 'git_info'];
/** Keys of the workflow that mean the same here and in the model. */
const SAME = [
  'id',
  'name',
  'description',
  'tags',
  'timeout',
  'criticality',
  'instance_step_concurrency',
  'time_triggers',
  'signal_triggers',
];
/** Keys that become properties. */
const PROPERTIES = ['owner', 'step_concurrency', 'alerting'];
const OWN = ['run_strategy', 'workflow_concurrency', 'jobs', 'dag'];
/** What the DSL has always generated when nothing is said. Its hidden step_concurrency of 20 is not taken over. */
const DEFAULT_RULE = 'SEQUENTIAL';

const ROOTS = ['workflow', 'Workflow'];

function rootOf(raw: Raw): string | undefined {
  return isRawObject(raw) ? ROOTS.find((key) => Object.hasOwn(raw, key)) : undefined;
}

/** isDsl: the root is a workflow of jobs. Otherwise the document is in the plain model. */
export function isDsl(raw: Raw): boolean {
  const root = rootOf(raw);
  if (root === undefined || !isRawObject(raw)) return false;
  const workflow = raw[root];
  return (
    root === 'Workflow' ||
    (isRawObject(workflow) && Object.hasOwn(workflow, 'jobs') && !Object.hasOwn(workflow, 'steps'))
  );
}

function runStrategy(cursor: Cursor): Raw {
  const [strategy, concurrency] = [cursor.at('run_strategy'), cursor.at('workflow_concurrency')];
  if (concurrency.absent) return strategy.raw ?? DEFAULT_RULE;
  if (!strategy.absent && typeof strategy.raw !== 'string') {
    concurrency.fail('is already said by run_strategy; keep one of them');
    return strategy.raw ?? DEFAULT_RULE;
  }
  return { rule: strategy.raw ?? DEFAULT_RULE, workflow_concurrency: concurrency.raw };
}

function properties(cursor: Cursor, origins: Origins): RawObject {
  const model = pathOf('properties');
  for (const key of PROPERTIES) origins.keep(child(model, key), cursor.at(key).path);
  const strategy = child(model, 'run_strategy');
  origins.rewrite(strategy, cursor.at('run_strategy').path);
  const concurrency = cursor.at('workflow_concurrency');
  if (!concurrency.absent) origins.keep(child(strategy, 'workflow_concurrency'), concurrency.path);
  return {
    ...handedOn(cursor, PROPERTIES),
    run_strategy: runStrategy(cursor),
  };
}

function rejectUnknown(cursor: Cursor, root: string): void {
  const known = [root, ...ROOT_KEYS];
  for (const key of Object.keys(cursor.raw as RawObject))
    if (!known.includes(key)) cursor.at(key).fail(`unknown field "${key}"${suggestion(key, known)}`);
}

/** Translation is a DSL document as a document of the model, and where its parts came from. */
export interface Translation {
  readonly raw: RawObject;
  readonly origins: Origins;
}

/**
 * translate turns a document in the DSL into one of the plain model, which is then read like any other. Besides the
 * original's keys the DSL knows those that JSON has, by the same names: retry_policy, signal_dependencies,
 * signal_outputs, strict_ordering, time_triggers, signal_triggers, alerting, step_concurrency, instance_step_concurrency,
 * and beside the workflow git_info and is_active.
 */
export function translate(cursor: Cursor): Translation {
  const origins = new Origins();
  const root = rootOf(cursor.raw as Raw) ?? 'workflow';
  rejectUnknown(cursor, root);
  const at = cursor.at(root);
  const model = pathOf('workflow');
  origins.keep(model, at.path);
  const known = [...SAME, ...PROPERTIES, ...OWN];
  const params = readParams(
    at,
    Object.keys(at.object() ?? {}).filter((key) => !known.includes(key)),
  );
  placeParams(params, child(model, 'params'), origins);
  const workflow = {
    ...handedOn(at, SAME),
    ...(Object.keys(params.params).length > 0 && { params: params.params }),
    steps: readJobs(at, model, origins),
  };
  return {
    raw: { properties: properties(at, origins), workflow, is_active: true, ...handedOn(cursor, ROOT_KEYS) },
    origins,
  };
}
