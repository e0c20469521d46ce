import { evaluateCondition, evaluateParams } from '@maestro/params';
import { PRESETS } from '@maestro/sel';
import type { Workflow } from '@maestro/domain';
import { answerEvaluation, stepEvaluation } from './answer-evaluation.js';
import type { Answered, Asked, EvaluationTask } from './evaluation-task.js';
import { answerRunEvaluation, runEvaluation } from './run-evaluation.js';
import { SimulatedRun, START } from './testing/simulated-run.js';

const LONG = 'v = 0; while (v < 12000) v += 1;';
const limits = PRESETS.FULL;

/** As a worker does it. */
function evaluated(run: SimulatedRun, asked: Asked): Answered {
  const { compiler } = run.plan;
  if (asked.kind === 'params') return evaluateParams({ ...asked, compiler, limits });
  return evaluateCondition(asked.text, asked.scope, { path: asked.path, compiler, limits });
}

const followed = <T>(run: SimulatedRun, task: EvaluationTask<T>): T =>
  task.follow(task.asked.map((asked) => evaluated(run, asked)));

function running(workflow: Partial<Workflow>): SimulatedRun {
  const run = new SimulatedRun({ id: 'w', steps: [], ...workflow });
  run.decide([{ type: 'run-launched', at: START }]);
  return run;
}

test.each([
  [
    'params',
    [{ kind: 'step', id: 'a', type: 'Echo', params: { x: { type: 'LONG', expression: `${LONG} v + base` } } }],
  ],
  [
    'params that fail',
    [{ kind: 'step', id: 'a', type: 'Echo', params: { x: { type: 'LONG', expression: `${LONG} none` } } }],
  ],
  [
    'conditions',
    [
      {
        kind: 'step',
        id: 'a',
        type: 'NoOp',
        transition: { successors: { b: `${LONG} v == base`, c: `${LONG} v > base` } },
      },
      { kind: 'step', id: 'b', type: 'NoOp' },
      { kind: 'step', id: 'c', type: 'NoOp' },
    ],
  ],
] as const)('%s of a step that are evaluated elsewhere end as they do here', (_, steps) => {
  const run = running({ params: { base: { type: 'LONG', value: 5n } }, steps });
  const [command] = run.asked;
  if (!command) throw new Error('nothing was asked');
  const task = stepEvaluation(run.plan, run.state, command, START);
  expect(task.asked.length).toBe(steps.length === 1 ? 1 : 2);
  expect(followed(run, task)).toEqual(answerEvaluation(run.plan, run.state, command, START, limits));
});

test.each([`${LONG} v`, `${LONG} v + nowhere`])('the params of a run too: %s', (expression) => {
  const run = running({
    params: { x: { type: 'LONG', expression } },
    steps: [{ kind: 'step', id: 'a', type: 'NoOp' }],
  });
  const task = runEvaluation(run.plan, run.state.header);
  expect(task.asked).toHaveLength(1);
  expect(followed(run, task)).toEqual(answerRunEvaluation(run.plan, run.state.header, limits));
});

test('a step that no longer waits asks for nothing', () => {
  const run = running({ steps: [{ kind: 'step', id: 'a', type: 'Echo' }] });
  const task = stepEvaluation(
    run.plan,
    run.state,
    { type: 'evaluate', ordinal: 0, attempt: 1, phase: 'params' },
    START,
  );
  expect(task.asked).toEqual([]);
  expect(task.follow([])).toBeUndefined();
});
