import type { RunKey } from '@maestro/domain';

/** Span is the range of run keys that one partition holds: from `first` up to, without, `end`. */
export interface Span {
  readonly first: RunKey;
  readonly end: RunKey;
}

/** Pin says that the runs of a range are needed as long as another run is kept: one that restarted from them. */
export interface Pin {
  readonly by: RunKey;
  readonly first: RunKey;
  readonly last: RunKey;
}

/** Expiry is what the decision about old spans is made from. */
export interface Expiry<S extends Span> {
  /** Spans past their retention, in any order. */
  readonly expired: readonly S[];
  /** Those of them that hold something which is needed whatever becomes of the others. */
  readonly held: ReadonlySet<S>;
  readonly pins: readonly Pin[];
}

/**
 * expendable are the spans that nothing needs: a span that is kept keeps those that its runs restarted from, and these keep further ones in
 * turn.
 */
export function expendable<S extends Span>({ expired, held, pins }: Expiry<S>): S[] {
  let left = expired.filter((span) => !held.has(span));
  for (;;) {
    const active = pins.filter(({ by }) => !left.some((span) => contains(span, by)));
    const next = left.filter((span) => !active.some((pin) => pin.first < span.end && pin.last >= span.first));
    if (next.length === left.length) return next;
    left = next;
  }
}

function contains({ first, end }: Span, runKey: RunKey): boolean {
  return runKey >= first && runKey < end;
}
