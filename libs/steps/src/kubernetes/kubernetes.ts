import { defineStepType } from '../define-step-type.js';
import { kubernetesParam } from './kubernetes-param.js';

/** kubernetes is known by name and params; see `doc` for what has to come first. */
export const kubernetes = defineStepType({
  name: 'Kubernetes',
  runs: 'later',
  doc: 'Kubernetes steps need the Kubernetes runtime of the executor, which comes with the issue on step runtimes.',
  defaultParams: { kubernetes: kubernetesParam('REQUIRED') },
});
