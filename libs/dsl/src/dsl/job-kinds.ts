import type { Raw, RawObject } from '../document/raw.js';
import { canonicalType } from '../model/steps/leaf.js';
import type { Cursor } from '../reading/cursor.js';
import { child, type Path } from '../reading/path.js';
import { readLoopParams } from './loop-params.js';
import type { Origins } from './origins.js';

/** Job is one job on its way to becoming a step. */
export interface Job {
  readonly cursor: Cursor;
  /** Where its step is in the model. */
  readonly model: Path;
  readonly origins: Origins;
  /** Reads its `jobs` and `dag` as the steps of a loop. */
  readonly body: () => readonly Raw[];
}

/** JobKind says how one kind of job becomes a step. */
export interface JobKind {
  /** The kind of step it becomes. */
  readonly step: string;
  /** Keys that mean the same here and in the model, besides those that all jobs have. */
  readonly same: readonly string[];
  /** Keys that `members` and `params` turn into something else. A key in none of these lists is a param. */
  readonly own: readonly string[];
  /** Members of the step that are not simply handed on. */
  readonly members: (job: Job) => RawObject;
  /** Params that are not written as params. */
  readonly params: (job: Job) => Readonly<Record<string, Raw>>;
}

/** What is written under the first of several names of the same thing; two of them are a problem. */
function either(cursor: Cursor, ...names: readonly string[]): Cursor | undefined {
  const [first, second] = names.map((name) => cursor.at(name)).filter((at) => !at.absent);
  second?.fail(`says the same as another key (${names.join(', ')}); keep one of them`);
  return first;
}

const wholeAsText = (raw: Raw | undefined): Raw | undefined => (typeof raw === 'bigint' ? String(raw) : raw);

/**
 * A type that is not built in is the name of a job template, or of a type of workers: it is kept as sub-type, too, and resolved where templates
 * are known.
 */
function leafMembers({ cursor }: Job): RawObject {
  const [type, version] = [cursor.at('type').raw, cursor.at('type_version')];
  const template = version.absent ? {} : { sub_type_version: wholeAsText(version.raw) };
  if (typeof type !== 'string') return { type, ...template };
  const builtIn = new Set(cursor.reading.stepTypes);
  const canonical = canonicalType(type, builtIn);
  return builtIn.has(canonical) ? { type: canonical, ...template } : { type, sub_type: type, ...template };
}

/** A template job becomes the steps of a job template; `type` names it, as in a job. */
function templateMembers({ cursor }: Job): RawObject {
  const version = cursor.at('type_version');
  const named = version.absent ? {} : { sub_type_version: wholeAsText(version.raw) };
  return { sub_type: cursor.at('type').raw, ...named };
}

function subworkflowParams({ cursor, model, origins }: Job): Record<string, Raw> {
  const target = either(cursor, 'workflow_id', 'subworkflow_id') ?? cursor.at('id');
  const params: Record<string, Raw> = {};
  for (const [name, at] of [
    ['subworkflow_id', target],
    ['subworkflow_version', either(cursor, 'version', 'subworkflow_version')],
  ] as const) {
    if (at === undefined || at.absent) continue;
    origins.rewrite(child(child(model, 'params'), name), at.path);
    params[name] = { type: 'STRING', value: wholeAsText(at.raw) };
  }
  return params;
}

function loopParams(ranges: boolean): JobKind['params'] {
  return ({ cursor, model, origins }) => {
    const params = readLoopParams(cursor, model, origins, ranges);
    return params === undefined ? {} : { loop_params: params };
  };
}

function foreachMembers({ cursor, model, origins, body }: Job): RawObject {
  const concurrency = either(cursor, 'concurrency', 'job_concurrency');
  if (concurrency !== undefined) origins.keep(child(model, 'concurrency'), concurrency.path);
  return { concurrency: concurrency?.raw, steps: body() };
}

const LOOP_KEYS = ['loop_params', 'params', 'jobs', 'dag'];

/** JOB_KINDS: the one key of a job's wrapper object says its kind. */
export const JOB_KINDS: Readonly<Record<string, JobKind>> = {
  job: {
    step: 'step',
    same: ['retry_policy'],
    own: ['type', 'type_version'],
    members: leafMembers,
    params: () => ({}),
  },
  subworkflow: {
    step: 'subworkflow',
    same: ['sync', 'explicit_params'],
    own: ['workflow_id', 'subworkflow_id', 'version', 'subworkflow_version'],
    members: () => ({}),
    params: subworkflowParams,
  },
  template: {
    step: 'template',
    same: [],
    own: ['type', 'type_version'],
    members: templateMembers,
    params: () => ({}),
  },
  foreach: {
    step: 'foreach',
    same: ['strict_ordering'],
    own: ['concurrency', 'job_concurrency', 'ranges', ...LOOP_KEYS],
    members: foreachMembers,
    params: loopParams(true),
  },
  while: {
    step: 'while',
    same: ['condition'],
    own: LOOP_KEYS,
    members: ({ body }) => ({ steps: body() }),
    params: loopParams(false),
  },
};
