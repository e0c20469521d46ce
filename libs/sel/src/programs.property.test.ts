import fc from 'fast-check';
import { corpus } from './testing/corpus.js';
import { diceOf } from './testing/dice.js';
import { examine } from './testing/examine.js';
import { mutate } from './testing/mutate.js';
import { randomProgram } from './testing/random-program.js';

const CORPUS = corpus();
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
        const text = mutate(dice, dice.one(CORPUS), dice.one(CORPUS));
        expect({ text, finding: examine(text) }).toEqual({ text, finding: undefined });
      }),
      { numRuns: 500 },
    );
  });
});
