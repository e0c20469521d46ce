import type { Evaluator } from '@maestro/evaluation';
import { evaluateCondition, evaluateParams, type Failed } from '@maestro/params';
import { createCompiler, PRESETS, seededRandom } from '@maestro/sel';
import type { Owner, World } from './world.js';

const compiler = createCompiler({ cacheSize: 10_000 });
const EXHAUSTED: Failed = {
  kind: 'error',
  violations: [{ path: '', message: 'needs more than the limits allow', kind: 'limit' }],
};

/** simulatedEvaluator evaluates with full limits, a while after it was asked. */
export function simulatedEvaluator(world: World, owner: Owner): Evaluator {
  const later = <T>(work: () => T): Promise<T> =>
    new Promise((resolve) =>
      world.after(world.random.between(0.2, 20), 'an evaluation ends', owner, () => resolve(work())),
    );
  return {
    params: (task) =>
      later(() => {
        const { definitions, defaults = {}, scope, at, seed } = task;
        const environment = { nowMs: at, random: seededRandom(seed) };
        const limits = PRESETS.FULL;
        const outcome = evaluateParams({ definitions, defaults, scope, at, compiler, limits, environment });
        return outcome.kind === 'exhausted' ? EXHAUSTED : outcome;
      }),
    conditions: ({ conditions, scope, at, seed }) =>
      later(() =>
        conditions.map(({ text, path }) => {
          const environment = { nowMs: at, random: seededRandom(seed) };
          const outcome = evaluateCondition(text, scope, { compiler, limits: PRESETS.FULL, path, environment });
          return outcome.kind === 'exhausted' ? EXHAUSTED : outcome;
        }),
      ),
    expression: () => Promise.reject(new Error('the scheduler asks for no bare expressions')),
  };
}
