import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { diceOf } from './testing/dice.js';
import { examine } from './testing/examine.js';
import { mutate } from './testing/mutate.js';
import { randomProgram } from './testing/random-program.js';

const VECTORS = JSON.parse(readFileSync(join(__dirname, '../fixtures/sel-vectors.json'), 'utf8')) as readonly {
  readonly expr: string;
}[];
const seed = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });

describe('the language treats any text as it promises', () => {
  it('programs of the whole grammar', () => {
    fc.assert(
      fc.property(seed, (value) => {
        const text = randomProgram(diceOf(value));
        expect({ text, finding: examine(text) }).toEqual({ text, finding: undefined });
      }),
      { numRuns: 500 },
    );
  });

  it('known expressions, changed in some places', () => {
    fc.assert(
      fc.property(seed, (value) => {
        const dice = diceOf(value);
        const [known, other] = [0, 1].map(() => VECTORS[dice.below(VECTORS.length)]?.expr ?? '');
        const text = mutate(dice, known ?? '', other ?? '');
        expect({ text, finding: examine(text) }).toEqual({ text, finding: undefined });
      }),
      { numRuns: 500 },
    );
  });
});
