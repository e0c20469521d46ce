import type { MatchOperator, SignalParamValue } from '@maestro/domain';

/** holds says whether `actual operator wanted` is true. Text and whole numbers never match each other (part 2, §3.1). */
export function holds(
  actual: SignalParamValue | undefined,
  operator: MatchOperator,
  wanted: SignalParamValue,
): boolean {
  if (typeof actual !== typeof wanted || actual === undefined) return false;
  const order = typeof actual === 'bigint' ? compare(actual, wanted) : compareText(actual, wanted as string);
  switch (operator) {
    case '=':
      return order === 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
  }
}

function compare<T>(left: T, right: T): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** By code points, as databases with the collation "C" order UTF-8: JavaScript itself orders surrogates before U+E000. */
function compareText(left: string, right: string): number {
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
  for (let at = 0; at < shorter.length; at += 1) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? compare(a, b) : compare(isSurrogate(a), isSurrogate(b));
  }
  return shorter.length === longer.length ? 0 : shorter === left ? -1 : 1;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
