import { MAX_ID_LENGTH, MAX_RUN_PARAMS, type ParamDefinitions, type StartRequest } from '@maestro/domain';
import { child, pathOf, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkLength } from './identifiers.js';
import { checkParams } from './params.js';
import { checkTags } from './tags.js';

/** Names that mean something else inside a run (specification 7.2), in any case. */
const RESERVED: ReadonlySet<string> = new Set([
  'maestro',
  'scheduler',
  'util',
  'params',
  'auth_blob',
  'auth_data',
  'auth_acting_on_behalf_of_blob',
  'auth_triggering_on_behalf_of_blob',
  'authorized_managers',
]);

/** checkRunParams: what a caller may give to a run. */
export function checkRunParams(params: ParamDefinitions, path: Path, problems: Problems): void {
  const names = Object.keys(params);
  if (names.length > MAX_RUN_PARAMS)
    problems.add(path, `there are ${names.length} params; at most ${MAX_RUN_PARAMS} are allowed`);
  checkParams(params, path, problems);
  for (const name of names) {
    const at = child(path, name);
    if (RESERVED.has(name.toLowerCase())) problems.add(at, `"${name}" is reserved`);
    if (params[name]?.source !== undefined) problems.add(child(at, 'source'), 'is set by the system only');
    if (params[name]?.internalMode !== undefined) problems.add(child(at, 'internal_mode'), 'is set by the system only');
  }
}

/** checkStartRequest: what a caller may pass to a new instance. */
export function checkStartRequest(request: StartRequest, problems: Problems): void {
  const id = pathOf('request_id');
  if (request.requestId === '') problems.add(id, 'must not be empty');
  checkLength(request.requestId, MAX_ID_LENGTH, id, problems);
  checkTags(request.runtimeTags, pathOf('runtime_tags'), problems);
  checkRunParams(request.runParams ?? {}, pathOf('run_params'), problems);
  for (const [step, params] of Object.entries(request.stepRunParams ?? {}))
    checkRunParams(params, pathOf('step_run_params', step), problems);
}
