import { defineStepType } from '../define-step-type.js';
import { kubernetesParam } from './kubernetes-param.js';

/** kubernetes runs a pod (specification §1.7); it outlives the executor and is taken over by the next. */
export const kubernetes = defineStepType({
  name: 'Kubernetes',
  runs: 'executor',
  onExecutorLost: 'reattach',
  doc:
    'Runs a pod of `kubernetes.image`. Params arrive in its environment as MAESTRO_PARAM_<NAME> and MAESTRO_PARAMS_JSON; a JSON document ' +
    '{params, artifacts, signals} printed between $MAESTRO_OUTPUT_START and $MAESTRO_OUTPUT_END becomes the outputs.',
  defaultParams: {
    kubernetes: kubernetesParam('REQUIRED'),
    exit_codes: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
  },
});
