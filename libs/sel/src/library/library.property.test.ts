import fc from 'fast-check';
import type { SelData } from '../runtime/data.js';
import { PRESETS } from '../runtime/limits.js';
import { run } from '../testing/run.js';
import type { LibraryClass, Members } from './library-class.js';
import { LIBRARY } from './library.js';

interface Member {
  /** What stands before the name: a class, or undefined for a method of a value. */
  readonly owner: string | undefined;
  readonly name: string;
  readonly count: number | undefined;
}

function membersOf({ names, statics, methods }: LibraryClass): Member[] {
  const of = (owner: string | undefined, members: Members = {}): Member[] =>
    Object.keys(members).map((key) => {
      const [name = '', count = ''] = key.split('/');
      return { owner, name, count: count === '*' ? undefined : Number(count) };
    });
  return [...of(names[0], statics), ...of(undefined, methods)];
}

const SPECIAL = Array.from('abAB01.,$%{}()[]|*+?^\\-<>:=!& \n"\'dswpQEbZuxkifnge#');

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...SPECIAL), maxLength: 30 }),
  fc.constantFrom('%08d', '%-5s', '%.3f', '20240501', '(a*)*b', '[{"a":[1]}]', 'UTC', 'yyyy-MM-dd', '1 day'),
);
const long = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -3n, max: 12n }));
const scalar = fc.oneof(text, long, fc.double(), fc.boolean());
const array = fc.oneof(
  fc.array(text, { maxLength: 5 }),
  fc.array(long, { maxLength: 5 }),
  fc.array(fc.double(), { maxLength: 5 }),
);
const map = fc.array(fc.tuple(text, fc.oneof(scalar, array)), { maxLength: 4 }).map((entries) => new Map(entries));
const data: fc.Arbitrary<SelData> = fc.oneof({ weight: 4, arbitrary: scalar }, array, map, fc.constant(null));
const made = fc.constantFrom('new DateTime(0)', 'UUID.randomUUID()', 'new Map()', 'new String[2]', 'DateTimeZone.UTC');

const call = fc
  .record({
    member: fc.constantFrom(...LIBRARY.flatMap(membersOf)),
    args: fc.array(data, { minLength: 6, maxLength: 6 }),
    receiver: fc.oneof({ weight: 4, arbitrary: fc.constant('v5') }, made),
    first: fc.option(made, { freq: 8 }),
    spare: fc.nat(3),
  })
  .map(({ member, args, receiver, first, spare }) => {
    const names = Array.from({ length: Math.min(member.count ?? spare, 5) }, (_, index) => `v${index}`);
    const shown = names.map((name, index) => (index === 0 ? (first ?? name) : name)).join(', ');
    const values = Object.fromEntries(args.map((value, index) => [`v${index}`, value]));
    return { expr: `${member.owner ?? receiver}.${member.name}(${shown})`, values };
  });

const shown = (outcome: unknown): string =>
  JSON.stringify(outcome, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    return value instanceof Map ? [...value] : value;
  });

describe('any member with any arguments', () => {
  it('gives a value, an error of the language or exhausts its limits, and the same again', () => {
    fc.assert(
      fc.property(call, ({ expr, values }) => {
        const outcome = run(expr, { values, limits: PRESETS.IN_PLACE });
        expect(['value', 'error', 'exhausted']).toContain(outcome.kind);
        expect(shown(run(expr, { values, limits: PRESETS.IN_PLACE }))).toBe(shown(outcome));
      }),
      { numRuns: 3_000 },
    );
  });
});
