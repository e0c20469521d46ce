import { step } from './testing/runs.js';
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

test('two runs are compared', async () => {
  await system.runs.pushSteps('compared', [step('only', 'NoOp')]);
  await system.runs.finish('compared');
  await system.runs.finish('compared');
  const compared = await system.rest.succeed<object>('GET', '/views/compare?left=compared/1&right=compared/2');
  expect(compared).toMatchObject({ left: { critical_path: ['only'] }, right: { status: 'SUCCEEDED' } });
});
