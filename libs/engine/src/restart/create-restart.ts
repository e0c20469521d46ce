import {
  MaestroError,
  type FieldViolation,
  type ParamDefinitions,
  type Params,
  type RestartConfig,
} from '@maestro/domain';
import { mergeRestartParams } from '@maestro/params';
import type { Limits } from '@maestro/sel';
import { baseHeader, type Creation, type RunRequest } from '../create-run.js';
import { evaluateRun, rejected, type Base } from '../evaluate-run.js';
import { IN_THREAD, type Evaluations } from '../evaluations.js';
import type { Plan } from '../plan.js';
import { allWorkflowParams } from '../workflow-defaults.js';
import { chooseSteps } from './choose-steps.js';
import type { PreviousRun } from './previous-run.js';
import { restartPoint } from './restart-policy.js';
import { stepParamsOf } from './step-params.js';
import type { RestartState } from './restart-state.js';

/** RestartRequest is what makes a run of an instance its next one. */
export interface RestartRequest {
  readonly previous: PreviousRun;
  readonly config: RestartConfig;
  readonly by: string;
}

/**
 * createRestart is the header of the next run of an instance: the values that its params had, with what the restart changes, and which
 * steps of earlier runs count as done. Only the shell makes it durable.
 */
export function createRestart(
  plan: Plan,
  request: RunRequest,
  restart: RestartRequest,
  limits: Limits,
  evaluations: Evaluations = IN_THREAD,
): Creation {
  const { previous, config } = restart;
  const unknown = checkSteps(plan, config);
  if (unknown.length > 0) return rejected(unknown);
  const state = restartState(plan, restart);
  const base = { ...baseHeader(plan, { ...request, runPolicy: restartPoint(config).policy }), restart: state };
  const before = allWorkflowParams(previous.plan, previous.header);
  return evaluateRun(plan, base, () => restartParams(plan, base, before), before, limits, evaluations);
}

/** restartParams are the params of a restarted run over those of the run before. Throws INVALID_PARAM. */
export function restartParams(plan: Plan, { initiator, restart, runParams }: Base, previous: Params): ParamDefinitions {
  const given = restart !== undefined && restartPoint(restart.config).isTarget ? restart.config.params : {};
  return mergeRestartParams({
    defaults: plan.settings.defaults.workflow,
    previous,
    runParams,
    restartParams: given,
    launch: { initiator: initiator.type },
  });
}

function restartState(plan: Plan, { previous, config, by }: RestartRequest): RestartState {
  const { runKey, runId } = previous.header;
  const chosen = chooseSteps(plan, previous, restartPoint(config));
  const stepParams = stepParamsOf(previous.header.restart, config);
  return { config, stepParams, by, ...chosen, previous: { runKey, runId, status: previous.status } };
}

function checkSteps(plan: Plan, config: RestartConfig): FieldViolation[] {
  const { stepId, isTarget } = restartPoint(config);
  const has = (id: string): boolean => plan.ordinals.has(id);
  const message = `names a step that version ${plan.version} of workflow ${plan.workflowId} does not have`;
  const violations = stepId === undefined || has(stepId) ? [] : [{ path: 'step_id', message }];
  if (!isTarget) return violations;
  const params = Object.keys(config.stepParams).map((id) => [id, `step_run_params.${id}`] as const);
  const skipped = config.skipSteps.map((id, index) => [id, `skip_steps[${index}]`] as const);
  const wrong = [...params, ...skipped].filter(([id]) => !has(id));
  return [...violations, ...wrong.map(([, path]) => ({ path, message }))];
}

/** nothingToRestart says why a restart of this instance would run nothing; undefined = it would run something. */
export function nothingToRestart(plan: Plan, { previous, config }: RestartRequest): MaestroError | undefined {
  if (chooseSteps(plan, previous, restartPoint(config)).roots.length > 0) return undefined;
  const { workflowId, instanceId, runId } = previous.header;
  const message = `All steps of ${workflowId}/${instanceId} were complete after run ${runId}: nothing is left to run. Restart it with RESTART_FROM_BEGINNING, or from a step.`;
  return new MaestroError('INVALID_STATE', message);
}
