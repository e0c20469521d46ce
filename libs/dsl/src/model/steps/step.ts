import type { Json, Step, StepKind } from '@maestro/domain';
import { isRawObject } from '../../document/raw.js';
import { lazily, list, type Codec } from '../../reading/codec.js';
import type { Cursor } from '../../reading/cursor.js';
import { suggestion } from '../../reading/suggestion.js';
import { foreachWith } from './foreach.js';
import { leaf } from './leaf.js';
import { subworkflow } from './subworkflow.js';
import { template } from './template.js';
import { whileWith } from './while.js';

/** The one key of a step's wrapper object says its kind: `{"foreach": {...}}`. */
const body = lazily(() => steps);
const kinds = { step: leaf, subworkflow, foreach: foreachWith(body), while: whileWith(body), template };
const names = Object.keys(kinds) as StepKind[];

/** PLACEHOLDER stands for a step that could not be read, so that the others keep their places. */
const PLACEHOLDER: Step = { kind: 'step', id: '', type: '' };

function kindOf(cursor: Cursor): StepKind | undefined {
  if (!isRawObject(cursor.raw)) return cursor.expected(`an object with one key: ${names.join(', ')}`);
  const [key, ...more] = Object.keys(cursor.raw);
  if (key === undefined || more.length > 0) return cursor.fail(`needs exactly one key, the kind: ${names.join(', ')}`);
  const kind = names.find((name) => name === key);
  return kind ?? cursor.at(key).fail(`"${key}" is not a kind of step (${names.join(', ')})${suggestion(key, names)}`);
}

const step: Codec<Step> = {
  read(cursor) {
    const kind = kindOf(cursor);
    if (kind === undefined) return PLACEHOLDER;
    const members = kinds[kind].read(cursor.at(kind));
    return members === undefined ? PLACEHOLDER : ({ kind, ...members } as Step);
  },
  write({ kind, ...members }): Json {
    return { [kind]: (kinds[kind] as Codec<unknown>).write(members) };
  },
};

export const steps: Codec<readonly Step[]> = list(step);
