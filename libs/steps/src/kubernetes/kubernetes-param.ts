import type { ParamDefinition } from '@maestro/domain';

/**
 * kubernetesParam is the map `kubernetes` that Kubernetes and Notebook steps take: what the specification has (§1.7), and what
 * the original lacks: where the pod runs, as whom, and what it is given.
 */
export function kubernetesParam(internalMode: 'REQUIRED' | 'PROVIDED'): ParamDefinition {
  return {
    type: 'MAP',
    internalMode,
    value: {
      app_name: { type: 'STRING', value: 'maestro-job', internalMode: 'PROVIDED' },
      cpu: { type: 'STRING', internalMode: 'OPTIONAL' },
      disk: { type: 'STRING', internalMode: 'OPTIONAL' },
      gpu: { type: 'STRING', internalMode: 'OPTIONAL' },
      memory: { type: 'STRING', internalMode: 'OPTIONAL' },
      // A Notebook step also runs without a container.
      image: { type: 'STRING', internalMode: internalMode === 'REQUIRED' ? 'REQUIRED' : 'OPTIONAL' },
      command: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
      args: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
      env: { type: 'STRING_MAP', value: {}, internalMode: 'OPTIONAL' },
      job_deduplication_key: {
        type: 'STRING',
        expression: "params.getFromStep('step_instance_uuid')",
        internalMode: 'PROVIDED',
      },
      entrypoint: { type: 'STRING', internalMode: 'OPTIONAL' },
      namespace: { type: 'STRING', internalMode: 'OPTIONAL' },
      service_account: { type: 'STRING', internalMode: 'OPTIONAL' },
      node_selector: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
      tolerations: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
      volumes: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
      secrets: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
      image_pull_policy: { type: 'STRING', internalMode: 'OPTIONAL' },
      image_pull_secrets: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
      labels: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
      annotations: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
      stop_grace_seconds: { type: 'LONG', internalMode: 'OPTIONAL' },
      owner_email: { type: 'STRING', internalMode: 'OPTIONAL' },
      pre_stop: {
        type: 'MAP',
        internalMode: 'OPTIONAL',
        value: {
          exec: {
            type: 'MAP',
            internalMode: 'OPTIONAL',
            value: { command: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' } },
          },
        },
      },
    },
  };
}
