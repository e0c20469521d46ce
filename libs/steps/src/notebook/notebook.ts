import { defineStepType } from '../define-step-type.js';
import { kubernetesParam } from '../kubernetes/kubernetes-param.js';

/** Tells runs, steps and attempts apart, and sorts by time. */
const OUTPUT_PATH =
  "'maestro-output_' + new DateTime(RUN_TS, DateTimeZone.UTC).toString('yyyyMMdd_HHmmss') + '__' + workflow_instance_id + '_' + " +
  "params.getFromStep('step_instance_id') + '_' + step_instance_uuid + '.ipynb'";

/** Workflow, instance, run, step and attempt. */
const RUN_ID =
  "params.getFromInstance('workflow_id') + '_' + workflow_instance_id + '_' + params.getFromInstance('workflow_run_id') + '_' + " +
  "step_id + '_' + step_attempt_id";

/** notebook is known by name and params (spec §1.7); see `doc` for what has to come first. */
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
        output_path: { type: 'STRING', expression: OUTPUT_PATH, internalMode: 'PROVIDED' },
        papermill_arguments: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
        run_id: { type: 'STRING', expression: RUN_ID, internalMode: 'PROVIDED' },
      },
    },
    kubernetes: kubernetesParam('PROVIDED'),
  },
});
