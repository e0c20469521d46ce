import { suggestion } from '@maestro/domain';
import { isRawObject } from '../document/raw.js';
import type { Cursor } from '../reading/cursor.js';
import type { Path } from '../reading/path.js';
import { readTransition } from './transition.js';

/** Edges are the successors that a dag gives to a job, and where it says so. */
export interface Edges {
  readonly successors: Readonly<Record<string, string>>;
  readonly path: Path;
}

function sequential(ids: readonly string[], path: Path): Map<string, Edges> {
  return new Map(ids.slice(0, -1).map((id, index) => [id, { successors: { [ids[index + 1] ?? '']: 'true' }, path }]));
}

function byJob(cursor: Cursor, keys: readonly string[], ids: readonly string[]): Map<string, Edges> {
  const edges = new Map<string, Edges>();
  for (const id of keys) {
    const at = cursor.at(id);
    if (!ids.includes(id)) at.fail(`there is no job "${id}" beside this dag${suggestion(id, ids)}`);
    const successors = readTransition(at);
    if (successors !== undefined) edges.set(id, { successors, path: at.path });
  }
  return edges;
}

/** readDag reads `sequential`, `parallel` or transitions by job; a job's own transition goes before it. */
export function readDag(cursor: Cursor, ids: readonly string[]): ReadonlyMap<string, Edges> {
  if (cursor.absent) return new Map();
  if (isRawObject(cursor.raw)) return byJob(cursor, Object.keys(cursor.raw), ids);
  const form = typeof cursor.raw === 'string' ? cursor.raw.toLowerCase() : undefined;
  if (form === 'sequential') return sequential(ids, cursor.path);
  if (form !== 'parallel') cursor.expected('sequential, parallel or an object of transitions by job');
  return new Map();
}
