import type { Json } from '@maestro/domain';
import { stringifyJson } from '@maestro/dsl';

/** Change is one place where two definitions differ. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `steps.load.params.limit`: steps by their id. */
  readonly path: string;
}

/** changesOf names what differs between two bodies, at the deepest place that both have. */
export function changesOf(before: Json | undefined, after: Json | undefined, path = ''): Change[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ kind: 'added', path }];
  if (after === undefined) return [{ kind: 'removed', path }];
  const [old, now] = [membersOf(before), membersOf(after)];
  if (old === undefined || now === undefined) {
    return stringifyJson(before) === stringifyJson(after) ? [] : [{ kind: 'changed', path }];
  }
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...keys].flatMap((key) => changesOf(old[key], now[key], path === '' ? key : `${path}.${key}`));
}

type Members = Readonly<Record<string, Json | undefined>>;

function membersOf(json: Json): Members | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  return Array.isArray(json) ? stepsById(json as readonly Json[]) : (json as Members);
}

/** A list of steps is compared by id: one more at the start is no change of all that follow. */
function stepsById(list: readonly Json[]): Members | undefined {
  const steps = list.map(stepIn);
  const entries = steps.flatMap((step) => (typeof step?.['id'] === 'string' ? [[step['id'], step] as const] : []));
  return entries.length > 0 && entries.length === list.length ? Object.fromEntries(entries) : undefined;
}

/** A step lies in an object whose one member is its kind. */
function stepIn(item: Json): Members | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const [step, ...more] = Object.values(item as Members);
  const isStep = more.length === 0 && typeof step === 'object' && step !== null && !Array.isArray(step);
  return isStep ? (step as Members) : undefined;
}
