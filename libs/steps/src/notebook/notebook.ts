import { defineStepType } from '../define-step-type.js';
import { dockerParam } from '../docker/docker-param.js';
import { kubernetesParam } from '../kubernetes/kubernetes-param.js';

/** Tells runs, steps and attempts apart, and sorts by time. */
const OUTPUT_PATH =
  "'maestro-output_' + new DateTime(RUN_TS, DateTimeZone.UTC).toString('yyyyMMdd_HHmmss') + '__' + workflow_instance_id + '_' + " +
  "params.getFromStep('step_instance_id') + '_' + step_instance_uuid + '.ipynb'";

/** Workflow, instance, run, step and attempt. */
const RUN_ID =
  "params.getFromInstance('workflow_id') + '_' + workflow_instance_id + '_' + params.getFromInstance('workflow_run_id') + '_' + " +
  "step_id + '_' + step_attempt_id";

/** Notebook runs a Jupyter notebook with papermill (spec §1.7). */
export const notebook = defineStepType({
  name: 'Notebook',
  runs: 'executor',
  // In a container; the runtime itself fails what was a process.
  onExecutorLost: 'reattach',
  doc:
    'Runs the notebook `notebook.input_path`, which may be in `notebook.git_repo`, with papermill and writes it with its results to ' +
    '`notebook.output_path`. Its params are those of the step.',
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
    docker: dockerParam('OPTIONAL'),
    env: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
    exit_codes: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
    memory_mb: { type: 'LONG', internalMode: 'OPTIONAL' },
  },
});
