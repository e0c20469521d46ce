import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { createCompiler, dataText } from '@maestro/sel';
import { evaluationWorker } from '@maestro/testing';
import { EvaluationPool } from './evaluation-pool.js';
import { inPlaceFirst } from './in-place-first.js';
import type { ExpressionAnswer, ExpressionTask } from './task.js';

interface Attack {
  readonly name: string;
  readonly text?: string;
  readonly parts?: readonly (readonly [string, number])[];
  readonly ends: 'limit' | 'error' | 'any';
}
interface Attacks {
  readonly attacks: readonly Attack[];
  readonly afterwards: readonly { readonly text: string; readonly value: string }[];
}

const { attacks, afterwards } = JSON.parse(
  readFileSync(join(__dirname, '../fixtures/attacks.json'), 'utf8'),
) as Attacks;
const textOf = ({ text, parts = [] }: Attack): string => text ?? parts.map(([part, n]) => part.repeat(n)).join('');

/** The promise of this library, in milliseconds. */
const LONGEST_STALL = 50;
/** The machine may be busy with other tests: the best of a few tries counts. */
const TRIES = 5;

jest.setTimeout(60_000);

/** As services evaluate: in their own thread what is cheap, in a worker with full limits what is not. */
const workers = new EvaluationPool({ script: evaluationWorker() });
const evaluator = inPlaceFirst(workers, createCompiler({ cacheSize: 10 }));
afterAll(() => workers.close());

const NOTHING_ELSE = { path: 'x', variables: new Map([['a', 1n]]), at: 0, seed: 1n, owner: 'hostile' };

/** One attack, and the longest time for which this thread did not turn to anything else. */
async function stallOf(text: string): Promise<{ readonly stall: number; readonly answer: ExpressionAnswer }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await wait(3);
  const answer = await evaluator.expression({ ...NOTHING_ELSE, text });
  await wait(3);
  delay.disable();
  return { stall: delay.max / 1e6, answer };
}

test.each(attacks)('$name: the event loop goes on', async (attack) => {
  let best = Infinity;
  for (let tries = 0; tries < TRIES && best >= LONGEST_STALL; tries += 1) {
    const { stall, answer } = await stallOf(textOf(attack));
    expect(endOf(answer)).toEqual(attack.ends === 'any' ? expect.any(String) : attack.ends);
    best = Math.min(best, stall);
  }
  expect(best).toBeLessThan(LONGEST_STALL);
});

function endOf(answer: ExpressionAnswer): Attack['ends'] | 'value' {
  if (answer.kind === 'value') return 'value';
  return answer.violations[0]?.kind === 'limit' ? 'limit' : 'error';
}

test('quick evaluations in the same workers are answered while all attacks are under way', async () => {
  const pool = new EvaluationPool({ script: evaluationWorker() });
  const task = (text: string, owner: string): ExpressionTask => ({ ...NOTHING_ELSE, text, owner });
  const hostile = Promise.allSettled(attacks.map((attack) => pool.expression(task(textOf(attack), attack.name))));
  for (let round = 0; round < 10; round += 1) {
    const answer = await pool.expression(task(`${round} * 2`, 'quick'));
    expect(answer).toEqual({ kind: 'value', value: BigInt(round * 2), type: 'LONG' });
  }
  await pool.close();
  expect((await hostile).some(({ status }) => status === 'rejected')).toBe(true);
});

test.each(afterwards)(
  'after all attacks $text still is $value, in place and in the workers',
  async ({ text, value }) => {
    const task = { ...NOTHING_ELSE, text };
    for (const answer of [await evaluator.expression(task), await workers.expression(task)]) {
      if (answer.kind !== 'value' || answer.value === undefined) throw new Error(JSON.stringify(answer));
      expect(dataText(answer.value)).toBe(value);
    }
  },
);
