import type { ParamDefinitions, Workflow } from '@maestro/domain';
import { EvaluationPool } from '@maestro/evaluation';
import { PRESETS } from '@maestro/sel';
import { evaluationWorker } from '@maestro/testing';
import { dryRun } from './dry-run.js';

const checker = new EvaluationPool({ script: evaluationWorker() });
afterAll(() => checker.close());

async function violations(
  params: ParamDefinitions,
  more: Partial<Workflow> = {},
): Promise<readonly { path: string; message: string }[]> {
  try {
    await dryRun({ checker, clock: { now: () => 0 } }, { workflow: { id: 'w', steps: [], params, ...more } });
    return [];
  } catch (error) {
    return (error as { violations: { path: string; message: string }[] }).violations;
  }
}

test('params that refer to each other and to those of the system are evaluated', async () => {
  const params: ParamDefinitions = {
    sum: { type: 'LONG', expression: 'count + 1' },
    count: { type: 'LONG', value: 2n },
    day: { type: 'STRING', value: '${RUN_DATE}-${sum}' },
    kind: { type: 'STRING', expression: "params.getFromInstance('INITIATOR_TYPE')" },
  };
  expect(await violations(params)).toEqual([]);
});

test('a cycle, a wrong type and an unknown name are found at the push', async () => {
  const params: ParamDefinitions = {
    a: { type: 'STRING', value: '${b}' },
    b: { type: 'STRING', value: '${a}' },
    flag: { type: 'BOOLEAN', expression: '1 + 1' },
    typo: { type: 'STRING', value: '${nothing}' },
  };
  const paths = (await violations(params)).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['workflow.params.flag', 'workflow.params.typo']));
  expect(paths.some((path) => /params\.[ab]$/.test(path))).toBe(true);
});

test('what a start brings is not missed', async () => {
  const params: ParamDefinitions = {
    given: { type: 'STRING' },
    text: { type: 'STRING', value: 'for ${given}' },
    sum: { type: 'STRING', expression: 'given + 1' },
  };
  expect(await violations(params)).toEqual([]);
});

test('what the expression language cannot do yet is no fault of the definition', async () => {
  const params: ParamDefinitions = { id: { type: 'LONG', expression: 'params.nextUniqueId()' } };
  expect(await violations(params)).toEqual([]);
});

test('a timeout that stands for no duration is found', async () => {
  const params: ParamDefinitions = { wait: { type: 'STRING', value: 'soon' } };
  expect(await violations(params, { timeout: '${wait}' })).toMatchObject([{ path: 'workflow.timeout' }]);
});

/** Tens of thousands of nodes: too many for the thread that serves the push. */
const counting = (rounds: number): string => `int i = 0; while (i < ${rounds}) { i += 1; } return i;`;

test('what takes long is evaluated by a worker', async () => {
  expect(await violations({ n: { type: 'LONG', expression: counting(20_000) } })).toEqual([]);
});

test('a param that needs more than an evaluation may use is found, and the limit is named', async () => {
  const small = new EvaluationPool({ script: evaluationWorker(), limits: { ...PRESETS.FULL, fuel: 20_000 } });
  const push = {
    workflow: { id: 'w', steps: [], params: { n: { type: 'LONG', expression: counting(20_000) } } },
  } as const;
  const dry = dryRun({ checker: small, clock: { now: () => 0 } }, push);
  await expect(dry).rejects.toMatchObject({
    code: 'INVALID_DEFINITION',
    violations: [{ path: 'workflow.params.n', message: expect.stringContaining('limit "visits"') as string }],
  });
  await small.close();
});
