import { MaestroError, type Millis } from '@maestro/domain';
import { nearest } from '@maestro/config';
import { loopPath, stepIdsOf, type LoopPath, type Plan, type RunHeader } from '@maestro/engine';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { IterationReader, IterationsOf } from '../ports/iteration-reader.js';
import type { RunReader, RunReference } from '../ports/run-reader.js';
import { planOfRun } from '../ports/plan-of-run.js';
import { inlineIdPrefix, inlineWorkflowId } from '../queries/inline-workflow-id.js';

export interface IterationDeps {
  readonly reader: Pick<RunReader, 'find' | 'sketch'>;
  readonly iterations: IterationReader;
  readonly definitions: Pick<DefinitionStore, 'plan'>;
}

/** LocatedIterations is whose iterations a request is about. */
export interface LocatedIterations {
  readonly of: IterationsOf;
  /** The run that people named: iterations are told as those of its instance. */
  readonly header: RunHeader;
  /** Loops around the step, outermost first; of a loop it is the last of them. */
  readonly path: LoopPath;
  readonly stepId: string;
}

/** locateIterations finds the loops around a step. Throws INSTANCE_NOT_FOUND, STEP_NOT_FOUND, INVALID_REQUEST when there are none. */
export async function locateIterations(
  deps: IterationDeps,
  reference: RunReference,
  stepId: string,
): Promise<LocatedIterations> {
  const found = await deps.reader.find(reference);
  const sketch = await deps.reader.sketch(found.runKey);
  if (sketch === undefined) throw new MaestroError('INSTANCE_NOT_FOUND', 'The run has just been removed.');
  const { header } = sketch.run;
  const plan = await planOfRun(deps.definitions, header);
  const path = pathOf(plan, stepId);
  const before = found.runId < found.latestRunId ? await nextRunTime(deps, reference, found.runId) : undefined;
  return { of: iterationsOf(header, path, before), header, path, stepId };
}

function pathOf(plan: Plan, stepId: string): LoopPath {
  const path = loopPath(plan, stepId);
  if (path === undefined) throw stepNotFound(plan, stepId);
  const { step, loops } = path;
  const around = step.body === undefined ? path : { ...path, loops: [...loops, step] };
  if (around.loops.length > 0) return around;
  const message = `Step "${stepId}" lies in no loop, so that it has no iterations; read it as a step of the run.`;
  throw new MaestroError('INVALID_REQUEST', message, {
    violations: [{ path: 'step.step_id', message: 'lies in no loop' }],
  });
}

function stepNotFound(plan: Plan, stepId: string): MaestroError {
  const near = nearest(stepId, stepIdsOf(plan));
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const message = `Version ${plan.version} of workflow "${plan.workflowId}" has no step "${stepId}", nor have its loops.${hint}`;
  return new MaestroError('STEP_NOT_FOUND', message, { metadata: { step_id: stepId } });
}

/** What iterations were made for a run was made before the next run of its instance was. */
async function nextRunTime(deps: IterationDeps, reference: RunReference, runId: bigint): Promise<Millis | undefined> {
  const next = await deps.reader.find({ ...reference, runId: runId + 1n });
  return (await deps.reader.sketch(next.runKey))?.run.header.createTime;
}

const kindOf = (loop: LoopPath['step']): 'foreach' | 'while' => (loop.runs === 'while' ? 'while' : 'foreach');

function iterationsOf(header: RunHeader, { loops, step }: LoopPath, before: Millis | undefined): IterationsOf {
  const [outermost, ...inner] = loops;
  if (outermost === undefined) throw new Error('there is a loop around every iteration');
  return {
    outermost: inlineWorkflowId(header, kindOf(outermost), outermost.id),
    inner: inner.map((loop) => ({ prefix: inlineIdPrefix(header, kindOf(loop)), stepId: loop.id })),
    ordinal: step.body === undefined ? step.ordinal : undefined,
    before,
  };
}
