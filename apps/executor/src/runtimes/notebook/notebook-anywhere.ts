import type { Json } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import { runContainer, type DockerSettings } from '../docker/docker.js';
import { runPod, type KubernetesSettings } from '../kubernetes/kubernetes.js';
import { isJsonObject, paramsOf, readJsonObject } from '../params.js';
import { failuresAsResults, StepFailure } from '../process/step-failure.js';
import type { Runtime, RuntimeContext, RuntimeResult } from '../runtime.js';
import { containerCommand } from './container-command.js';
import { notebookCommand } from './notebook-command.js';

/** Where notebooks can run besides in a process of the executor's machine. */
export interface NotebookPlaces {
  readonly docker: DockerSettings;
  readonly kubernetes: KubernetesSettings;
}

const ARTIFACT = 'maestro_notebook';

/**
 * notebookAnywhere runs a notebook where the step says: in a container of `docker.image`, in a pod of `kubernetes.image` when
 * this executor has a cluster, or else as a process. A container outlives its executor; a process does not, so one that is handed out
 * again was lost.
 */
export function notebookAnywhere(asProcess: Runtime, places: NotebookPlaces): Runtime {
  return {
    ...asProcess,
    survives: (task) => placeOf(places, task) !== 'process',
    start: (task, context) => failuresAsResults(() => start(asProcess, places, task, context)),
  };
}

function placeOf({ kubernetes }: NotebookPlaces, task: Task): 'docker' | 'kubernetes' | 'process' {
  const params = paramsOf(task);
  if (hasImage(params['docker'])) return 'docker';
  // A definition of the original names an image for every notebook; without a cluster that is as good as none.
  return kubernetes.cluster !== undefined && hasImage(params['kubernetes']) ? 'kubernetes' : 'process';
}

function hasImage(place: Json | undefined): boolean {
  return isJsonObject(place) && typeof place['image'] === 'string' && place['image'] !== '';
}

function start(
  asProcess: Runtime,
  places: NotebookPlaces,
  task: Task,
  context: RuntimeContext,
): Promise<RuntimeResult> {
  switch (placeOf(places, task)) {
    case 'docker':
      return inContainer(task, (command) => runContainer(places.docker, task, context, { command }));
    case 'kubernetes':
      return inContainer(task, (command) => runPod(places.kubernetes, task, context, { command }));
    case 'process':
      return inProcess(asProcess, task, context);
  }
}

async function inContainer(
  task: Task,
  run: (command: readonly string[]) => Promise<RuntimeResult>,
): Promise<RuntimeResult> {
  const command = notebookCommand(paramsOf(task), task);
  const result = await run(containerCommand(command));
  if (result.outcome === 'STOPPED') return result;
  const artifacts = result.artifactsJson === undefined ? {} : decodeExactJson(result.artifactsJson);
  const own = { [ARTIFACT]: { type: 'NOTEBOOK', output_path: command.outputPath } };
  return { ...result, artifactsJson: encodeExactJson({ ...(isJsonObject(artifacts) ? artifacts : {}), ...own }) };
}

/** The guard of a process has killed it with its executor. */
function inProcess(asProcess: Runtime, task: Task, context: RuntimeContext): Promise<RuntimeResult> {
  const begunBefore = task.artifactsJson.length > 0 && ARTIFACT in readJsonObject(task.artifactsJson);
  if (begunBefore)
    throw new StepFailure('PLATFORM_ERROR', 'The executor that ran the notebook was lost, and the process with it.');
  context.progress({ [ARTIFACT]: { type: 'NOTEBOOK' } });
  return asProcess.start(task, context);
}
