import { expendable, type Span } from './expendable.js';

const span = (first: bigint): Span => ({ first, end: first + 10n });
const [OLDEST, OLDER, OLD] = [span(0n), span(10n), span(20n)];
const expired = [OLD, OLDEST, OLDER];

describe('expendable', () => {
  it('gives up all that is expired and that nothing needs', () => {
    expect(expendable({ expired, held: new Set<Span>(), pins: [] })).toEqual(expired);
  });

  it('keeps what is held', () => {
    expect(expendable({ expired, held: new Set([OLDER]), pins: [] })).toEqual([OLD, OLDEST]);
  });

  it('keeps what a kept run restarted from, over all of its time', () => {
    const pins = [{ by: 99n, first: 5n, last: 12n }];
    expect(expendable({ expired, held: new Set<Span>(), pins })).toEqual([OLD]);
  });

  it('keeps nothing for a restart that is given up itself', () => {
    const pins = [{ by: 21n, first: 5n, last: 5n }];
    expect(expendable({ expired, held: new Set<Span>(), pins })).toEqual(expired);
  });

  it('follows restarts of restarts back to the first run', () => {
    const pins = [
      { by: 11n, first: 5n, last: 5n },
      { by: 21n, first: 11n, last: 11n },
      { by: 99n, first: 21n, last: 21n },
    ];
    expect(expendable({ expired, held: new Set<Span>(), pins })).toEqual([]);
  });
});
