import type { JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { startFakeKubernetes, waitUntil, type FakeKubernetes } from '@maestro/testing';
import { encodeExactJson } from '@maestro/wire';
import { violationsOf } from '../../testing/kubernetes-openapi.js';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import type { Runtime, RuntimeResult } from '../runtime.js';
import { clientNodeCluster } from './client-node-cluster.js';
import type { Cluster } from './cluster.js';
import { kubernetes, type KubernetesSettings } from './kubernetes.js';

/**
 * The contract of the runtime with an API server, played by a fake over real sockets whose node runs processes. Against a real
 * one: `real-api-server.integration.test.ts`.
 */
const POD = 'step-uuid-1';
const containing = (text: string): string => expect.stringContaining(text) as string;
const ref = { namespace: 'default', name: POD };

let fake: FakeKubernetes;
let cluster: Cluster;
let settings: KubernetesSettings;
let runtime: Runtime;

beforeAll(async () => {
  fake = await startFakeKubernetes();
  cluster = clientNodeCluster({ config: fake.kubeConfig, context: undefined });
  // The client takes its time to load.
  await cluster.read(ref);
  settings = {
    cluster,
    policy: {
      namespaces: [
        { tenant: '*', namespace: 'default' },
        { tenant: 'team-a', namespace: 'jobs-a' },
      ],
      serviceAccounts: ['loader'],
    },
    patienceMs: 1_000,
    stuckMs: 300,
    safetyMs: 500,
  };
  runtime = kubernetes(settings);
}, 30_000);
afterAll(() => fake.stop());
afterEach(() => cluster.remove(ref, undefined, 0));

function sh(script: string, more: JsonObject = {}): JsonObject {
  const own = { image: 'busybox', command: ['sh', '-c'], args: [script], job_deduplication_key: POD };
  return { kubernetes: { ...own, ...more } };
}
const run = (params: JsonObject, context = new RecordingContext()): Promise<RuntimeResult> =>
  runtime.start(taskWith('Kubernetes', params), context);
const phase = () => fake.server.pod(POD)?.status.phase;
const untilRunning = (): Promise<unknown> =>
  waitUntil(() => phase() === 'Running', { timeoutMs: 10_000, describe: 'it runs' });
const createdPods = (): number => fake.server.created.length;

function again(params: JsonObject, artifacts: JsonObject): Task {
  const task = taskWith('Kubernetes', params);
  task.dispatch = 2;
  task.artifactsJson = encodeExactJson(artifacts);
  return task;
}

const RETURN = 'echo "$MAESTRO_OUTPUT_START{\\"params\\": {\\"n\\": 7}}$MAESTRO_OUTPUT_END"';

describe('a pod', () => {
  it('gets params, identity and env, and its log is read', async () => {
    const context = new RecordingContext();
    const params = {
      ...sh('echo $MAESTRO_PARAM_WHO $MAESTRO_STEP_ID $MINE', { env: { MINE: 'own' } }),
      who: 'you $(HOME)',
    };
    const result = await run(params, context);
    expect(result.outcome).toBe('DONE');
    expect(context.text('stdout')).toBe('you $(HOME) step own\n');
    expect(artifactsOf(result)).toEqual({
      maestro_kubernetes: {
        type: 'KUBERNETES',
        job_id: POD,
        command: 'sh -c',
        execution_script: 'echo $MAESTRO_PARAM_WHO $MAESTRO_STEP_ID $MINE',
        execution_output: 'you $(HOME) step own\n',
      },
    });
  });

  it('returns outputs between the tokens, however long its log goes on after them', async () => {
    const result = await run(sh(`${RETURN}; i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done`));
    expect(outputsOf(result)).toEqual({ n: { type: 'LONG', value: 7n } });
  });

  it('fails by its exit code, and the end of its log says why', async () => {
    const failed = await run(sh('echo the disk is full; exit 3'));
    expect(failed.outcome).toBe('USER_ERROR');
    expect(failed.message).toMatch(/exit code 3.*the disk is full/s);
    await failed.settled?.();
    expect((await run({ ...sh('exit 3'), exit_codes: { '3': 'platform' } })).outcome).toBe('PLATFORM_ERROR');
  });

  it('is there until the result is taken, then it is deleted', async () => {
    const result = await run(sh('true'));
    expect(phase()).toBe('Succeeded');
    await result.settled?.();
    expect(phase()).toBeUndefined();
  });

  it('whose image cannot be pulled is the mistake of the user, after a while', async () => {
    const context = new RecordingContext();
    const result = await run(sh('true', { image: 'nowhere/nothing' }), context);
    expect(result).toMatchObject({ outcome: 'USER_ERROR', message: containing('ImagePullBackOff') });
    expect(context.text('system')).toContain('waits: ImagePullBackOff');
  });

  it.each([
    [{ reason: 'Evicted', message: 'low on memory' }, 'PLATFORM_ERROR', 'Evicted'],
    [
      { conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager' }] },
      'PLATFORM_ERROR',
      'TaintManager',
    ],
    [{ reason: 'DeadlineExceeded' }, 'TIMED_OUT', ''],
    [
      { containerStatuses: [{ name: 'maestro-job', state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }] },
      'USER_ERROR',
      'kubernetes.memory',
    ],
  ])('that failed with %j is told apart', async (verdict, outcome, message) => {
    const running = run(sh('sleep 60'));
    await untilRunning();
    await fake.kubelet.fail(POD, { phase: 'Failed', ...verdict });
    const result = await running;
    expect(result.outcome).toBe(outcome);
    expect(result.message ?? '').toContain(message);
  });

  it('that somebody deletes is noticed', async () => {
    const running = run(sh('sleep 60'));
    await untilRunning();
    await cluster.remove(ref, undefined, 1);
    expect((await running).outcome).toMatch(/PLATFORM_ERROR|USER_ERROR/);
  });

  it('that disappears at once is a platform failure', async () => {
    const running = run(sh('sleep 60'));
    await untilRunning();
    await cluster.remove(ref, undefined, 0);
    expect(await running).toMatchObject({ outcome: 'PLATFORM_ERROR', message: containing('deleted') });
  });
});

describe('stopping', () => {
  it('deletes the pod and waits until it is gone', async () => {
    const context = new RecordingContext();
    const running = run(sh("trap 'sleep 0.3; exit 1' TERM; echo ready; while :; do sleep 0.1; done"), context);
    await waitUntil(() => context.text('stdout').includes('ready'), { timeoutMs: 10_000, describe: 'it runs' });
    context.abort();
    expect((await running).outcome).toBe('STOPPED');
    expect(phase()).toBeUndefined();
  });

  it('before it begins creates nothing', async () => {
    const before = createdPods();
    const context = new RecordingContext();
    context.abort();
    expect((await run(sh('true'), context)).outcome).toBe('STOPPED');
    expect(createdPods()).toBe(before);
  });
});

describe('taking over', () => {
  it.each(['lease-lost', 'drained'])(
    'leaves the pod alone when the executor is %s, and goes on elsewhere',
    async (reason) => {
      const before = createdPods();
      const first = new RecordingContext();
      const slow = sh(`echo first; sleep 1; echo second; ${RETURN}`);
      const left = run(slow, first);
      await untilRunning();
      first.abort(reason);
      expect((await left).outcome).toBe('STOPPED');
      expect(phase()).toBe('Running');
      const next = new RecordingContext();
      const result = await runtime.start(again(slow, first.artifacts), next);
      expect(outputsOf(result)).toEqual({ n: { type: 'LONG', value: 7n } });
      expect(next.text('stdout')).toMatch(/^first\nsecond\n/);
      expect(createdPods() - before).toBe(1);
    },
  );

  it('finds out how a pod ended while nobody looked', async () => {
    await run(sh('exit 4'));
    const second = await runtime.start(again(sh('exit 4'), {}), new RecordingContext());
    expect(second).toMatchObject({ outcome: 'USER_ERROR', message: containing('exit code 4') });
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
    expect(phase()).toBeUndefined();
  });

  it('never begins again what is gone', async () => {
    const before = createdPods();
    const result = await runtime.start(
      again(sh('true'), { maestro_kubernetes: { job_id: POD } }),
      new RecordingContext(),
    );
    expect(result).toMatchObject({ outcome: 'PLATFORM_ERROR', message: containing('not there any more') });
    expect(createdPods()).toBe(before);
  });

  it('two deliveries at once share one pod', async () => {
    const before = createdPods();
    const both = await Promise.all([run(sh(`sleep 0.5; ${RETURN}`)), run(sh(`sleep 0.5; ${RETURN}`))]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['DONE', 'DONE']);
    expect(createdPods() - before).toBe(1);
  });

  it('another attempt under the same key waits until that has ended', async () => {
    const running = run(sh('sleep 1'));
    await untilRunning();
    const other = new RecordingContext('78-0-1');
    const refused = await run(sh('true'), other);
    expect(refused).toMatchObject({ outcome: 'PLATFORM_ERROR', message: containing('another attempt') });
    expect((await running).outcome).toBe('DONE');
    expect((await run(sh('true'), new RecordingContext('78-0-1'))).outcome).toBe('DONE');
  });
});

describe('an API server', () => {
  it('that forgets old versions is asked anew', async () => {
    const running = run(sh('sleep 1; exit 6'));
    await untilRunning();
    fake.server.compact();
    expect(await running).toMatchObject({ outcome: 'USER_ERROR', message: containing('exit code 6') });
  });

  it('that is away before anything is there is a platform failure, after a while', async () => {
    await fake.server.away();
    const result = await run(sh('true'));
    await fake.server.start();
    expect(result).toMatchObject({ outcome: 'PLATFORM_ERROR' });
  });

  it('that goes away is waited for as long as the pod may run', async () => {
    const context = new RecordingContext();
    const running = run(sh('sleep 1; echo late; exit 5'), context);
    await untilRunning();
    await fake.server.away();
    await waitUntil(() => context.text('system').includes('does not answer'), {
      timeoutMs: 10_000,
      describe: 'it is told',
    });
    await fake.server.start();
    expect(await running).toMatchObject({ outcome: 'USER_ERROR', message: containing('exit code 5') });
  });
});

describe('the pod that is asked for', () => {
  it('has everything that the step says, and what every pod has', async () => {
    const more = {
      cpu: '500m',
      memory: '64Mi',
      disk: '1Gi',
      gpu: '1',
      service_account: 'loader',
      node_selector: { disk: 'ssd' },
      tolerations: ['team=a:NoSchedule', 'spot'],
      volumes: ['pvc:data:/data:ro', 'emptydir:tmp:/scratch'],
      secrets: { TOKEN: 'api/token' },
      labels: { team: 'a' },
      annotations: { note: 'x' },
      owner_email: 'a@example.com',
      pre_stop: { exec: { command: ['sh', '-c', 'true'] } },
      stop_grace_seconds: 7n,
    };
    await run(sh('true', more));
    expect(fake.server.pod(POD)).toMatchObject({
      metadata: {
        labels: { team: 'a', app: 'maestro-job', 'maestro/orchestrator': 'maestro', 'maestro/attempt': '77-0-1' },
        annotations: {
          note: 'x',
          orchestrator: 'maestro',
          workflow_identity: 'wf[9007199254740993][2]',
          step_identity: 'step[1]',
          owner_email: 'a@example.com',
        },
      },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: 'loader',
        nodeSelector: { disk: 'ssd' },
        terminationGracePeriodSeconds: 7,
        tolerations: [
          { key: 'team', operator: 'Equal', value: 'a', effect: 'NoSchedule' },
          { key: 'spot', operator: 'Exists' },
        ],
        volumes: [
          { name: 'volume-0', persistentVolumeClaim: { claimName: 'data', readOnly: true } },
          { name: 'volume-1', emptyDir: {} },
        ],
        containers: [
          {
            name: 'maestro-job',
            resources: { limits: { cpu: '500m', memory: '64Mi', 'ephemeral-storage': '1Gi', 'nvidia.com/gpu': '1' } },
            lifecycle: { preStop: { exec: { command: ['sh', '-c', 'true'] } } },
            securityContext: { allowPrivilegeEscalation: false, privileged: false },
            env: expect.arrayContaining([
              { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
            ]) as unknown,
          },
        ],
      },
    });
  });

  it('takes the deprecated entrypoint as a line for the shell', async () => {
    const context = new RecordingContext();
    await run(
      { kubernetes: { image: 'busybox', entrypoint: 'echo hello world', job_deduplication_key: POD } },
      context,
    );
    expect(context.text('stdout')).toBe('hello world\n');
  });

  it.each([
    [{ namespace: 'kube-system' }, 'may not use "kube-system"'],
    [{ namespace: 'jobs-a' }, 'may not use "jobs-a"'],
    [{ service_account: 'admin' }, 'may not run as "admin"'],
    [{ volumes: ['hostpath:/etc:/etc'] }, 'kubernetes.volumes'],
    [{ tolerations: ['x:Sometimes'] }, 'kubernetes.tolerations'],
    [{ secrets: { X: 'whole' } }, 'secret/key'],
  ])('with %j is refused for good', async (more, message) => {
    expect(await run(sh('true', more))).toMatchObject({
      outcome: 'FATAL_ERROR',
      message: containing(message),
    });
  });
});

it('has asked for nothing but what Kubernetes publishes', () => {
  const ours = fake.server.exchanges.filter(({ method, path }) => method !== 'PATCH' && !path.endsWith('/binding'));
  expect(new Set(ours.map(({ method }) => method))).toEqual(new Set(['GET', 'POST', 'DELETE']));
  expect(ours.flatMap(violationsOf)).toEqual([]);
  const wrong = {
    method: 'POST',
    path: '/api/v1/namespaces/a/pods',
    query: { x: '' },
    body: { spec: { containers: 'x', y: 1 } },
  };
  expect(violationsOf(wrong)).toEqual([
    'POST /api/v1/namespaces/a/pods has no parameter x',
    'POST.spec.containers must be a list',
    'POST.spec.y is unknown',
  ]);
});
