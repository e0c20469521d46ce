import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { JsonObject } from '@maestro/domain';
import { textParam } from './process-params.js';
import { StepFailure } from './step-failure.js';

/** workingDirOf is the param `working_dir`, relative to `base`, or `base`. Throws a StepFailure when it is no folder. */
export async function workingDirOf(params: JsonObject, base: string): Promise<string> {
  const given = textParam(params, 'working_dir');
  if (given === undefined) return base;
  const folder = isAbsolute(given) ? given : join(base, given);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return folder;
  const message = `The param "working_dir" is "${given}", which is no folder on the executor's machine or in the repository.`;
  throw new StepFailure('FATAL_ERROR', message);
}
