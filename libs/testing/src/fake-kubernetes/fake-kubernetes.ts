import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.js';
import { FakeApiServer } from './fake-api-server.js';
import { FakeKubelet } from './fake-kubelet.js';
import { httpPodApi } from './http-pod-api.js';

/** FakeKubernetes is a fake API server with one node that plays its pods. */
export interface FakeKubernetes {
  readonly server: FakeApiServer;
  readonly kubelet: FakeKubelet;
  /** Path of a kubeconfig file for it. */
  readonly kubeConfig: string;
  stop(): Promise<void>;
}

/** startFakeKubernetes starts both; containers find programs in `path`. */
export async function startFakeKubernetes(path?: string): Promise<FakeKubernetes> {
  const server = await new FakeApiServer().start();
  const kubelet = new FakeKubelet(httpPodApi(server.url), path).start();
  server.serveLog = (pod, since, response) => kubelet.serveLog(pod, since, response);
  const kubeConfig = join(temporaryFolder('fake-kubernetes'), 'config');
  writeFileSync(kubeConfig, server.kubeConfig());
  return {
    server,
    kubelet,
    kubeConfig,
    stop: async () => {
      kubelet.stop();
      await server.away();
    },
  };
}
