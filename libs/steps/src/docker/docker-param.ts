import type { ParamDefinition } from '@maestro/domain';

/** dockerParam is the map `docker` that Docker and Notebook steps take. */
export function dockerParam(internalMode: 'REQUIRED' | 'OPTIONAL'): ParamDefinition {
  return {
    type: 'MAP',
    internalMode,
    value: {
      // A Notebook step also runs without a container; an empty default map must be accepted there.
      image: { type: 'STRING', internalMode },
      command: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
      args: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
      env: { type: 'STRING_MAP', value: {}, internalMode: 'OPTIONAL' },
      cpu: { type: 'STRING', internalMode: 'OPTIONAL' },
      memory: { type: 'STRING', internalMode: 'OPTIONAL' },
      pids: { type: 'LONG', internalMode: 'OPTIONAL' },
      pull_policy: { type: 'STRING', internalMode: 'OPTIONAL' },
      registry_auth: { type: 'STRING', internalMode: 'OPTIONAL' },
      mounts: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
      network: { type: 'STRING', internalMode: 'OPTIONAL' },
      user: { type: 'STRING', internalMode: 'OPTIONAL' },
      working_dir: { type: 'STRING', internalMode: 'OPTIONAL' },
      stop_grace_seconds: { type: 'LONG', internalMode: 'OPTIONAL' },
    },
  };
}
