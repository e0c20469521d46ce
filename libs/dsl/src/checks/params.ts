import { MAX_NAME_LENGTH, type ParamDefinitions } from '@maestro/domain';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkExecutorChoice } from './executor-choice.js';
import { checkLength, checkText, note, referenceIdProblem } from './identifiers.js';
import { checkSecrets } from './secrets.js';

/** Names inside a MAP are keys of the user's own world: only what would harm a program is refused. */
function checkNested(params: ParamDefinitions, path: Path, problems: Problems): void {
  for (const [name, param] of Object.entries(params)) {
    const at = child(path, name);
    if (name === '' || name === '__proto__') problems.add(at, 'is not a possible name');
    checkLength(name, MAX_NAME_LENGTH, at, problems);
    checkText(param.expression, child(at, 'expression'), problems);
    if (param.type === 'MAP' && param.value) checkNested(param.value, child(at, 'value'), problems);
  }
}

/** checkParams: names of params are reference ids; expressions have a limited length; references to secrets are sound. */
export function checkParams(params: ParamDefinitions | undefined, path: Path, problems: Problems): void {
  for (const [name, param] of Object.entries(params ?? {})) {
    const at = child(path, name);
    note(referenceIdProblem(name), at, problems);
    checkText(param.expression, child(at, 'expression'), problems);
    checkSecrets(param, at, problems);
    checkExecutorChoice(name, param, at, problems);
    if (param.type === 'MAP' && param.value) checkNested(param.value, child(at, 'value'), problems);
  }
}
