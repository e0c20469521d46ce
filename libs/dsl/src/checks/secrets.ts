import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';
import { secretProblem } from '@maestro/steps';
import { child, type Path } from '../reading/path.js';
import { note } from './identifiers.js';
import type { Problems } from '../reading/problems.js';

/** checkSecrets: references to secrets are well formed and stand alone, since only a whole value is resolved. */
export function checkSecrets(param: ParamDefinition, path: Path, problems: Problems): void {
  const at = child(path, 'value');
  switch (param.type) {
    case 'STRING':
      return checkLiteral(param.value, at, problems);
    case 'STRING_ARRAY':
      return param.value?.forEach((item, index) => checkLiteral(item, child(at, index), problems));
    case 'STRING_MAP':
      return checkEntries(param.value, at, problems);
    case 'MAP':
      return checkAll(param.value, at, problems);
    default:
      return undefined;
  }
}

function checkAll(params: ParamDefinitions | null | undefined, path: Path, problems: Problems): void {
  for (const [name, param] of Object.entries(params ?? {})) checkSecrets(param, child(path, name), problems);
}

function checkEntries(values: object | null | undefined, path: Path, problems: Problems): void {
  for (const [name, value] of Object.entries(values ?? {})) checkLiteral(value, child(path, name), problems);
}

function checkLiteral(literal: unknown, at: Path, problems: Problems): void {
  if (typeof literal === 'string') note(secretProblem(literal), at, problems);
}
