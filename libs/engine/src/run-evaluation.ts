import type { Limits } from '@maestro/sel';
import { createRun, type Creation, type RunRequest } from './create-run.js';
import { evaluateRun } from './evaluate-run.js';
import { ANY_LIMITS, evaluationTask, type EvaluationTask } from './evaluation-task.js';
import { IN_THREAD, type Evaluations } from './evaluations.js';
import type { RunEvaluationResult } from './event.js';
import type { Plan } from './plan.js';
import { restartParams } from './restart/create-restart.js';
import type { RunHeader } from './state.js';

/** runEvaluation is what an `evaluate-run` command asks for, to be answered elsewhere. */
export function runEvaluation(plan: Plan, header: RunHeader): EvaluationTask<RunEvaluationResult> {
  return evaluationTask((evaluations) => answerRunEvaluation(plan, header, ANY_LIMITS, evaluations));
}

/** answerRunEvaluation does what an `evaluate-run` command asks for: what createRun did not find the means for. */
export function answerRunEvaluation(
  plan: Plan,
  header: RunHeader,
  limits: Limits,
  evaluations: Evaluations = IN_THREAD,
): RunEvaluationResult {
  const created = createAgain(plan, header, limits, evaluations);
  if (created.kind === 'created') {
    const { params, timeoutMillis } = created.header;
    return { kind: 'params', params, timeoutMillis };
  }
  if (created.kind === 'exhausted') {
    return { kind: 'error', message: 'The params of the workflow need more than an evaluation may use.', errors: [] };
  }
  const errors = created.violations.map(({ path, message }) => `${path}: ${message}`);
  return { kind: 'error', message: created.message, errors };
}

/** A restart that waits for its params holds those of the run before. */
function createAgain(plan: Plan, header: RunHeader, limits: Limits, evaluations: Evaluations): Creation {
  if (header.restart === undefined) return createRun(plan, requestOf(header), limits, evaluations);
  const { params: before } = header;
  return evaluateRun(plan, header, () => restartParams(plan, header, before), before, limits, evaluations);
}

/** The request that the run came from; its time is that of the run, also when it is evaluated later. */
function requestOf(header: RunHeader): RunRequest {
  const { runKey, instanceId, runId, tenant, runPolicy, correlationId, createTime: at } = header;
  const { requestId, initiator, runParams, stepRunParams, runtimeTags, artifacts, requestTime } = header;
  const start = { requestId, initiator, runParams, stepRunParams, runtimeTags, artifacts, requestTime };
  return { runKey, instanceId, runId, tenant, start, at, runPolicy, correlationId };
}
