import { defineStepType } from '../define-step-type.js';
import { kubernetesParam } from '../kubernetes/kubernetes-param.js';

/**
 * notebook is known by name and params (spec §1.7); see `doc` for what has to come first. The two defaults that the
 * spec computes by expression (`output_path`, `run_id`) come with the runtime.
 */
export const notebook = defineStepType({
  name: 'Notebook',
  runs: 'later',
  doc: 'Notebook steps run papermill on Kubernetes and need that runtime, which comes with the issue on step runtimes.',
  defaultParams: {
    notebook: {
      type: 'MAP',
      internalMode: 'REQUIRED',
      value: {
        init_command: { type: 'STRING', value: '', internalMode: 'OPTIONAL' },
        git_repo: { type: 'STRING', internalMode: 'OPTIONAL' },
        git_branch: { type: 'STRING', internalMode: 'OPTIONAL' },
        git_commit: { type: 'STRING', internalMode: 'OPTIONAL' },
        git_submodules: { type: 'BOOLEAN', internalMode: 'OPTIONAL' },
        input_path: { type: 'STRING', internalMode: 'REQUIRED' },
        output_path: { type: 'STRING', internalMode: 'OPTIONAL' },
        papermill_arguments: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
        run_id: { type: 'STRING', internalMode: 'OPTIONAL' },
      },
    },
    kubernetes: kubernetesParam('PROVIDED'),
  },
});
