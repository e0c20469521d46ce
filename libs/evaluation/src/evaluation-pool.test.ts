import { HostError, PRESETS } from '@maestro/sel';
import { evaluationWorker } from '@maestro/testing';
import type { FieldViolation, ParamDefinitions, ParamValue, Workflow } from '@maestro/domain';
import type { ParamScope } from '@maestro/params';
import { EvaluationPool, type EvaluationPoolOptions } from './evaluation-pool.js';
import type { ParamsAnswer } from './task.js';

const pools: EvaluationPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function poolWith(options: Partial<EvaluationPoolOptions> = {}): EvaluationPool {
  const pool = new EvaluationPool({ script: evaluationWorker(), ...options });
  pools.push(pool);
  return pool;
}

/** Visits many more nodes than any limit allows. */
const BURNER = 'int x = 0; int y = 0; while (x < 25000) { y = 0; while (y < 25000) { y += 1; } x += 1; } return x;';
/** Keeps all that it makes. */
const HOARDER =
  "Map m = new Map(); String s = 'x'; while (s.length() < 100000) { s = s + s; } int i = 0; while (i < 20000) { m.put('k' + i, s.toUpperCase()); i += 1; } return 1;";

const asking = (definitions: ParamDefinitions, scope: ParamScope = {}, owner = 'wf') => ({
  definitions,
  scope,
  at: 1_700_000_000_000,
  seed: 1n,
  owner,
});
const long = (expression: string): ParamDefinitions => ({ value: { type: 'LONG', expression } });

function valuesOf(answer: ParamsAnswer): Record<string, ParamValue | undefined> {
  if (answer.kind !== 'values') throw new Error(JSON.stringify(answer.violations));
  return Object.fromEntries(Object.entries(answer.params).map(([name, param]) => [name, param.evaluatedResult]));
}

function complaint(answer: ParamsAnswer): string {
  if (answer.kind !== 'error') throw new Error('an error was expected');
  return answer.violations.map(({ path, message }) => `${path} ${message}`).join('; ');
}

it('params are evaluated as in place: values, 64-bit integers and what refers to each other', async () => {
  const definitions: ParamDefinitions = {
    greeting: { type: 'STRING', value: 'hello ${name}' },
    name: { type: 'STRING', value: 'world' },
    big: { type: 'LONG', expression: '9007199254740993 + own' },
    own: { type: 'LONG', value: 1n },
  };
  const values = valuesOf(await poolWith().params(asking(definitions)));
  expect(values).toEqual({ greeting: 'hello world', name: 'world', big: 9007199254740994n, own: 1n });
});

it('the functions of a scope are asked when they are needed, and once for each question', async () => {
  const asked: string[] = [];
  const scope: ParamScope = {
    stepId: 'here',
    isStep: (id) => id === 'before',
    stepParam: (step, name) => {
      asked.push(`${step}.${name}`);
      return name === 'rows' ? 40n : undefined;
    },
    instanceField: (field) => (field === 'workflow_id' ? 'nightly' : undefined),
  };
  const expression = "params.getFromStep('before', 'rows') + params.getFromStep('before', 'rows') + before__rows";
  const id: ParamDefinitions = { id: { type: 'STRING', expression: "params.getFromInstance('workflow_id')" } };
  const values = valuesOf(await poolWith().params(asking({ ...long(expression), ...id }, scope)));
  expect(values).toEqual({ value: 120n, id: 'nightly' });
  expect(asked).toEqual(['before.rows']);
});

it('a function of the scope may refuse: that is an error of the expression', async () => {
  const scope: ParamScope = {
    stepParam: () => {
      throw new HostError('nobody knows');
    },
  };
  const answer = await poolWith().params(asking(long("params.getFromStep('a', 'b')"), scope));
  expect(complaint(answer)).toContain('value nobody knows');
});

it('a function of the scope that breaks fails the call, and the pool goes on', async () => {
  const scope: ParamScope = {
    stepParam: () => {
      throw new TypeError('a defect');
    },
  };
  const pool = poolWith();
  await expect(pool.params(asking(long("params.getFromStep('a', 'b')"), scope))).rejects.toThrow('a defect');
  expect(valuesOf(await pool.params(asking(long('1 + 1'))))).toEqual({ value: 2n });
});

it('conditions are answered one by one', async () => {
  const conditions = ['1 < 2', '1 > 2', "'no' + 'thing'", 'nowhere'].map((text, index) => ({
    text,
    path: `c${index}`,
  }));
  const answers = await poolWith().conditions({ conditions, scope: {}, at: 0, seed: 1n, owner: 'wf' });
  const [first, second, third, fourth] = answers;
  expect([first, second]).toEqual([
    { kind: 'value', value: true },
    { kind: 'value', value: false },
  ]);
  expect(third).toMatchObject({ kind: 'error', violations: [{ path: 'c2' }] });
  expect(fourth).toMatchObject({ kind: 'error', violations: [{ path: 'c3', unknownName: 'nowhere' }] });
});

it('a bare expression sees its variables, and answers with its type', async () => {
  const variables = new Map([['a', 20n]]);
  const task = { text: 'a * 2 + 2', path: 'expression', variables, at: 0, seed: 1n, owner: 'wf' };
  expect(await poolWith().expression(task)).toEqual({ kind: 'value', value: 42n, type: 'LONG' });
});

it('the limit of visits is an error of the user that names the param, and the pool goes on', async () => {
  const pool = poolWith({ limits: { ...PRESETS.FULL, fuel: 3_000_000 } });
  const answer = await pool.params(asking({ fine: { type: 'LONG', value: 1n }, ...long(BURNER) }));
  expect(complaint(answer)).toMatch(/^value needs more .* 3000000 visited nodes \(limit "visits"\)/);
  expect(valuesOf(await pool.params(asking(long('1 + 1'))))).toEqual({ value: 2n });
});

it('the wall clock ends an evaluation with an error that names the param and the limit', async () => {
  const pool = poolWith({ timeoutMs: 1_000, limits: { ...PRESETS.FULL, fuel: 1e12 } });
  const answer = await pool.params(asking(long(BURNER)));
  expect(complaint(answer)).toMatch(/^value needs more .* 1 s \(limit "time"\)/);
  expect(valuesOf(await pool.params(asking(long('1 + 1'))))).toEqual({ value: 2n });
});

it('a worker that runs out of heap is replaced, and the process lives', async () => {
  const limits = { ...PRESETS.FULL, fuel: 1e12, memory: 1e15 };
  const pool = poolWith({ heapMegabytes: 16, limits });
  const answer = await pool.params(asking(long(HOARDER)));
  expect(complaint(answer)).toMatch(/^value needs more .* 16 MB of memory \(limit "heap"\)/);
  expect(valuesOf(await pool.params(asking(long('1 + 1'))))).toEqual({ value: 2n });
});

it('others are answered while one burns its budget', async () => {
  const pool = poolWith({ timeoutMs: 20_000, limits: { ...PRESETS.FULL, fuel: 1e12 } });
  let burning = true;
  const burners = Promise.allSettled(
    ['evil', 'worse', 'worst'].map((owner) =>
      pool.params(asking(long(BURNER), {}, owner)).finally(() => (burning = false)),
    ),
  );
  for (let round = 0; round < 20; round += 1) {
    expect(valuesOf(await pool.params(asking(long(`${round} + 1`))))).toEqual({ value: BigInt(round + 1) });
  }
  expect(burning).toBe(true);
  await pool.close();
  for (const burner of await burners) expect(burner).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
});

it('a full queue is OVERLOADED, which says when to try again', async () => {
  const pool = poolWith({ maxWaiting: 1 });
  const asked = [1, 2, 3].map((number) => pool.params(asking(long(String(number)))));
  const ends = await Promise.allSettled(asked);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(ends[2]).toMatchObject({ reason: { code: 'OVERLOADED', retryAfterMs: 1_000 } });
});

it('a definition is checked whole: its rules, its expressions, and what evaluating it shows', async () => {
  const pool = poolWith({ limits: { ...PRESETS.FULL, fuel: 3_000_000 } });
  const workflow = (params: ParamDefinitions): Workflow => ({
    id: 'w',
    params,
    steps: [{ kind: 'step', id: 'a', type: 'NoOp' }],
  });
  const check = (params: ParamDefinitions): Promise<readonly FieldViolation[]> =>
    pool.check({ request: { properties: { owner: { name: 'ada' } }, workflow: workflow(params) }, content: 'certain' });
  expect(await check(long('1 + 1'))).toEqual([]);
  expect(await check(long('1 +'))).toMatchObject([{ path: 'workflow.params.value' }]);
  const dry = (params: ParamDefinitions): Promise<readonly FieldViolation[]> =>
    pool.dryRun({ workflow: workflow(params), at: 0 });
  expect(await dry(long('1 + 1'))).toEqual([]);
  expect(await dry(long('1 / 0'))).toMatchObject([{ path: 'workflow.params.value', kind: 'arithmetic' }]);
  const message = expect.stringContaining('limit "visits"') as string;
  expect(await dry({ fine: { type: 'LONG', value: 1n }, ...long(BURNER) })).toMatchObject([
    { path: 'workflow.params.value', kind: 'limit', message },
  ]);
});
