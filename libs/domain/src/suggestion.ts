function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = left[i - 1] === right[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

/** Longer words are compared by their beginning, so that a suggestion never costs more than it is worth. */
const MAX_COMPARED = 64;

/** closest is the known word that is most like what was written; undefined when none is close. */
export function closest(written: string, known: Iterable<string>): string | undefined {
  const wanted = written.slice(0, MAX_COMPARED).toLowerCase();
  let best: string | undefined;
  let least = Math.min(wanted.length - 1, Math.max(2, Math.floor(wanted.length / 3))) + 1;
  for (const word of known) {
    const steps = distance(wanted, word.slice(0, MAX_COMPARED).toLowerCase());
    if (steps < least) [best, least] = [word, steps];
  }
  return best;
}

/** suggestion is `; did you mean "x"?` for the known word closest to what was written, or nothing when none is close. */
export function suggestion(written: string, known: Iterable<string>): string {
  const best = closest(written, known);
  return best === undefined ? '' : `; did you mean "${best}"?`;
}
