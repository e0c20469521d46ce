import { attemptId, type JsonObject } from '@maestro/domain';
import { KEPT_ITERATIONS, type LoopState, type PlanStep, type RunHeader, type StepState } from '@maestro/engine';
import { inlineWorkflowId } from './inline-workflow-id.js';

/** artifactsOf are what an attempt returned, and for steps that start runs what is known of these (specification §3.9). */
export function artifactsOf(planStep: PlanStep, header: RunHeader, step: StepState): JsonObject | undefined {
  if (planStep.runs === 'foreach' && step.loop)
    return { ...shown(step), ...foreachArtifact(planStep, header, step, step.loop) };
  if (planStep.runs === 'while' && step.loop)
    return { ...shown(step), ...whileArtifact(planStep, header, step, step.loop) };
  return step.child ? { ...step.artifacts, ...subworkflowArtifact(header, step) } : step.artifacts;
}

/** Which iterations are kept is the engine's own note. */
function shown({ artifacts = {} }: StepState): JsonObject {
  const { [KEPT_ITERATIONS]: _, ...others } = artifacts;
  return others;
}

const count = (value: number): bigint => BigInt(value);

const counts = (values: Readonly<Record<string, number | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(values).map(([status, value]) => [status, count(value ?? 0)]));

/** Iterations below the checkpoint have all ended. */
function checkpointOf({ next, running }: LoopState): number {
  return running[0] ?? next;
}

function identityOf(planStep: PlanStep, { workflowId, instanceId }: RunHeader): string {
  return `[${workflowId}][${String(instanceId)}][${planStep.id}]`;
}

/** How many iterations ended how, those kept from earlier runs included. */
function endedOf({ ended, kept = {} }: LoopState): JsonObject {
  const sum: Record<string, number> = { ...ended };
  for (const [status, value] of Object.entries(kept)) sum[status] = (sum[status] ?? 0) + value;
  return counts(sum);
}

function foreachArtifact(planStep: PlanStep, header: RunHeader, step: StepState, loop: LoopState): JsonObject {
  return {
    maestro_foreach: {
      type: 'FOREACH',
      foreach_workflow_id: inlineWorkflowId(header, 'foreach', planStep.id),
      foreach_identity: identityOf(planStep, header),
      foreach_run_id: count(loop.runId),
      run_id: header.runId,
      run_policy: header.runPolicy,
      total_loop_count: count(loop.total ?? 0),
      next_loop_index: count(loop.next),
      foreach_overview: {
        checkpoint: count(checkpointOf(loop)),
        stats: endedOf(loop),
        running_stats: counts(loop.running.length === 0 ? {} : { IN_PROGRESS: loop.running.length }),
        rollup: rollupOf(loop.rollup),
        ...(step.reruns ? { restart_info: step.reruns.map(({ index }) => count(index + 1)) } : {}),
      },
    },
  };
}

function whileArtifact(planStep: PlanStep, header: RunHeader, step: StepState, loop: LoopState): JsonObject {
  const variables = Object.keys(step.params?.['loop_params']?.evaluatedResult ?? {});
  const values = variables.map((name): [string, JsonObject[string]] => {
    const value = step.params?.[name]?.evaluatedResult;
    return [name, value === undefined ? [] : [value]];
  });
  return {
    maestro_while: {
      type: 'WHILE',
      loop_workflow_id: inlineWorkflowId(header, 'while', planStep.id),
      loop_identity: identityOf(planStep, header),
      loop_run_id: count(loop.runId),
      run_id: header.runId,
      run_policy: header.runPolicy,
      first_iteration: 1n,
      last_iteration: count(loop.next),
      rollup: rollupOf(loop.rollup),
      loop_param_values: Object.fromEntries(values),
    },
  };
}

function rollupOf(leaves: LoopState['rollup']): JsonObject {
  const total = Object.values(leaves).reduce((sum, value) => sum + value, 0);
  const overview = Object.entries(leaves).map(([status, cnt]) => [status, { cnt: count(cnt) }]);
  return { total_leaf_count: count(total), overview: Object.fromEntries(overview) as JsonObject };
}

function subworkflowArtifact(header: RunHeader, { ordinal, attempt, child }: StepState): JsonObject {
  if (child === undefined) return {};
  return {
    maestro_subworkflow: {
      type: 'SUBWORKFLOW',
      subworkflow_id: child.workflowId,
      subworkflow_version_id: count(child.version),
      subworkflow_instance_id: count(child.instanceId),
      subworkflow_run_id: count(child.runId),
      subworkflow_uuid: attemptId({ runKey: header.runKey, ordinal, attempt }),
      ...(child.rollup ? { subworkflow_overview: { rollup_overview: rollupOf(child.rollup) } } : {}),
    },
  };
}
