import type { Raw, RawObject } from '../document/raw.js';
import type { Cursor } from '../reading/cursor.js';
import { child, type Path } from '../reading/path.js';
import { int64 } from '../reading/scalars.js';
import type { Origins } from './origins.js';
import { placeParams, readParams } from './params.js';

const RANGE_KEYS = ['from', 'to', 'increment'];

function bound(cursor: Cursor, fallback: bigint | undefined): bigint | undefined {
  if (cursor.absent) return fallback ?? cursor.fail('is required');
  return int64(cursor);
}

/** A range is the whole numbers from `from` (0) up to, without, `to`, by `increment` (1). */
function readRange(cursor: Cursor): RawObject | undefined {
  const raw = cursor.object();
  if (raw === undefined) return undefined;
  for (const key of Object.keys(raw))
    if (!RANGE_KEYS.includes(key)) cursor.at(key).fail(`unknown field "${key}"; a range has from, to, increment`);
  const [from, to, by] = [
    bound(cursor.at('from'), 0n),
    bound(cursor.at('to'), undefined),
    bound(cursor.at('increment'), 1n),
  ];
  if (from === undefined || to === undefined || by === undefined) return undefined;
  if (by === 0n) return cursor.at('increment').fail('must not be 0');
  return { type: 'LONG_ARRAY', expression: `Util.intsBetween(${from}, ${to}, ${by})` };
}

function readRanges(cursor: Cursor, model: Path, origins: Origins): Record<string, Raw> {
  const ranges = cursor.absent ? undefined : cursor.object();
  const read = Object.keys(ranges ?? {}).map((name) => {
    origins.rewrite(child(model, name), cursor.at(name).path);
    return [name, readRange(cursor.at(name))] as const;
  });
  return Object.fromEntries(read.filter(([, range]) => range !== undefined)) as Record<string, Raw>;
}

/** readLoopParams reads `loop_params` (or `params`) and, of a foreach, `ranges`; undefined when there are none. */
export function readLoopParams(
  cursor: Cursor,
  model: Path,
  origins: Origins,
  withRanges: boolean,
): RawObject | undefined {
  const [written, other] = [cursor.at('loop_params'), cursor.at('params')];
  if (!written.absent && !other.absent) other.fail('is another name of loop_params; keep one of them');
  const at = written.absent ? other : written;
  const ranges = withRanges ? cursor.at('ranges') : cursor.with(undefined);
  if (at.absent && ranges.absent) return undefined;
  const path = child(child(model, 'params'), 'loop_params');
  origins.rewrite(path, at.absent ? ranges.path : at.path);
  const values = child(path, 'value');
  const explicit = readParams(at, at.absent ? [] : Object.keys(at.object() ?? {}));
  placeParams(explicit, values, origins);
  return { type: 'MAP', value: { ...explicit.params, ...readRanges(ranges, values, origins) } };
}
