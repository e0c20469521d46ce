import {
  MAX_FOREACH_CONCURRENCY,
  type ForeachStep,
  type ParamDefinition,
  type ParamDefinitions,
  type ParamType,
  type WhileStep,
} from '@maestro/domain';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { checkRange, checkText, note, referenceIdProblem } from './identifiers.js';

type Loop = ForeachStep | WhileStep;

const ITERABLE: readonly ParamType[] = ['STRING_ARRAY', 'LONG_ARRAY', 'DOUBLE_ARRAY', 'BOOLEAN_ARRAY'];
const SCALAR: readonly ParamType[] = ['STRING', 'LONG', 'DOUBLE', 'BOOLEAN'];

function literalMap(param: ParamDefinition | undefined, path: Path, problems: Problems): ParamDefinitions | undefined {
  if (param === undefined) problems.add(path, 'is required: a MAP that names what the loop runs over');
  else if (param.type !== 'MAP') problems.add(path, `is ${param.type}; it must be a MAP`);
  else if (param.value === undefined) problems.add(path, 'must be a literal map; its entries may be expressions');
  else return param.value;
  return undefined;
}

/** checkLoopParams holds the loop's own params against the rules; answers their names, for the loops inside. */
export function checkLoopParams(
  loop: Loop,
  outer: ReadonlySet<string>,
  path: Path,
  problems: Problems,
): ReadonlySet<string> {
  const at = child(child(path, 'params'), 'loop_params');
  const params = literalMap(loop.params?.['loop_params'], at, problems) ?? {};
  const [types, what] = loop.kind === 'foreach' ? [ITERABLE, 'arrays'] : [SCALAR, 'single values'];
  for (const [name, param] of Object.entries(params)) {
    const entry = child(child(at, 'value'), name);
    note(referenceIdProblem(name), entry, problems);
    if (outer.has(name)) problems.add(entry, `"${name}" is already a loop param of a loop around this one`);
    if (!types.includes(param.type))
      problems.add(
        child(entry, 'type'),
        `is ${param.type}; loop params of a ${loop.kind} are ${what}: ${types.join(', ')}`,
      );
  }
  return new Set([...outer, ...Object.keys(params)]);
}

/** checkLoop: what a loop has besides its params and its body. */
export function checkLoop(loop: Loop, path: Path, problems: Problems): void {
  if (loop.kind === 'foreach') {
    checkRange(loop.concurrency, [1, MAX_FOREACH_CONCURRENCY], child(path, 'concurrency'), problems);
    return;
  }
  if (loop.condition.trim() === '') problems.add(child(path, 'condition'), 'must not be empty');
  checkText(loop.condition, child(path, 'condition'), problems);
}
