import { integer, optional, setting, text } from '@maestro/config';

/** kubernetesSettings say where Kubernetes steps run and what they may have there. */
export const kubernetesSettings = {
  kubernetes: setting({
    flag: 'executor-kubernetes',
    env: 'MAESTRO_EXECUTOR_KUBERNETES',
    schema: optional(text()),
    default: '',
    doc: 'the cluster of Kubernetes steps: cluster (the one that the executor itself runs in) or a kubeconfig file; empty: none',
    example: '/etc/maestro/kubeconfig',
  }),
  kubernetesContext: setting({
    flag: 'executor-kubernetes-context',
    env: 'MAESTRO_EXECUTOR_KUBERNETES_CONTEXT',
    schema: optional(text()),
    default: '',
    doc: 'a context of the kubeconfig file; empty: its current one',
    example: 'jobs',
  }),
  kubernetesNamespaces: setting({
    flag: 'executor-kubernetes-namespaces',
    env: 'MAESTRO_EXECUTOR_KUBERNETES_NAMESPACES',
    schema: text(),
    default: '*:default',
    doc: 'namespaces by tenant (tenant:namespace, * = every tenant, {tenant} = its name), separated by commas; the first is the default',
    example: 'team-a:jobs-a,*:jobs-{tenant}',
  }),
  kubernetesServiceAccounts: setting({
    flag: 'executor-kubernetes-service-accounts',
    env: 'MAESTRO_EXECUTOR_KUBERNETES_SERVICE_ACCOUNTS',
    schema: optional(text()),
    default: '',
    doc: 'service accounts that pods of steps may run as, separated by commas; empty: none but the default one, without credentials',
    example: 'loader,trainer',
  }),
  kubernetesStuckSeconds: setting({
    flag: 'executor-kubernetes-stuck-seconds',
    env: 'MAESTRO_EXECUTOR_KUBERNETES_STUCK_SECONDS',
    schema: integer({ min: 1, max: 86_400 }),
    default: '120',
    doc: 'how long a pod may be stuck (its image cannot be pulled) before its step fails',
    example: '600',
  }),
};
