import type { Param, ParamValue } from '@maestro/domain';
import { runsBelow, type RunsBelow } from '@maestro/engine';
import type { LaterPorts } from '@maestro/evaluation';
import { HostError } from '@maestro/sel';
import { versionPlanOf } from '../ports/plan-of-run.js';
import { inlineWorkflowId } from '../queries/inline-workflow-id.js';
import type { CommitDeps } from './commit-deps.js';
import type { RunRecord } from './run-record.js';

type Deps = Pick<CommitDeps, 'below' | 'definitions'>;

/** paramsBelow answers `getFromForeach` and `getFromSubworkflow` for a step, from the rows of the runs that other steps started. */
export function paramsBelow(deps: Deps, { plan, state }: RunRecord, asking: number): LaterPorts {
  const run = { plan, header: state.header, step: (ordinal: number) => state.steps.get(ordinal) };
  return {
    foreachParam: async (id, innerStep, name) => {
      const below = runsBelow(run, asking, id, 'foreach');
      const ordinal = below.planStep.body?.ordinals.get(innerStep);
      if (ordinal === undefined) throw new HostError(`foreach step ${id} has no step ${innerStep}`);
      const workflowId = inlineWorkflowId(state.header, 'foreach', id);
      return arrayOf(below, await deps.below.ofIterations(workflowId, ordinal, name), `${id}, ${innerStep}, ${name}`);
    },
    subworkflowParam: async (id, innerStep, name) => {
      const { step } = runsBelow(run, asking, id, 'subworkflow');
      const parent = { runKey: state.header.runKey, ordinal: step.ordinal, attempt: step.attempt };
      const version = await deps.below.versionOfChild(parent);
      if (version === undefined) throw new HostError(`the run of subworkflow step ${id} is not known here`);
      const child = await versionPlanOf(deps.definitions, version);
      const ordinal = child.ordinals.get(innerStep);
      if (ordinal === undefined) throw new HostError(`workflow ${child.workflowId} has no step ${innerStep}`);
      return (await deps.below.ofChild(parent, ordinal, name))?.evaluatedResult;
    },
  };
}

/** What iterations that have no value leave in the array (specification section 8); an array of texts holds no NULL here. */
const HOLES = { STRING: '', LONG: 0n, DOUBLE: 0, BOOLEAN: false } as const;

function arrayOf({ step }: RunsBelow, params: ReadonlyMap<number, Param>, what: string): ParamValue | undefined {
  const [first] = params.values();
  if (first === undefined) return undefined;
  const { type } = first.definition;
  if (!Object.hasOwn(HOLES, type)) throw new HostError(`getFromForeach: ${what} is a ${type}, not a single value`);
  const hole = HOLES[type as keyof typeof HOLES];
  const total = step.loop?.total ?? 0;
  return Array.from({ length: total }, (_, index) => params.get(index)?.evaluatedResult ?? hole) as ParamValue;
}
