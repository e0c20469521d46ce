import type { KubernetesSettings } from '../runtimes/kubernetes/kubernetes.js';

/** testKubernetesSettings are those of an executor without a cluster. */
export const testKubernetesSettings: KubernetesSettings = {
  cluster: undefined,
  policy: { namespaces: [{ tenant: '*', namespace: 'default' }], serviceAccounts: [] },
  patienceMs: 100,
  stuckMs: 100,
};
