import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';

const LOOP_PARAMS: ParamDefinition = {
  type: 'MAP',
  mode: 'MUTABLE_ON_START',
  internalMode: 'REQUIRED',
  validator: '@NotEmpty',
};

const RESERVED = { mode: 'CONSTANT', internalMode: 'RESERVED' } as const;

/** The position of an iteration; -1 on the loop itself. Names start at 0, so no validator holds here (specification §2.8). */
const LOOP_INDEX: ParamDefinition = { type: 'LONG', value: -1n, ...RESERVED };

const ON_START = { mode: 'MUTABLE_ON_START' } as const;

const DEFAULTS: Readonly<Record<string, ParamDefinitions>> = {
  foreach: { loop_params: LOOP_PARAMS, loop_index: LOOP_INDEX },
  while: {
    loop_params: LOOP_PARAMS,
    loop_index: LOOP_INDEX,
    condition: { type: 'BOOLEAN', value: false, ...RESERVED },
  },
  subworkflow: {
    subworkflow_id: { type: 'STRING', internalMode: 'REQUIRED', ...ON_START },
    subworkflow_version: { type: 'STRING', value: 'active', internalMode: 'PROVIDED', ...ON_START },
  },
};

/** controlFlowDefaults are the default params of a step that is no leaf, by its kind (specification §2.8); none for other kinds. */
export function controlFlowDefaults(kind: string): ParamDefinitions {
  return Object.hasOwn(DEFAULTS, kind) ? (DEFAULTS[kind] ?? {}) : {};
}
