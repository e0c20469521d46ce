import { listOf } from './compose-docker.js';
import type { ExecutorConfig } from './config.js';
import { clientNodeCluster } from './runtimes/kubernetes/client-node-cluster.js';
import type { KubernetesSettings } from './runtimes/kubernetes/kubernetes.js';

/** How long an API server that does not answer is waited for while nothing runs there. */
const PATIENCE_MS = 60_000;

/** kubernetesRuntimeSettings are the cluster of this executor and what its operator lets pods have. */
export function kubernetesRuntimeSettings(config: ExecutorConfig): KubernetesSettings {
  const { kubernetes, kubernetesContext: context } = config;
  return {
    cluster: kubernetes === undefined ? undefined : clientNodeCluster({ config: kubernetes, context }),
    policy: {
      namespaces: listOf(config.kubernetesNamespaces).map((rule) => {
        const [tenant = '', namespace = ''] = rule.split(':');
        return { tenant, namespace };
      }),
      serviceAccounts: listOf(config.kubernetesServiceAccounts ?? ''),
    },
    patienceMs: PATIENCE_MS,
    stuckMs: config.kubernetesStuckSeconds * 1_000,
  };
}
