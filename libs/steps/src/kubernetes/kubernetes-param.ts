import type { ParamDefinition } from '@maestro/domain';

/** kubernetesParam is the map `kubernetes` that Kubernetes and Notebook steps take (spec §1.7). */
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
