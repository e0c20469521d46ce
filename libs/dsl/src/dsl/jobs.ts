import { suggestion } from '@maestro/domain';
import { isRawObject, type Raw, type RawObject } from '../document/raw.js';
import type { Cursor } from '../reading/cursor.js';
import { child, type Path } from '../reading/path.js';
import { readDag } from './dag.js';
import { JOB_KINDS, type Job, type JobKind } from './job-kinds.js';
import type { Origins } from './origins.js';
import { placeParams, readParams } from './params.js';
import { readTransition } from './transition.js';

/** Keys that mean the same here and in the model, for every kind of job. */
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
const NAMES = Object.keys(JOB_KINDS);

/** handedOn copies the keys that are written and mean the same in the model. */
export function handedOn(cursor: Cursor, keys: readonly string[]): RawObject {
  return Object.fromEntries(keys.flatMap((key) => (cursor.at(key).absent ? [] : [[key, cursor.at(key).raw]])));
}

function ownTransition({ cursor, model, origins }: Job): RawObject {
  const at = cursor.at('transition');
  if (at.absent || (Array.isArray(at.raw) && at.raw.length === 0)) return {};
  origins.rewrite(child(model, 'transition'), at.path);
  const successors = readTransition(at);
  return successors === undefined ? {} : { transition: { successors } };
}

function readStep(job: Job, kind: JobKind): RawObject {
  const { cursor, model, origins } = job;
  const same = [...COMMON, ...kind.same];
  const known = new Set([...same, ...kind.own, 'transition']);
  const others = Object.keys(cursor.object() ?? {}).filter((key) => !known.has(key));
  const params = readParams(cursor, others);
  placeParams(params, child(model, 'params'), origins);
  const all = { ...kind.params(job), ...params.params };
  const members = { ...handedOn(cursor, same), ...ownTransition(job), ...kind.members(job) };
  return Object.keys(all).length === 0 ? members : { ...members, params: all };
}

function kindOf(cursor: Cursor): string | undefined {
  if (!isRawObject(cursor.raw)) return cursor.expected(`an object with one key: ${NAMES.join(', ')}`);
  const [key, ...more] = Object.keys(cursor.raw);
  if (key === undefined || more.length > 0) return cursor.fail(`needs exactly one key, the kind: ${NAMES.join(', ')}`);
  if (!Object.hasOwn(JOB_KINDS, key))
    return cursor.fail(`"${key}" is not a kind of job (${NAMES.join(', ')})${suggestion(key, NAMES)}`);
  return isRawObject(cursor.raw[key]) ? key : cursor.fail(`expected an object under "${key}"`);
}

/** Read is one job as the step it became. */
interface Read {
  readonly kind: string;
  readonly path: Path;
  readonly step: RawObject;
}

/** A job that cannot be read keeps its place and id, so that nothing is said about the others because of it. */
function unreadable({ raw }: Cursor, path: Path): Read {
  const inner = isRawObject(raw) ? Object.values(raw)[0] : undefined;
  return { kind: 'step', path, step: { id: isRawObject(inner) ? inner['id'] : undefined } };
}

function readJob(cursor: Cursor, model: Path, origins: Origins): Read {
  const key = kindOf(cursor);
  const kind = JOB_KINDS[key ?? ''];
  if (key === undefined || kind === undefined) return unreadable(cursor, model);
  const [at, path] = [cursor.at(key), child(model, kind.step)];
  origins.keep(path, at.path);
  const job: Job = { cursor: at, model: path, origins, body: () => readJobs(at, path, origins) };
  return { kind: kind.step, path, step: readStep(job, kind) };
}

function idOf(step: RawObject): string {
  const id = step['id'];
  return typeof id === 'string' ? id : '';
}

/** readJobs turns `jobs` and `dag` of a workflow or loop into the list of its steps. */
export function readJobs(cursor: Cursor, model: Path, origins: Origins): readonly Raw[] {
  const [at, steps] = [cursor.at('jobs'), child(model, 'steps')];
  origins.keep(steps, at.path);
  if (at.absent) at.fail('is required');
  const items = at.absent ? [] : (at.items() ?? []);
  const jobs = items.map((item, index) => readJob(item, child(steps, index), origins));
  const ids = jobs.map(({ step }) => idOf(step));
  const dag = readDag(cursor.at('dag'), ids);
  return jobs.map(({ kind, path, step }) => {
    const edges = step['transition'] === undefined ? dag.get(idOf(step)) : undefined;
    if (edges === undefined) return { [kind]: step };
    origins.rewrite(child(path, 'transition'), edges.path);
    return { [kind]: { ...step, transition: { successors: edges.successors } } };
  });
}
