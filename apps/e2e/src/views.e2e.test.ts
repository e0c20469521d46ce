import { waitUntil } from '@maestro/testing';
import { Gate } from './testing/gate.js';
import { step, text } from './testing/runs.js';
import { System } from './testing/system.js';

jest.setTimeout(60_000);

let system: System;

beforeAll(async () => {
  system = await System.start();
}, 120_000);

afterAll(() => system.stop(), 60_000);

const longs = (...value: number[]): unknown => ({ value, type: 'LONG_ARRAY' });
const expression = (text: string): unknown => ({ expression: text, type: 'LONG' });

function foreach(id: string, loop: Record<string, unknown>, steps: readonly unknown[]): unknown {
  return { foreach: { id, params: { loop_params: { value: loop, type: 'MAP' } }, steps } };
}

interface Iterations {
  readonly elements: readonly {
    readonly iteration_rank: string;
    readonly workflow_id: string;
    readonly loop_params: Readonly<Record<string, { readonly evaluated_result: unknown }>>;
    readonly step_runtime_state: { readonly status: string };
  }[];
}

const ranks = ({ elements }: Iterations): string[] => elements.map((each) => each.iteration_rank);

test('iterations of a step in loops of a loop are one list, filtered by the values of the loops around it', async () => {
  const counting = {
    while: {
      id: 'count',
      condition: 'i < 2',
      params: { loop_params: { value: { i: { value: 0, type: 'LONG' } }, type: 'MAP' } },
      steps: [step('increment', 'NoOp', { params: { i: expression('i + 1') } })],
    },
  };
  await system.runs.pushSteps('flattened', [foreach('outer', { a: longs(1, 2, 3) }, [counting])]);
  expect((await system.runs.finish('flattened')).status).toBe('SUCCEEDED');
  const path = '/views/flatten/workflows/flattened/instances/1/runs/latest/steps';
  const all = await system.rest.succeed<Iterations>('GET', `${path}/increment?first=10`);
  expect(ranks(all)).toEqual(['11-11', '11-12', '12-11', '12-12', '13-11', '13-12']);
  expect(all.elements[3]).toMatchObject({ workflow_id: 'flattened', step_runtime_state: { status: 'SUCCEEDED' } });
  expect(all.elements[3]?.loop_params).toMatchObject({ a: { evaluated_result: 2 }, i: { evaluated_result: 1 } });
  const where = encodeURIComponent(Buffer.from('{"a": [2], "i": [1]}').toString('base64'));
  expect(ranks(await system.rest.succeed<Iterations>('GET', `${path}/increment?first=10&loopParams=${where}`))).toEqual(
    ['12-12'],
  );
  expect(ranks(await system.rest.succeed<Iterations>('GET', `${path}/outer?first=2`))).toEqual(['11', '12']);
  const summary = await system.rest.succeed<object>('GET', `${path}/increment/summary`);
  expect(summary).toMatchObject({ count_by_status: { SUCCEEDED: 6 }, loop_param_values: { a: ['1', '2', '3'] } });
});

test('a run tells the leaf steps of all runs below it while they go on and when they have ended', async () => {
  const gate = new Gate(system, 'leaves');
  await system.runs.pushSteps('leaf', [step('first', 'NoOp'), gate.step('second')]);
  const below = { subworkflow: { id: 'below', params: { subworkflow_id: text('leaf') } } };
  const body = [step('quick', 'NoOp'), gate.step('held')];
  await system.runs.pushSteps('leaves', [foreach('each', { n: longs(1, 2, 3) }, body), below]);
  await system.runs.start('leaves');
  const rollup = async (): Promise<unknown> => {
    const { runtime_overview } = await system.runs.get('leaves');
    return (runtime_overview as { rollup_overview: unknown }).rollup_overview;
  };
  const going = { total_leaf_count: 8, overview: { RUNNING: { cnt: 4 }, SUCCEEDED: { cnt: 4 } } };
  await waitUntil(async () => JSON.stringify(await rollup()) === JSON.stringify(going), {
    timeoutMs: 30_000,
    describe: 'three iterations and the subworkflow each have one step done and one running',
  });
  gate.open();
  await system.runs.ended('leaves');
  expect(await rollup()).toEqual({ total_leaf_count: 8, overview: { SUCCEEDED: { cnt: 8 } } });
});

test('timelines of a run and of a step tell their statuses, unless that is not wanted', async () => {
  await system.runs.pushSteps('statuses', [step('only', 'NoOp')]);
  await system.runs.finish('statuses');
  const statusesOf = async (path: string): Promise<string[]> => {
    const answer = await system.rest.succeed<{
      timeline?: readonly { readonly type: string; readonly status: string }[];
    }>('GET', `/workflows/statuses/instances/1${path}`);
    return (answer.timeline ?? []).filter(({ type }) => type === 'STATUS').map(({ status }) => status);
  };
  expect(await statusesOf('')).toEqual(['CREATED', 'IN_PROGRESS', 'SUCCEEDED']);
  expect(await statusesOf('?enriched=false')).toEqual([]);
  const ofStep = await statusesOf('/steps/only');
  expect([ofStep[0], ofStep.at(-1)]).toEqual(['CREATED', 'SUCCEEDED']);
  expect(await statusesOf('/steps/only?enriched=false')).toEqual([]);
});

test('two runs are compared', async () => {
  await system.runs.pushSteps('compared', [step('only', 'NoOp')]);
  await system.runs.finish('compared');
  await system.runs.finish('compared');
  const compared = await system.rest.succeed<object>('GET', '/views/compare?left=compared/1&right=compared/2');
  expect(compared).toMatchObject({ left: { critical_path: ['only'] }, right: { status: 'SUCCEEDED' } });
});
