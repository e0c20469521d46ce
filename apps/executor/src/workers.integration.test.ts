import { setTimeout as pause } from 'node:timers/promises';
import { bindService, createServer, type GrpcServer } from '@maestro/grpc';
import { MaestroError } from '@maestro/domain';
import { StepTypeService } from '@maestro/proto/maestro/definition/v1/step_type_service';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { AttemptOutcome, ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { silentLogger } from '@maestro/telemetry';
import { waitUntil } from '@maestro/testing';
import {
  FatalError,
  PlatformError,
  TimeoutError,
  worker,
  type StepContext,
  type Worker,
  type WorkerOptions,
} from '@maestro/worker';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import { breakableProxy } from './testing/breakable-proxy.js';
import { startBench, type ExecutorBench } from './testing/executor-bench.js';

let bench: ExecutorBench;
let definition: GrpcServer;
let definitionAddress: string;
const registered: string[] = [];
const workers: Worker[] = [];

beforeAll(async () => {
  definition = createServer({
    logger: silentLogger,
    services: [
      bindService(StepTypeService, {
        registerStepTypes: async ({ types }) => {
          if (types.some(({ name }) => name === 'taken'))
            throw new MaestroError('CONFLICT', 'registered with other params');
          registered.push(...types.map(({ name, version }) => `${name}@${version}`));
          return {};
        },
        listStepTypes: async () => ({ types: [] }),
      }),
    ],
  });
  definitionAddress = `127.0.0.1:${await definition.listen('127.0.0.1:0')}`;
  bench = await startBench({
    MAESTRO_DEFINITION_ADDRESS: definitionAddress,
    MAESTRO_EXECUTOR_WORKER_TOKENS: 'open,ads=secret',
  });
}, 60_000);

afterAll(async () => {
  for (const each of workers) each.kill();
  await bench.stop();
  await definition.drain(0);
});

afterEach(() => {
  for (const each of workers.splice(0)) each.kill();
});

beforeEach(() => {
  bench.scheduler.verdict = () => ReportVerdict.ACCEPTED;
});

/** A worker that is connected; each test has types of its own. */
async function connect(types: WorkerOptions['types'], more: Partial<WorkerOptions> = {}): Promise<Worker> {
  const it = worker({ address: bench.address, token: 'open', types, signals: false, say: () => undefined, ...more });
  workers.push(it);
  await it.connected;
  return it;
}

type Init = Partial<Pick<Task, 'dispatch' | 'timeoutMillis' | 'tenant'>> & {
  readonly params?: Record<string, bigint | string>;
};

async function dispatch(stepType: string, { params = {}, ...init }: Init = {}): Promise<Task> {
  const task = bench.scheduler.task({ stepType, paramsJson: encodeExactJson(params), ...init });
  await bench.scheduler.dispatch([task]);
  return task;
}

async function resultOf(task: Task) {
  return waitUntil(() => bench.scheduler.results(task)[0], { describe: 'a result', timeoutMs: 20_000 });
}

const json = (bytes: Uint8Array): unknown => decodeExactJson(bytes);

/** A step that lasts until it is stopped; the contexts of those that were started. */
function endless() {
  const started: StepContext[] = [];
  const run = async (context: StepContext): Promise<void> => {
    started.push(context);
    await new Promise((_, reject) =>
      context.signal.addEventListener('abort', () => reject(new Error(`stopped: ${String(context.signal.reason)}`))),
    );
  };
  return { started, run };
}

describe('a worker', () => {
  test('runs a step of its own type: params come exactly, outputs, artifacts and the log go back', async () => {
    await connect({
      double: {
        params: { n: { type: 'LONG', internal_mode: 'REQUIRED' } },
        run: ({ params, log, setArtifact, type, attemptId }) => {
          log('at work');
          setArtifact('seen', { type: type.name, version: type.version, attemptId });
          return { twice: 2n * (params['n'] as bigint) };
        },
      },
    });
    expect(registered).toContain('double@1');
    const task = await dispatch('double@1', { params: { n: 2n ** 60n + 1n } });
    const result = await resultOf(task);
    expect(result.outcome).toBe(AttemptOutcome.DONE);
    expect(json(result.outputParamsJson)).toEqual({ twice: { type: 'LONG', value: 2n ** 61n + 2n } });
    expect(json(result.artifactsJson)).toMatchObject({ seen: { type: 'double', version: '1' } });
    expect(bench.scheduler.claims(task)).toHaveLength(0);
    const { workflowId, workflowInstanceId, workflowRunId, stepId } = task;
    let log = '';
    for await (const { data } of bench.client.readLog({
      workflowId,
      workflowInstanceId,
      workflowRunId,
      stepId,
      follow: true,
    }))
      log += new TextDecoder().decode(data);
    expect(log).toBe('at work\n');
  });

  test.each([
    ['an error', () => new Error('no such table'), AttemptOutcome.USER_ERROR],
    ['a PlatformError', () => new PlatformError('no such table'), AttemptOutcome.PLATFORM_ERROR],
    ['a FatalError', () => new FatalError('no such table'), AttemptOutcome.FATAL_ERROR],
    ['a TimeoutError', () => new TimeoutError('no such table'), AttemptOutcome.TIMED_OUT],
  ])('that throws %s says so by failure class', async (_, error, outcome) => {
    const failing = async (): Promise<never> => Promise.reject(error());
    await connect({ failing: { run: failing } });
    const result = await resultOf(await dispatch('failing@1'));
    expect({ outcome: result.outcome, message: result.message }).toEqual({ outcome, message: 'no such table' });
  });

  test('that returns too much, or what is no JSON, fails its step with a message that says so', async () => {
    await connect({
      big: { run: () => ({ text: 'x'.repeat(800_000) }) },
      odd: { run: () => ({ no: Symbol('json') as unknown as string, mixed: [1, 'a'] }) },
    });
    const big = await resultOf(await dispatch('big@1'));
    expect(big.outcome).toBe(AttemptOutcome.USER_ERROR);
    expect(big.message).toMatch(/returned 8000\d\d bytes; 700000 is the limit/);
    const odd = await resultOf(await dispatch('odd@1'));
    expect(odd.outcome).toBe(AttemptOutcome.USER_ERROR);
  });

  test('tells how far a step is while it runs', async () => {
    let ends = (): void => undefined;
    const run = ({ progress }: StepContext): Promise<void> => {
      progress({ rows: 5n });
      return new Promise((resolve) => (ends = resolve));
    };
    await connect({ telling: { run } });
    const task = await dispatch('telling@1');
    const told = () =>
      bench.scheduler.reports.flatMap(({ dispatch: it, kind }) =>
        it?.runKey === task.runKey && kind.case === 'progress' ? [json(kind.value.artifactsJson)] : [],
      );
    await waitUntil(() => told().length > 0, { describe: 'the progress' });
    expect(told()).toEqual([{ rows: 5n }]);
    ends();
    expect((await resultOf(task)).outcome).toBe(AttemptOutcome.DONE);
  });

  test('is told of a cancel; the attempt is confirmed as cancelled only when its function has ended', async () => {
    let release = (): void => undefined;
    const aborted: unknown[] = [];
    await connect({
      stubborn: {
        run: ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              aborted.push(signal.reason);
              release = () => reject(new Error('ended'));
            });
          }),
      },
    });
    const task = await dispatch('stubborn@1');
    await waitUntil(() => bench.scheduler.claims(task).length > 0, { describe: 'a claim' });
    bench.scheduler.cancel(task);
    await waitUntil(() => aborted.length > 0, { describe: 'the abort' });
    expect(aborted).toEqual(['cancelled']);
    expect(bench.scheduler.results(task)).toEqual([]);
    release();
    expect((await resultOf(task)).outcome).toBe(AttemptOutcome.CANCELLED);
  });

  test('is stopped when a step runs into its timeout', async () => {
    const { started, run } = endless();
    await connect({ slow: { run } });
    const result = await resultOf(await dispatch('slow@1', { timeoutMillis: 300n }));
    expect(result.outcome).toBe(AttemptOutcome.TIMED_OUT);
    expect(started[0]?.signal.reason).toBe('timed-out');
  });

  test('that dies loses its attempts to a platform error, after the time in which it could have come back', async () => {
    const { started, run } = endless();
    const it = await connect({ doomed: { run } });
    const task = await dispatch('doomed@1');
    await waitUntil(() => started.length > 0, { describe: 'the start' });
    it.kill();
    const result = await resultOf(task);
    expect(result.outcome).toBe(AttemptOutcome.PLATFORM_ERROR);
    expect(result.message).toMatch(/^worker .* was not heard of for 8 s$/);
  }, 30_000);

  test('whose connection breaks goes on with what it has in hand, and runs nothing twice', async () => {
    const proxy = await breakableProxy(bench.address);
    let ends = (): void => undefined;
    let runs = 0;
    const run = (): Promise<{ ok: boolean }> => {
      runs += 1;
      return new Promise((resolve) => (ends = () => resolve({ ok: true })));
    };
    await connect({ patient: { run } }, { address: proxy.address });
    const task = await dispatch('patient@1');
    await waitUntil(() => runs > 0, { describe: 'the start' });
    proxy.breakAll();
    await waitUntil(() => proxy.connections > 1, { describe: 'the reconnect', timeoutMs: 10_000 });
    ends();
    expect((await resultOf(task)).outcome).toBe(AttemptOutcome.DONE);
    expect(runs).toBe(1);
    proxy.close();
  }, 30_000);

  test('that was cut off for longer than its executor waits has stopped by then', async () => {
    const proxy = await breakableProxy(bench.address);
    const { started, run } = endless();
    await connect({ cut: { run } }, { address: proxy.address });
    const task = await dispatch('cut@1');
    await waitUntil(() => started.length > 0, { describe: 'the start' });
    proxy.freeze();
    await waitUntil(() => started[0]?.signal.aborted === true, { describe: 'the stop', timeoutMs: 10_000 });
    expect(bench.scheduler.results(task)).toEqual([]);
    expect((await resultOf(task)).outcome).toBe(AttemptOutcome.PLATFORM_ERROR);
    proxy.close();
  }, 30_000);

  test('that drains finishes what it has, takes nothing new, and ends', async () => {
    let ends = (): void => undefined;
    const it = await connect({ last: { run: () => new Promise<void>((resolve) => (ends = resolve)) } });
    const first = await dispatch('last@1');
    await waitUntil(() => bench.scheduler.claims(first).length > 0, { describe: 'a claim' });
    const drained = it.drain();
    const served = async () => (await bench.client.getStatus({})).stepTypes;
    await waitUntil(async () => !(await served()).includes('last@1'), { describe: 'the executor to know' });
    const second = await dispatch('last@1');
    ends();
    await drained;
    expect((await resultOf(first)).outcome).toBe(AttemptOutcome.DONE);
    expect(bench.scheduler.results(second)).toEqual([]);
    await connect({ last: { run: () => undefined } });
    expect((await resultOf(second)).outcome).toBe(AttemptOutcome.DONE);
  }, 30_000);

  test('gets no more at once than it has slots, of a type no more than that type has', async () => {
    let now = 0;
    let most = 0;
    const run = async (): Promise<void> => {
      most = Math.max(most, (now += 1));
      await pause(20);
      now -= 1;
    };
    await connect({ narrow: { run, slots: 3 } }, { slots: 10 });
    const tasks = await Promise.all(Array.from({ length: 20 }, () => dispatch('narrow@1')));
    for (const task of tasks) expect((await resultOf(task)).outcome).toBe(AttemptOutcome.DONE);
    expect(most).toBe(3);
  });

  test('a step that never ends does not hold up those of other types of the same worker', async () => {
    const { started, run } = endless();
    await connect({ hung: { run, slots: 2 }, brisk: { run: () => undefined } }, { slots: 4 });
    await Promise.all(Array.from({ length: 6 }, () => dispatch('hung@1')));
    await waitUntil(() => started.length === 2, { describe: 'two that hang' });
    const brisk = await Promise.all(Array.from({ length: 30 }, () => dispatch('brisk@1')));
    for (const task of brisk) expect((await resultOf(task)).outcome).toBe(AttemptOutcome.DONE);
    expect(started).toHaveLength(2);
  }, 30_000);

  test('a duplicate delivery claims before it runs, and is dropped when somebody else holds it', async () => {
    let runs = 0;
    await connect({ once: { run: () => void (runs += 1) } });
    bench.scheduler.verdict = ({ kind }) => (kind.case === 'claim' ? ReportVerdict.HELD : ReportVerdict.ACCEPTED);
    const task = await dispatch('once@1', { dispatch: 2 });
    await waitUntil(() => bench.scheduler.claims(task).length > 0, { describe: 'a claim' });
    const fresh = await dispatch('once@1');
    expect((await resultOf(fresh)).outcome).toBe(AttemptOutcome.DONE);
    expect(runs).toBe(1);
    expect(bench.scheduler.results(task)).toEqual([]);
  });
});

describe('a hello is refused', () => {
  const refused = async (types: WorkerOptions['types'], more: Partial<WorkerOptions> = {}): Promise<string> => {
    const it = worker({ address: bench.address, token: 'open', types, signals: false, say: () => undefined, ...more });
    return it.done.then(
      () => 'accepted',
      (error: unknown) => (error as Error).message,
    );
  };
  const run = (): void => undefined;

  test('with an unknown token', async () => {
    expect(await refused({ a: { run } }, { token: 'guess' })).toContain('PERMISSION_DENIED');
  });

  test('with the name of a built-in type, params that are none, too many slots', async () => {
    const params = { n: { type: 'NUMBER' as 'LONG' } };
    const message = await refused({ shell: { run }, bad: { run, params } }, { slots: 20_000 });
    expect(message).toContain('hello.slots: must be 1 to 10000');
    expect(await refused({ shell: { run } })).toContain('built-in step type');
    expect(await refused({ bad: { run, params } })).toContain('hello.types[0]');
  });

  test('while another worker with its id is connected', async () => {
    await connect({ a: { run } }, { workerId: 'same' });
    expect(await refused({ a: { run } }, { workerId: 'same' })).toContain('A worker with the id "same" is connected');
  });

  test('when its type is registered with other params', async () => {
    expect(await refused({ taken: { run } })).toContain('registered with other params');
  });
});
