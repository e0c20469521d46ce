/** compareResult is Java's compare of ordered values: -1, 0 or 1. */
export function compareResult<T extends bigint | number>(left: T, right: T): bigint {
  if (left === right) return 0n;
  return left < right ? -1n : 1n;
}

/** compareDoubles is Double.compare: -0.0 before 0.0, NaN after everything and equal to itself. */
export function compareDoubles(left: number, right: number): bigint {
  if (left < right) return -1n;
  if (left > right) return 1n;
  return compareResult(rank(left), rank(right));
}

function rank(value: number): number {
  if (Number.isNaN(value)) return 1;
  return Object.is(value, -0) ? -1 : 0;
}
