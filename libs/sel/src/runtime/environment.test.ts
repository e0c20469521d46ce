import { compile } from '../language/compiler.js';
import { NO_ENVIRONMENT, seededRandom } from './environment.js';
import { evaluate } from './evaluate.js';
import { PRESETS } from './limits.js';

const NO_NAMES = { lookup: () => undefined, call: () => null };

describe('seededRandom', () => {
  const some = (seed: bigint): number[] => Array.from({ length: 1_000 }, seededRandom(seed));

  it('gives the same numbers for the same seed, and others for another', () => {
    expect(some(7n)).toEqual(some(7n));
    expect(some(7n)).not.toEqual(some(8n));
  });

  it('gives numbers of [0, 1) that are spread evenly', () => {
    const numbers = some(-1n);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  });
});

describe('without an environment', () => {
  it.each(['new DateTime()', 'System.currentTimeMillis()', 'Math.random()', 'UUID.randomUUID()'])(
    '%s is an error that says so',
    (text) => {
      const outcome = evaluate(compile(text), NO_NAMES, PRESETS.IN_PLACE, NO_ENVIRONMENT);
      expect(outcome).toMatchObject({ kind: 'error', error: { kind: 'host' } });
    },
  );

  it('what needs neither time nor chance works', () => {
    const outcome = evaluate(compile("new DateTime('2024-01-01').getMillis()"), NO_NAMES, PRESETS.IN_PLACE);
    expect(outcome).toEqual({ kind: 'value', value: 1_704_067_200_000n });
  });
});
