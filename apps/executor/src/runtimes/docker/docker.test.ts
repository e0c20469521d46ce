import { FakeDocker, waitUntil } from '@maestro/testing';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { encodeExactJson } from '@maestro/wire';
import type { JsonObject } from '@maestro/domain';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import type { RuntimeResult } from '../runtime.js';
import { docker } from './docker.js';
import { dockerodeEngine } from './dockerode-engine.js';
import type { DockerPolicy } from './docker-policy.js';

/**
 * The contract of the runtime with an engine. By default a fake that speaks the Engine API over a unix socket; a real one by
 * MAESTRO_TEST_DOCKER_HOST (its image in MAESTRO_TEST_DOCKER_IMAGE needs `sh`): then what only a fake can play is left out.
 */
const REAL_HOST = process.env['MAESTRO_TEST_DOCKER_HOST'];
const IMAGE = process.env['MAESTRO_TEST_DOCKER_IMAGE'] ?? 'busybox';
const ofFake = REAL_HOST === undefined ? it : it.skip;

const fake = new FakeDocker();
const engine = dockerodeEngine(REAL_HOST ?? fake.host);
const policy: DockerPolicy = {
  mounts: [{ path: '/data', writable: false }],
  networks: ['none'],
  maxCpus: undefined,
  maxMemory: undefined,
  maxPids: 100,
};
const runtime = docker({ engine, policy, patienceMs: 1_000 });
const NAME = 'maestro-77-0-1';
const containing = (text: string): string => expect.stringContaining(text) as string;

beforeAll(() => fake.start());
afterAll(() => fake.stop());
afterEach(() => engine.remove(NAME));

function sh(script: string, more: JsonObject = {}): JsonObject {
  return {
    docker: {
      image: IMAGE,
      pull_policy: REAL_HOST === undefined ? 'if-missing' : 'never',
      command: ['sh', '-c'],
      args: [script],
      ...more,
    },
  };
}
const run = (params: JsonObject, context = new RecordingContext()): Promise<RuntimeResult> =>
  runtime.start(taskWith('Docker', params), context);
const state = () => engine.inspect(NAME);
const untilRunning = (): Promise<unknown> =>
  waitUntil(async () => (await state())?.phase === 'running', { timeoutMs: 10_000, describe: 'it runs' });

function again(params: JsonObject, artifacts: JsonObject): Task {
  const task = taskWith('Docker', params);
  task.dispatch = 2;
  task.artifactsJson = encodeExactJson(artifacts);
  return task;
}

describe('a container', () => {
  it('gets params, identity and env, and says things on both streams', async () => {
    const context = new RecordingContext();
    const params = {
      ...sh('echo $MAESTRO_PARAM_WHO $MAESTRO_STEP_ID $MINE; echo oops >&2', { env: { MINE: 'own' } }),
      who: 'you',
    };
    const result = await run(params, context);
    expect(result.outcome).toBe('DONE');
    expect(context.text('stdout')).toBe('you step own\n');
    expect(context.text('stderr')).toBe('oops\n');
    expect(artifactsOf(result)).toMatchObject({ maestro_docker: { job_id: NAME, exit_code: 0n } });
  });

  it('returns outputs between the tokens, however long its log goes on after them', async () => {
    const script = `echo "$MAESTRO_OUTPUT_START{\\"params\\": {\\"n\\": 7}}$MAESTRO_OUTPUT_END"; i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done`;
    expect(outputsOf(await run(sh(script)))).toEqual({ n: { type: 'LONG', value: 7n } });
  });

  it('returns outputs in a file', async () => {
    const result = await run(sh('echo \'{"params": {"from": "file"}}\' > $MAESTRO_OUTPUT'));
    expect(outputsOf(result)).toEqual({ from: { type: 'STRING', value: 'file' } });
  });

  it('fails by its exit code, and the end of its log says why', async () => {
    const failed = await run(sh('echo the disk is full >&2; exit 3'));
    expect(failed).toMatchObject({ outcome: 'USER_ERROR', message: containing('exit code 3') });
    expect(failed.message).toContain('the disk is full');
    await engine.remove(NAME);
    const mapped = { ...sh('exit 3'), exit_codes: { '3': 'platform' } };
    expect((await run(mapped)).outcome).toBe('PLATFORM_ERROR');
  });

  it('keeps the outputs of a failure as an artifact', async () => {
    const result = await run(sh('echo "$MAESTRO_OUTPUT_START{\\"params\\": {\\"n\\": 7}}$MAESTRO_OUTPUT_END"; exit 1'));
    expect(result.outputParamsJson).toBeUndefined();
    expect(artifactsOf(result)).toMatchObject({ maestro_failed_output: { params: { n: { value: 7n } } } });
  });

  it('that prints something else than a document fails the step', async () => {
    const result = await run(sh('echo "${MAESTRO_OUTPUT_START}nonsense$MAESTRO_OUTPUT_END"'));
    expect(result).toMatchObject({ outcome: 'USER_ERROR', message: containing('printed output') });
  });

  it('is there until the result is taken, then it is removed', async () => {
    const result = await run(sh('true'));
    expect((await state())?.phase).toBe('ended');
    await result.settled?.();
    expect(await state()).toBeUndefined();
  });

  it('whose program is not in the image is the mistake of the user', async () => {
    const result = await run(sh('', { command: ['/no/such/program'] }));
    // An engine that starts it below an init process tells it by the exit code.
    expect(result.outcome).toBe('USER_ERROR');
    expect(result.message).toMatch(/could not start|No such file/);
  });
});

describe('stopping', () => {
  it('ends the container, and removes it', async () => {
    const context = new RecordingContext();
    const running = run(sh('sleep 60'), context);
    await untilRunning();
    context.abort();
    expect((await running).outcome).toBe('STOPPED');
    expect(await state()).toBeUndefined();
  });

  it('kills what does not listen, after the grace', async () => {
    const context = new RecordingContext();
    const running = run(sh("trap '' TERM; echo deaf; while :; do sleep 1; done", { stop_grace_seconds: 1n }), context);
    await waitUntil(() => context.text('stdout') === 'deaf\n', { timeoutMs: 10_000, describe: 'it listens no more' });
    context.abort();
    expect((await running).outcome).toBe('STOPPED');
    expect(await state()).toBeUndefined();
  });

  it('before it begins creates nothing', async () => {
    const context = new RecordingContext();
    context.abort();
    expect((await run(sh('true'), context)).outcome).toBe('STOPPED');
    expect(await state()).toBeUndefined();
  });
});

describe('taking over', () => {
  const slow = sh(
    'echo first; sleep 2; echo second; echo "$MAESTRO_OUTPUT_START{\\"params\\": {\\"n\\": 7}}$MAESTRO_OUTPUT_END"',
  );

  it.each(['lease-lost', 'drained'])(
    'leaves the container alone when the executor is %s, and goes on elsewhere',
    async (reason) => {
      const first = new RecordingContext();
      const left = run(slow, first);
      await untilRunning();
      const { id } = (await state()) ?? {};
      first.abort(reason);
      expect((await left).outcome).toBe('STOPPED');
      expect(await state()).toMatchObject({ id, phase: 'running' });
      const next = new RecordingContext();
      const result = await runtime.start(again(slow, first.artifacts), next);
      expect(result.outcome).toBe('DONE');
      expect((await state())?.id).toBe(id);
      expect(next.text('stdout')).toContain('first\nsecond\n');
      expect(outputsOf(result)).toEqual({ n: { type: 'LONG', value: 7n } });
    },
  );

  it('finds out how a container ended while nobody looked', async () => {
    const first = await run(sh('exit 4'));
    const second = await runtime.start(again(sh('exit 4'), {}), new RecordingContext());
    expect([first.outcome, second.outcome]).toEqual(['USER_ERROR', 'USER_ERROR']);
    expect(second.message).toContain('exit code 4');
  });

  it('of one that was cancelled meanwhile ends it', async () => {
    const first = new RecordingContext();
    const left = run(sh('sleep 60'), first);
    await untilRunning();
    first.abort('lease-lost');
    await left;
    const next = new RecordingContext();
    next.abort();
    expect((await runtime.start(again(sh('sleep 60'), first.artifacts), next)).outcome).toBe('STOPPED');
    expect(await state()).toBeUndefined();
  });

  it('never begins again what is gone', async () => {
    const result = await runtime.start(again(sh('true'), { maestro_docker: { job_id: NAME } }), new RecordingContext());
    expect(result).toMatchObject({ outcome: 'PLATFORM_ERROR', message: containing('not there any more') });
    expect(await state()).toBeUndefined();
  });

  it('two deliveries at once share one container', async () => {
    const created = fake.createdNames.length;
    const both = await Promise.all([run(slow), run(slow)]);
    expect(both.map(({ outcome, message = '' }) => outcome + message)).toEqual(['DONE', 'DONE']);
    if (REAL_HOST === undefined) {
      expect(fake.createdNames.length - created).toBe(1);
      expect(fake.containers.get(NAME)?.starts).toBe(1);
    }
  });
});

describe('a container that somebody else removes', () => {
  it('is a platform failure, at once', async () => {
    const running = run(sh('sleep 60'));
    await untilRunning();
    await engine.remove(NAME);
    expect(await running).toMatchObject({ outcome: 'PLATFORM_ERROR', message: containing('removed') });
  });
});

describe('the policy', () => {
  it.each([
    [{ mounts: ['/etc:/etc'] }, 'does not allow to mount'],
    [{ mounts: ['/data/../etc:/etc'] }, 'does not allow to mount'],
    [{ mounts: ['/data/x:/x:rw'] }, 'read-only'],
    [{ mounts: ['data:/x'] }, 'must be'],
    [{ network: 'host' }, 'is not allowed here'],
    [{ pids: 1_000n }, 'pids'],
    [{ memory: 'lots' }, 'must be a size'],
    [{ pull_policy: 'sometimes' }, 'must be one of'],
  ])('refuses %j for good', async (more, message) => {
    expect(await run(sh('true', more))).toMatchObject({
      outcome: 'FATAL_ERROR',
      message: containing(message),
    });
  });

  ofFake('gives what is left: no privileges, limits, mounts read-only', async () => {
    const more = { mounts: ['/data/x:/x'], cpu: '500m', memory: '64Mi', pids: 20n };
    await run(sh('true', more));
    expect(fake.containers.get(NAME)?.request.HostConfig).toMatchObject({
      Privileged: false,
      SecurityOpt: ['no-new-privileges'],
      Binds: ['/data/x:/x:ro'],
      NetworkMode: 'none',
      NanoCpus: 5e8,
      Memory: 2 ** 26,
      PidsLimit: 20,
    });
  });
});

describe('images', () => {
  ofFake('are pulled when missing, with progress in the log', async () => {
    const context = new RecordingContext();
    const always = sh('true', { pull_policy: 'always' });
    expect((await run(always, context)).outcome).toBe('DONE');
    expect(context.text('system')).toContain('pulling image busybox');
    expect(context.text('system')).toContain('Downloaded newer image');
  });

  it('that nobody has are the mistake of the user', async () => {
    const never = await run(sh('true', { image: 'localhost/nowhere', pull_policy: 'never' }));
    expect(never).toMatchObject({ outcome: 'USER_ERROR', message: containing('pull_policy is never') });
  });

  ofFake('that the registry refuses are the mistake of the user', async () => {
    const refused = await run(sh('true', { image: 'nowhere', pull_policy: 'if-missing' }));
    expect(refused).toMatchObject({ outcome: 'USER_ERROR', message: containing('does not exist') });
  });
});

describe('an engine that is away', () => {
  ofFake('before anything is there is a platform failure, after a while', async () => {
    await fake.away();
    const result = await run(sh('true'));
    await fake.start();
    expect(result).toMatchObject({ outcome: 'PLATFORM_ERROR' });
  });

  ofFake('is waited for as long as the container may run', async () => {
    const context = new RecordingContext();
    const running = run(sh('sleep 2; exit 5'), context);
    await untilRunning();
    await fake.away();
    await waitUntil(() => context.text('system').includes('does not answer'), {
      timeoutMs: 10_000,
      describe: 'it is told',
    });
    await fake.start();
    expect(await running).toMatchObject({ outcome: 'USER_ERROR', message: containing('exit code 5') });
  });
});

describe('memory', () => {
  ofFake('that was not enough is told as such', async () => {
    const running = run(sh('sleep 60'));
    await untilRunning();
    const container = fake.containers.get(NAME);
    if (container) container.oomKilled = true;
    container?.signal('SIGKILL');
    expect(await running).toMatchObject({ outcome: 'USER_ERROR', message: containing('docker.memory') });
  });
});
