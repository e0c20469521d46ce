import { FakeKubelet, httpPodApi, waitUntil } from '@maestro/testing';
import type { JsonObject } from '@maestro/domain';
import { RecordingContext, taskWith } from '../../testing/runtime-context.js';
import type { RuntimeResult } from '../runtime.js';
import { clientNodeCluster } from './client-node-cluster.js';
import { kubernetes } from './kubernetes.js';

/**
 * The runtime against a real kube-apiserver, by hand: MAESTRO_TEST_KUBERNETES is a kubeconfig file, MAESTRO_TEST_KUBERNETES_URL
 * and MAESTRO_TEST_KUBERNETES_TOKEN reach the same server. No node is needed: the test plays it by patching the status of pods,
 * so there are no logs. How such a server is started is in README.md.
 */
const CONFIG = process.env['MAESTRO_TEST_KUBERNETES'] ?? '';
const URL = process.env['MAESTRO_TEST_KUBERNETES_URL'] ?? '';
const TOKEN = process.env['MAESTRO_TEST_KUBERNETES_TOKEN'] ?? '';
const containing = (text: string): string => expect.stringContaining(text) as string;
const withServer = CONFIG === '' ? describe.skip : describe;

withServer('a real API server', () => {
  const cluster = clientNodeCluster({ config: CONFIG, context: undefined });
  const ref = { namespace: 'default', name: `contract-${process.pid}` };
  const kubelet = new FakeKubelet(httpPodApi(URL, 'default', { authorization: `Bearer ${TOKEN}` }));
  const runtime = kubernetes({
    cluster,
    policy: { namespaces: [{ tenant: '*', namespace: 'default' }], serviceAccounts: [] },
    patienceMs: 1_000,
    stuckMs: 300,
    lastWordsMs: 100,
  });
  const sh = (script: string, more: JsonObject = {}): JsonObject => ({
    kubernetes: { image: 'busybox', command: ['sh', '-c'], args: [script], job_deduplication_key: ref.name, ...more },
  });
  const run = (params: JsonObject, context = new RecordingContext()): Promise<RuntimeResult> =>
    runtime.start(taskWith('Kubernetes', params), context);
  const untilRunning = (): Promise<unknown> =>
    waitUntil(async () => (await cluster.read(ref))?.status?.phase === 'Running', {
      timeoutMs: 20_000,
      describe: 'it runs',
    });

  beforeAll(async () => {
    kubelet.start();
    // The client takes its time to load.
    await cluster.read(ref);
  }, 60_000);
  afterAll(() => kubelet.stop());
  afterEach(() => cluster.remove(ref, undefined, 0));

  it('takes a pod with everything that a step can say', async () => {
    const more = {
      cpu: '500m',
      memory: '64Mi',
      disk: '1Gi',
      gpu: '1',
      node_selector: { disk: 'ssd' },
      tolerations: ['team=a:NoSchedule', 'spot'],
      volumes: ['pvc:data:/data:ro', 'emptydir:tmp:/scratch', 'configmap:c:/c', 'secret:s:/s'],
      secrets: { TOKEN: 'api/token' },
      labels: { team: 'a' },
      annotations: { note: 'x' },
      owner_email: 'a@example.com',
      pre_stop: { exec: { command: ['sh', '-c', 'true'] } },
      stop_grace_seconds: 7n,
      image_pull_policy: 'IfNotPresent',
      image_pull_secrets: ['registry'],
    };
    expect((await run(sh('true', more))).outcome).toBe('DONE');
  });

  it('tells how a pod ended', async () => {
    expect(await run(sh('exit 3'))).toMatchObject({
      outcome: 'USER_ERROR',
      message: containing('exit code 3'),
    });
  });

  it('is told what is wrong with a pod at once', async () => {
    const wrong = await run(sh('true', { memory: 'lots' }));
    expect(wrong).toMatchObject({ outcome: 'FATAL_ERROR', message: expect.stringMatching(/quantit/i) as string });
  });

  it('has one pod for two deliveries', async () => {
    const both = await Promise.all([run(sh('sleep 1')), run(sh('sleep 1'))]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['DONE', 'DONE']);
  });

  it('tells that a pod was deleted', async () => {
    const running = run(sh('sleep 60'));
    await untilRunning();
    await cluster.remove(ref, undefined, 0);
    expect(await running).toMatchObject({ outcome: 'PLATFORM_ERROR', message: containing('deleted') });
  });

  it('deletes a pod that is stopped, and it is gone before the end is confirmed', async () => {
    const context = new RecordingContext();
    const running = run(sh('sleep 60', { stop_grace_seconds: 1n }), context);
    await untilRunning();
    context.abort();
    expect((await running).outcome).toBe('STOPPED');
    expect(await cluster.read(ref)).toBeUndefined();
  });

  it('keeps a pod that is let go, for the next executor', async () => {
    const context = new RecordingContext();
    const left = run(sh('sleep 2; exit 4'), context);
    await untilRunning();
    context.abort('lease-lost');
    await left;
    expect(await run(sh('sleep 2; exit 4'))).toMatchObject({ message: containing('exit code 4') });
  });
});
