import { parseArgs } from 'node:util';
import { corpus } from './corpus.js';
import { diceOf, type Dice } from './dice.js';
import { examine, stall } from './examine.js';
import { mutate } from './mutate.js';
import { randomProgram } from './random-program.js';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? '1');
const firstSeed = BigInt(values.seed ?? '1');

const CORPUS = corpus();

/** Half of the texts are programs of the grammar, half are known expressions with changes. */
function textOf(dice: Dice): string {
  if (dice.below(2) === 0) return randomProgram(dice);
  return mutate(dice, dice.below(4) === 0 ? randomProgram(dice) : dice.one(CORPUS), dice.one(CORPUS));
}

/** What stands for the text of a finding in its class: two findings that differ in names and numbers only are one. */
function classOf(finding: string): string {
  return finding.slice(0, 200).replace(/[0-9]+/g, 'N');
}

function fuzz(): number {
  const end = performance.now() + minutes * 60_000;
  const classes = new Set<string>();
  let seed = firstSeed;
  for (; performance.now() < end; seed += 1n) {
    const text = textOf(diceOf(seed));
    const finding = examine(text) ?? stall(text, () => performance.now());
    if (finding === undefined || classes.has(classOf(finding))) continue;
    classes.add(classOf(finding));
    process.stdout.write(`${JSON.stringify({ seed: String(seed), finding, text })}\n`);
  }
  process.stdout.write(`${seed - firstSeed} texts from seed ${firstSeed}, ${classes.size} kinds of findings\n`);
  return classes.size;
}

process.exitCode = fuzz() === 0 ? 0 : 1;
