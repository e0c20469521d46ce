import type { JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { paramsOf } from '../params.js';
import type { Runtime, RuntimeContext, RuntimeResult } from '../runtime.js';
import { failuresAsResults } from './step-failure.js';
import { runStepProcess, type StepProcess } from './step-process.js';
import { toolRunner, type ToolRunner } from './tool-process.js';
import { withWorkspace, type ProcessSettings, type Workspace } from './workspace.js';

/** ProcessAttempt is what a runtime gets to make a process of. */
export interface ProcessAttempt {
  readonly task: Task;
  readonly params: JsonObject;
  readonly workspace: Workspace;
  readonly context: RuntimeContext;
  readonly tools: ToolRunner;
}

/** ProcessType is a step type that runs as a process of the executor's machine. */
export interface ProcessType {
  readonly type: string;
  /** Params that shape the process itself and are not handed to the user's code. */
  readonly ownParams: ReadonlySet<string>;
  /** prepare puts everything in place; a StepFailure ends the attempt. */
  prepare(attempt: ProcessAttempt): Promise<PreparedProcess>;
}

/** PreparedProcess is what to run, and what to do with its result. */
export interface PreparedProcess extends Omit<StepProcess, 'params'> {
  /** Adds what the runtime itself knows to the result. */
  readonly complete?: (result: RuntimeResult) => RuntimeResult;
  /** Called when nothing of the attempt runs any more. */
  readonly release?: () => void;
}

/** processRuntime makes a runtime of a step type whose work is a process. */
export function processRuntime(settings: ProcessSettings, type: ProcessType): Runtime {
  return {
    type: type.type,
    takesSlot: true,
    start: (task, context) => failuresAsResults(() => start(settings, type, task, context)),
  };
}

async function start(
  settings: ProcessSettings,
  type: ProcessType,
  task: Task,
  context: RuntimeContext,
): Promise<RuntimeResult> {
  const params = paramsOf(task);
  const { ownParams } = type;
  return withWorkspace({ settings, task, context, params, ownParams }, async (workspace) => {
    const tools = toolRunner(settings, workspace, context);
    const prepared = await type.prepare({ task, params, workspace, context, tools });
    try {
      const result = await runStepProcess(settings, workspace, context, { ...prepared, params });
      return prepared.complete?.(result) ?? result;
    } finally {
      prepared.release?.();
    }
  });
}
