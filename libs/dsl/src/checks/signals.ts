import type { ParamDefinition, SignalDependency, SignalOutput } from '@maestro/domain';
import { child, type Path } from '../reading/path.js';
import type { Problems } from '../reading/problems.js';
import { constrainedNameProblem, note } from './identifiers.js';
import { checkParams } from './params.js';

/** Signals are indexed by text and whole numbers only. */
function checkType(param: ParamDefinition, path: Path, problems: Problems): void {
  if (param.type !== 'STRING' && param.type !== 'LONG')
    problems.add(child(path, 'type'), `is ${param.type}; params of signals are STRING or LONG`);
}

const SINCE_WORDS: readonly string[] = ['run_start', 'activation'];
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

function checkSince(since: string | undefined, path: Path, problems: Problems): void {
  if (since === undefined || SINCE_WORDS.includes(since)) return;
  if (!INSTANT.test(since) || Number.isNaN(Date.parse(since)))
    problems.add(path, `is "${since}"; it is run_start, activation, or an instant such as 2026-01-31T00:00:00Z`);
}

/** checkSignalDependencies: names, types, and at most one range comparison each (the index answers one range). */
export function checkSignalDependencies(
  dependencies: readonly SignalDependency[] | undefined,
  path: Path,
  problems: Problems,
): void {
  for (const [index, { name, matchParams = {}, since }] of (dependencies ?? []).entries()) {
    const at = child(path, index);
    note(constrainedNameProblem(name), child(at, 'name'), problems);
    checkSince(since, child(at, 'since'), problems);
    for (const [key, match] of Object.entries(matchParams))
      checkType(match.param, child(child(child(at, 'match_params'), key), 'param'), problems);
    const ranges = Object.keys(matchParams).filter((key) => matchParams[key]?.operator !== '=');
    if (ranges.length > 1)
      problems.add(child(at, 'match_params'), `compares ${ranges.join(', ')} by range; at most one may be`);
  }
}

/** checkSignalOutputs: names and types of what a step announces. */
export function checkSignalOutputs(outputs: readonly SignalOutput[] | undefined, path: Path, problems: Problems): void {
  for (const [index, { name, params }] of (outputs ?? []).entries()) {
    const at = child(path, index);
    note(constrainedNameProblem(name), child(at, 'name'), problems);
    checkParams(params, child(at, 'params'), problems);
    for (const [key, param] of Object.entries(params ?? {}))
      checkType(param, child(child(at, 'params'), key), problems);
  }
}
