import type { ParamDefinition, ParamType } from '@maestro/domain';
import type { Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';

/** Params by which a step or run chooses who runs it, and what they may be. */
const CHOICES: Readonly<Record<string, readonly ParamType[]>> = {
  executor_pool: ['STRING'],
  executor_labels: ['STRING_ARRAY', 'STRING'],
};

/** checkExecutorChoice: the params that choose a pool have a type from which one can be read. */
export function checkExecutorChoice(name: string, { type }: ParamDefinition, path: Path, problems: Problems): void {
  const types = Object.hasOwn(CHOICES, name) ? CHOICES[name] : undefined;
  if (types === undefined || types.includes(type)) return;
  problems.add(path, `chooses who runs a step and must be a ${types.join(' or ')}, not a ${type}`);
}
