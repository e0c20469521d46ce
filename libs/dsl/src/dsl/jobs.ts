import { isRawObject, type Raw, type RawObject } from '../document/raw.js';
import { canonicalType } from '../model/steps/leaf.js';
import type { Cursor } from '../reading/cursor.js';
import { child, type Path } from '../reading/path.js';
import { suggestion } from '../reading/suggestion.js';
import { readDag } from './dag.js';
import { readLoopParams } from './loop-params.js';
import type { Origins } from './origins.js';
import { placeParams, readParams } from './params.js';
import { readTransition } from './transition.js';

/** Keys that mean the same here and in the model, and are handed on as they are. */
const COMMON = [
  'id',
  'name',
  'description',
  'failure_mode',
  'tags',
  'timeout',
  'signal_dependencies',
  'signal_outputs',
];

/** JobKind says how one kind of job becomes a step. */
interface JobKind {
  /** The kind of step it becomes. */
  readonly step: string;
  /** Keys that are handed on, besides the common ones. */
  readonly same: readonly string[];
  /** Keys that `members` or `params` turn into something else. Every key of neither list is a param. */
  readonly own: readonly string[];
  readonly members: (cursor: Cursor, model: Path, origins: Origins) => RawObject;
  readonly params: (cursor: Cursor, model: Path, origins: Origins) => Readonly<Record<string, Raw>>;
}

const none = (): RawObject => ({});

/** A value under the first of its names that is written; two of them are a problem. */
function either(cursor: Cursor, ...names: readonly string[]): Cursor | undefined {
  const [first, second] = names.map((name) => cursor.at(name)).filter((at) => !at.absent);
  second?.fail(`says the same as another key (${names.join(', ')}); keep one of them`);
  return first;
}

/** An unknown type is the name of a job template: it is kept as sub-type, and resolved when the template is known. */
function typeMembers(cursor: Cursor): RawObject {
  const [type, version] = [cursor.at('type').raw, cursor.at('type_version')];
  const versionText = typeof version.raw === 'bigint' ? String(version.raw) : version.raw;
  const template = version.absent ? {} : { sub_type_version: versionText };
  if (typeof type !== 'string') return { type, ...template };
  const { stepTypes } = cursor.reading;
  const canonical = canonicalType(type, stepTypes);
  return stepTypes.has(canonical) ? { type: canonical, ...template } : { type, sub_type: type, ...template };
}

function textParam(cursor: Cursor | undefined, fallback?: Raw): RawObject | undefined {
  const raw = cursor === undefined ? fallback : cursor.raw;
  if (raw === undefined) return undefined;
  return { type: 'STRING', value: typeof raw === 'bigint' ? String(raw) : raw };
}

function subworkflowParams(cursor: Cursor, model: Path, origins: Origins): Readonly<Record<string, Raw>> {
  const target = either(cursor, 'workflow_id', 'subworkflow_id');
  const version = either(cursor, 'version', 'subworkflow_version');
  const params = child(model, 'params');
  origins.rewrite(child(params, 'subworkflow_id'), target?.path ?? cursor.at('id').path);
  if (version !== undefined) origins.rewrite(child(params, 'subworkflow_version'), version.path);
  const [id, at] = [textParam(target, cursor.at('id').raw), textParam(version)];
  return { ...(id && { subworkflow_id: id }), ...(at && { subworkflow_version: at }) };
}

function loopParams(cursor: Cursor, model: Path, origins: Origins): Readonly<Record<string, Raw>> {
  const params = readLoopParams(cursor, model, origins);
  return params === undefined ? {} : { loop_params: params };
}

function foreachMembers(cursor: Cursor, model: Path, origins: Origins): RawObject {
  const concurrency = either(cursor, 'concurrency', 'job_concurrency');
  if (concurrency !== undefined) origins.keep(child(model, 'concurrency'), concurrency.path);
  return { concurrency: concurrency?.raw, steps: readJobs(cursor, model, origins) };
}

const LOOP_KEYS = ['loop_params', 'params', 'jobs', 'dag'];

const KINDS: Readonly<Record<string, JobKind>> = {
  job: {
    step: 'step',
    same: ['retry_policy'],
    own: ['type', 'type_version'],
    members: typeMembers,
    params: none as JobKind['params'],
  },
  subworkflow: {
    step: 'subworkflow',
    same: ['sync', 'explicit_params'],
    own: ['workflow_id', 'subworkflow_id', 'version', 'subworkflow_version'],
    members: none,
    params: subworkflowParams,
  },
  foreach: {
    step: 'foreach',
    same: ['strict_ordering'],
    own: ['concurrency', 'job_concurrency', 'ranges', ...LOOP_KEYS],
    members: foreachMembers,
    params: loopParams,
  },
  while: {
    step: 'while',
    same: ['condition'],
    own: LOOP_KEYS,
    members: (cursor, model, origins) => ({ steps: readJobs(cursor, model, origins) }),
    params: loopParams,
  },
};
const NAMES = Object.keys(KINDS);

function handedOn(cursor: Cursor, keys: readonly string[]): RawObject {
  return Object.fromEntries(keys.flatMap((key) => (cursor.at(key).absent ? [] : [[key, cursor.at(key).raw]])));
}

function ownTransition(cursor: Cursor, model: Path, origins: Origins): RawObject {
  const at = cursor.at('transition');
  if (at.absent || (Array.isArray(at.raw) && at.raw.length === 0)) return {};
  origins.rewrite(child(model, 'transition'), at.path);
  const successors = readTransition(at);
  return successors === undefined ? {} : { transition: { successors } };
}

function readStep(cursor: Cursor, kind: JobKind, model: Path, origins: Origins): RawObject {
  const same = [...COMMON, ...kind.same];
  const known = [...same, ...kind.own, 'transition'];
  const params = readParams(
    cursor,
    Object.keys(cursor.object() ?? {}).filter((key) => !known.includes(key)),
  );
  placeParams(params, child(model, 'params'), origins);
  const all = { ...kind.params(cursor, model, origins), ...params.params };
  return {
    ...handedOn(cursor, same),
    ...ownTransition(cursor, model, origins),
    ...kind.members(cursor, model, origins),
    ...(Object.keys(all).length > 0 && { params: all }),
  };
}

function kindOf(cursor: Cursor): string | undefined {
  if (!isRawObject(cursor.raw)) return cursor.expected(`an object with one key: ${NAMES.join(', ')}`);
  const [key, ...more] = Object.keys(cursor.raw);
  if (key === undefined || more.length > 0) return cursor.fail(`needs exactly one key, the kind: ${NAMES.join(', ')}`);
  return Object.hasOwn(KINDS, key)
    ? key
    : cursor.at(key).fail(`"${key}" is not a kind of job (${NAMES.join(', ')})${suggestion(key, NAMES)}`);
}

/** Read is one job as the step it became. */
interface Read {
  readonly kind: string;
  readonly path: Path;
  readonly step: RawObject;
}

function readJob(cursor: Cursor, model: Path, origins: Origins): Read {
  const key = kindOf(cursor);
  const kind = KINDS[key ?? ''];
  if (key === undefined || kind === undefined) return { kind: 'step', path: model, step: {} };
  const path = child(model, kind.step);
  origins.keep(path, cursor.at(key).path);
  return { kind: kind.step, path, step: readStep(cursor.at(key), kind, path, origins) };
}

/** readJobs turns `jobs` and `dag` of a workflow or loop into the list of its steps. */
export function readJobs(cursor: Cursor, model: Path, origins: Origins): readonly Raw[] {
  const [at, steps] = [cursor.at('jobs'), child(model, 'steps')];
  origins.keep(steps, at.path);
  if (at.absent) at.fail('is required');
  const items = at.absent ? [] : (at.items() ?? []);
  const jobs = items.map((item, index) => readJob(item, child(steps, index), origins));
  const ids = jobs.map(({ step }) => (typeof step['id'] === 'string' ? step['id'] : ''));
  const dag = readDag(cursor.at('dag'), ids);
  return jobs.map(({ kind, path, step }) => {
    const edges = step['transition'] === undefined ? dag.get(String(step['id'])) : undefined;
    if (edges === undefined) return { [kind]: step };
    origins.rewrite(child(path, 'transition'), edges.path);
    return { [kind]: { ...step, transition: { successors: edges.successors } } };
  });
}
