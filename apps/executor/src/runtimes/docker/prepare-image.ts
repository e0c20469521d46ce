import { reasonOf } from '../container/container-result.js';
import { StepFailure } from '../process/step-failure.js';
import type { RuntimeContext } from '../runtime.js';
import type { DockerEngine } from './docker-engine.js';
import type { DockerJob } from './docker-params.js';

/** prepareImage brings the image of a step to the engine as its pull policy says; progress goes to the log. Throws a StepFailure. */
export async function prepareImage(
  engine: DockerEngine,
  { spec: { image }, pullPolicy, auth }: Pick<DockerJob, 'spec' | 'pullPolicy' | 'auth'>,
  context: RuntimeContext,
  ask: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  if (pullPolicy !== 'always') {
    if (await ask(() => engine.hasImage(image))) return;
    if (pullPolicy === 'never') {
      throw new StepFailure('USER_ERROR', `Image "${image}" is not on the engine, and docker.pull_policy is never.`);
    }
  }
  context.log('system', `pulling image ${image}\n`);
  const progress = (line: string): void => context.log('system', `${line}\n`);
  try {
    await ask(() => engine.pull(image, auth, progress, context.signal));
  } catch (error) {
    // The engine answers 500 for some mistakes in names and credentials; its registry's own words tell them apart.
    const mistaken = /not found|not exist|unknown|denied|unauthorized|invalid reference|no such image/i.test(
      reasonOf(error),
    );
    const outcome = mistaken ? 'USER_ERROR' : 'PLATFORM_ERROR';
    throw new StepFailure(outcome, `Image "${image}" could not be pulled: ${reasonOf(error)}`);
  }
}
