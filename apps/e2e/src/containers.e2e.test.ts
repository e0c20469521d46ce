import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeDocker, startFakeKubernetes, temporaryFolder, waitUntil, type FakeKubernetes } from '@maestro/testing';
import { maestroCli, type CliAnswer } from './testing/cli.js';
import { expectNothingLeft } from './testing/invariants.js';
import { step, text } from './testing/runs.js';
import { System } from './testing/system.js';

/**
 * Docker and Kubernetes steps in a started system. The engine and the API server are fakes that speak the real protocols over
 * real sockets and live in the test: they outlive every executor.
 */
let folder: string;
let docker: FakeDocker;
let kubernetes: FakeKubernetes;
let system: System;
let maestro: (...args: string[]) => Promise<CliAnswer>;

beforeAll(async () => {
  folder = temporaryFolder('e2e-containers');
  docker = await new FakeDocker().start();
  kubernetes = await startFakeKubernetes();
  system = await System.start({
    MAESTRO_EXECUTOR_DOCKER_HOST: docker.host,
    MAESTRO_EXECUTOR_DOCKER_NETWORKS: 'none',
    MAESTRO_EXECUTOR_KUBERNETES: kubernetes.kubeConfig,
    MAESTRO_EXECUTOR_KUBERNETES_STUCK_SECONDS: '1',
  });
  maestro = maestroCli(system.restUrl);
}, 120_000);

afterAll(async () => {
  await system.stop();
  await docker.stop();
  await kubernetes.stop();
}, 60_000);

const CREATED: Readonly<Record<string, () => number>> = {
  Docker: () => docker.createdNames.length,
  Kubernetes: () => kubernetes.server.created.length,
};
const LEFT: Readonly<Record<string, () => number>> = {
  Docker: () => docker.containers.size,
  Kubernetes: () => kubernetes.server.names().length,
};
const TYPES = ['Docker', 'Kubernetes'] as const;
type Type = (typeof TYPES)[number];

const RETURN = 'echo "$$MAESTRO_OUTPUT_START{\\"params\\": {\\"rows\\": 42}}$$MAESTRO_OUTPUT_END"';

function containerStep(type: Type, script: string, more: Record<string, unknown> = {}): unknown {
  const place = {
    image: text('busybox'),
    command: { type: 'STRING_ARRAY', value: ['sh', '-c'] },
    args: { type: 'STRING_ARRAY', value: [script] },
  };
  return step('job', type, {
    retry_policy: { error_retry_limit: 0, platform_retry_limit: 0, timeout_retry_limit: 0 },
    ...more,
    params: {
      [type.toLowerCase()]: { type: 'MAP', value: place },
      rows: { type: 'LONG', value: 0, mode: 'MUTABLE' },
    },
  });
}

const saysStarted = (name: string): Promise<unknown> =>
  waitUntil(async () => (await system.runs.log(name, 'job')).includes('begun'), {
    timeoutMs: 30_000,
    describe: `${name} has begun`,
  });
const nothingLeft = (type: Type): Promise<unknown> =>
  waitUntil(() => LEFT[type]?.() === 0, { timeoutMs: 20_000, describe: `nothing of ${type} is left` });

describe.each(TYPES)('%s', (type) => {
  const id = (what: string): string => `${type.toLowerCase()}-${what}`;

  test('succeeds, its outputs are params of the step, and nothing is left of it', async () => {
    const name = id('ok');
    const steps = [containerStep(type, `echo begun; ${RETURN}`)];
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify({ properties: { owner: 'ada' }, workflow: { id: name, steps } }));
    expect((await maestro('push', file)).code).toBe(0);
    expect(await maestro('start', name, '--watch')).toMatchObject({ code: 0 });
    const { params, artifacts } = await system.runs.step(name, 'job');
    expect(params?.['rows']?.evaluated_result).toBe(42);
    expect(artifacts?.[`maestro_${type.toLowerCase()}`]).toMatchObject({
      execution_output: expect.any(String) as string,
    });
    expect((await maestro('logs', `${name}/1/job`)).stdout).toContain('begun');
    await nothingLeft(type);
  });

  test('fails as the user’s error, with what it said', async () => {
    const name = id('bad');
    await system.runs.pushSteps(name, [containerStep(type, 'echo no such table; exit 3')]);
    expect((await system.runs.finish(name)).status).toBe('FAILED');
    const { runtime_state, timeline } = await system.runs.step(name, 'job');
    expect(runtime_state.status).toBe('FATALLY_FAILED');
    expect(JSON.stringify(timeline)).toMatch(/exit code 3.*no such table/);
  });

  test('is ended at its timeout', async () => {
    const name = id('slow');
    await system.runs.pushSteps(name, [containerStep(type, 'sleep 300', { timeout: '2 seconds' })]);
    expect((await system.runs.finish(name)).status).toBe('TIMED_OUT');
    await nothingLeft(type);
  });

  test('is ended when its run is stopped', async () => {
    const name = id('stop');
    await system.runs.pushSteps(name, [containerStep(type, 'echo begun; sleep 300')]);
    await system.runs.start(name);
    await saysStarted(name);
    expect((await maestro('stop', `${name}/1`)).code).toBe(0);
    expect((await system.runs.ended(name)).status).toBe('STOPPED');
    await nothingLeft(type);
  });

  test('goes on when its executor is killed: one container, one attempt, its result', async () => {
    const name = id('killed');
    const before = CREATED[type]?.() ?? 0;
    await system.runs.pushSteps(name, [containerStep(type, `echo begun; sleep 6; ${RETURN}`)]);
    await system.runs.start(name);
    await saysStarted(name);
    system.kill('executor');
    expect((await system.runs.ended(name, 1, 60_000)).status).toBe('SUCCEEDED');
    const { step_attempt_id, params, timeline } = await system.runs.step(name, 'job');
    expect(step_attempt_id).toBe(1);
    expect(params?.['rows']?.evaluated_result).toBe(42);
    expect(JSON.stringify(timeline)).toContain('is taken over');
    expect((CREATED[type]?.() ?? 0) - before).toBe(1);
    expect(await system.runs.log(name, 'job')).toContain('takes over');
    await nothingLeft(type);
  }, 90_000);

  test('that is stopped while nobody holds it is ended by the next executor', async () => {
    const name = id('orphan');
    await system.runs.pushSteps(name, [containerStep(type, 'echo begun; sleep 300')]);
    await system.runs.start(name);
    await saysStarted(name);
    system.kill('executor');
    expect((await maestro('stop', `${name}/1`)).code).toBe(0);
    expect((await system.runs.ended(name, 1, 60_000)).status).toBe('STOPPED');
    await nothingLeft(type);
  }, 90_000);

  test('a task that is delivered twice makes one container', async () => {
    const name = id('twice');
    const before = CREATED[type]?.() ?? 0;
    await system.runs.pushSteps(name, [containerStep(type, `echo begun; sleep 3; ${RETURN}`)]);
    await system.runs.start(name);
    // Killed as soon as anything of it is there: whatever was not acknowledged by then is delivered again.
    await waitUntil(() => (CREATED[type]?.() ?? 0) > before, { timeoutMs: 20_000, describe: 'it is created' });
    system.kill('executor');
    expect((await system.runs.ended(name, 1, 60_000)).status).toBe('SUCCEEDED');
    expect((CREATED[type]?.() ?? 0) - before).toBe(1);
  }, 90_000);
});

test('a pod whose image nobody has is the mistake of the user, and the log says what it waits for', async () => {
  const place = { image: text('nowhere/nothing') };
  await system.runs.pushSteps('no-image', [
    step('job', 'Kubernetes', {
      retry_policy: { error_retry_limit: 0 },
      params: { kubernetes: { type: 'MAP', value: place } },
    }),
  ]);
  expect((await system.runs.finish('no-image')).status).toBe('FAILED');
  expect(await system.runs.log('no-image', 'job')).toContain('ImagePullBackOff');
});

test('nothing is left of all these runs', () => expectNothingLeft(system));
