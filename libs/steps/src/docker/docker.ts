import { defineStepType } from '../define-step-type.js';
import { dockerParam } from './docker-param.js';

/** docker runs a container on the Docker engine of the executor; it outlives the executor and is taken over by the next. */
export const docker = defineStepType({
  name: 'Docker',
  runs: 'executor',
  onExecutorLost: 'reattach',
  doc:
    'Runs a container of `docker.image`. Params arrive in its environment as MAESTRO_PARAM_<NAME> and MAESTRO_PARAMS_JSON; a JSON document ' +
    '{params, artifacts, signals} printed between $MAESTRO_OUTPUT_START and $MAESTRO_OUTPUT_END, or written to $MAESTRO_OUTPUT, becomes the outputs.',
  defaultParams: {
    docker: dockerParam('REQUIRED'),
    exit_codes: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
  },
});
