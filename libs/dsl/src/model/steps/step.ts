import { type Json, type Step, type StepKind, suggestion } from '@maestro/domain';
import { isRawObject } from '../../document/raw.js';
import { lazily, list, type Codec } from '../../reading/codec.js';
import type { Cursor } from '../../reading/cursor.js';
import { foreachWith } from './foreach.js';
import { leaf } from './leaf.js';
import { subworkflow } from './subworkflow.js';
import { template } from './template.js';
import { whileWith } from './while.js';

/** The one key of a step's wrapper object says its kind: `{"foreach": {...}}`. */
const body = lazily(() => steps);
const kinds = { step: leaf, subworkflow, foreach: foreachWith(body), while: whileWith(body), template };
const names = Object.keys(kinds) as StepKind[];

function kindOf(cursor: Cursor): StepKind | undefined {
  if (!isRawObject(cursor.raw)) return cursor.expected(`an object with one key: ${names.join(', ')}`);
  const [key, ...more] = Object.keys(cursor.raw);
  if (key === undefined || more.length > 0) return cursor.fail(`needs exactly one key, the kind: ${names.join(', ')}`);
  const kind = names.find((name) => name === key);
  if (kind === undefined)
    return cursor.fail(`"${key}" is not a kind of step (${names.join(', ')})${suggestion(key, names)}`);
  return isRawObject(cursor.raw[key]) ? kind : cursor.fail(`expected an object under "${key}"`);
}

/** A step that cannot be read keeps its place and id, so that nothing is said about the others because of it. */
function placeholder({ raw }: Cursor): Step {
  const inner = isRawObject(raw) ? Object.values(raw)[0] : undefined;
  const id = isRawObject(inner) ? inner['id'] : undefined;
  return { kind: 'step', id: typeof id === 'string' ? id : '', type: '' };
}

const step: Codec<Step> = {
  read(cursor) {
    const kind = kindOf(cursor);
    const members = kind === undefined ? undefined : kinds[kind].read(cursor.at(kind));
    return kind === undefined || members === undefined ? placeholder(cursor) : ({ kind, ...members } as Step);
  },
  write({ kind, ...members }): Json {
    return { [kind]: (kinds[kind] as Codec<unknown>).write(members) };
  },
};

/** steps: a list of steps, each in the wrapper object that says its kind. */
export const steps: Codec<readonly Step[]> = list(step);
