/** DiffLine is a line of a comparison: in both texts, only in the new one, or only in the old one. */
export interface DiffLine {
  readonly kind: ' ' | '+' | '-';
  readonly text: string;
}

/** Texts that differ in more lines than this are not compared, but replaced: the search is quadratic in it. */
const MAX_CHANGES = 2_000;

/** diffLines is the shortest way from one text to another (Myers, "An O(ND) Difference Algorithm", 1986). */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const trace = search(before, after);
  if (trace === undefined) return [...marked('-', before), ...marked('+', after)];
  return walkBack(before, after, trace);
}

/** The furthest x on each diagonal k = x - y, per number of changes. */
type Frontier = ReadonlyMap<number, number>;

function search(before: readonly string[], after: readonly string[]): Frontier[] | undefined {
  const trace: Frontier[] = [];
  let frontier: Map<number, number> = new Map([[1, 0]]);
  for (let changes = 0; changes <= Math.min(before.length + after.length, MAX_CHANGES); changes++) {
    trace.push(frontier);
    const next = new Map<number, number>();
    for (let k = -changes; k <= changes; k += 2) {
      let x = isDown(frontier, k, changes) ? at(frontier, k + 1) : at(frontier, k - 1) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x += 1;
      next.set(k, x);
      if (x >= before.length && x - k >= after.length) return trace;
    }
    frontier = next;
  }
  return undefined;
}

function isDown(frontier: Frontier, k: number, changes: number): boolean {
  return k === -changes || (k !== changes && at(frontier, k - 1) < at(frontier, k + 1));
}

function at(frontier: Frontier, k: number): number {
  return frontier.get(k) ?? -1;
}

function walkBack(before: readonly string[], after: readonly string[], trace: readonly Frontier[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let [x, y] = [before.length, after.length];
  for (const [changes, frontier] of [...trace.entries()].reverse()) {
    const k = x - y;
    const down = isDown(frontier, k, changes);
    const fromX = at(frontier, down ? k + 1 : k - 1);
    const fromY = fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      lines.push({ kind: ' ', text: before[--x] ?? '' });
      y -= 1;
    }
    if (changes > 0)
      lines.push(down ? { kind: '+', text: after[fromY] ?? '' } : { kind: '-', text: before[fromX] ?? '' });
    [x, y] = [fromX, fromY];
  }
  return lines.reverse();
}

function marked(kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ kind, text }));
}
