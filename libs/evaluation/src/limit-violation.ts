import type { ParamViolation } from '@maestro/params';
import type { Limits } from '@maestro/sel';

/** MetLimit is a limit that ended an evaluation: one of the language's own, or one of the worker's. */
export interface MetLimit {
  readonly limit: string;
  /** What asked for too much, where it is known. */
  readonly path: string | undefined;
}

/** Bounds are the limits of an evaluation in numbers. */
export interface Bounds {
  readonly limits: Limits;
  readonly timeoutMs: number;
  readonly heapMegabytes: number;
}

/** limitViolation tells a user which limit was met, how large it is and what to do. */
export function limitViolation({ limit, path }: MetLimit, bounds: Bounds): ParamViolation {
  const message = `needs more than an evaluation may use: ${wording(limit, bounds)}; simplify its expression`;
  return { path: path ?? 'params', message, kind: 'limit' };
}

function wording(limit: string, { limits, timeoutMs, heapMegabytes }: Bounds): string {
  switch (limit) {
    case 'fuel':
      return `the limit is ${limits.fuel} visited nodes (limit "visits")`;
    case 'memory':
      return 'the limit of memory for what it creates is reached (limit "memory")';
    case 'time':
      return `the limit is ${timeoutMs / 1_000} s (limit "time")`;
    case 'heap':
      return `the limit is ${heapMegabytes} MB of memory (limit "heap")`;
    default:
      return `limit "${limit}"`;
  }
}
