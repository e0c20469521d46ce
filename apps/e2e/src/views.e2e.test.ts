import { waitUntil } from '@maestro/testing';
import { Gate } from './testing/gate.js';
import { shell, step, text } from './testing/runs.js';
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

type Status = 'RUNNING' | 'SUCCEEDED' | 'FATALLY_FAILED';

interface Rollup {
  readonly total_leaf_count: number;
  readonly overview: Readonly<
    Partial<Record<Status, { readonly cnt: number; readonly ref?: Record<string, string[]> }>>
  >;
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
  const rollup = async (): Promise<Rollup> => {
    const { runtime_overview } = await system.runs.get('leaves');
    return (runtime_overview as { rollup_overview: Rollup }).rollup_overview;
  };
  const underWay = async (): Promise<boolean> => {
    const { total_leaf_count: total, overview } = await rollup();
    return total === 8 && overview.RUNNING?.cnt === 4 && overview.SUCCEEDED?.cnt === 4;
  };
  await waitUntil(underWay, {
    timeoutMs: 30_000,
    describe: 'three iterations and the subworkflow each have one step done and one running',
  });
  const named = Object.entries((await rollup()).overview.RUNNING?.ref ?? {});
  expect(named).toHaveLength(2);
  expect(named).toContainEqual(['leaf:1', ['1:second:1']]);
  expect(named.find(([run]) => run.startsWith('maestro_foreach_'))?.[1].sort()).toEqual([
    '1:held:1',
    '2:held:1',
    '3:held:1',
  ]);
  gate.open();
  await system.runs.ended('leaves');
  expect(await rollup()).toEqual({ total_leaf_count: 8, overview: { SUCCEEDED: { cnt: 8 } } });
});

test('a run names the leaf steps that failed at any depth below it', async () => {
  const body = [shell('odd', 'exit $((MAESTRO_PARAM_N % 2))', { params: { n: expression('n') } })];
  const below = { subworkflow: { id: 'below', params: { subworkflow_id: text('deep-leaf') } } };
  await system.runs.pushSteps('deep-leaf', [
    foreach('each', { n: longs(1, 2) }, body),
    shell('bad', 'exit 1', { failure_mode: 'FAIL_AFTER_RUNNING' }),
  ]);
  await system.runs.pushSteps('deep', [below]);
  expect((await system.runs.finish('deep')).status).toBe('FAILED');
  const { runtime_overview } = await system.runs.get('deep');
  const { overview } = (runtime_overview as { rollup_overview: Rollup }).rollup_overview;
  const { ref = {}, cnt } = overview.FATALLY_FAILED ?? {};
  expect(cnt).toBe(2);
  expect(Object.values(ref).flat().sort()).toEqual(['1:bad:1', '1:odd:1']);
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
