import { createCompiler, PRESETS } from '@maestro/sel';
import { evaluateParams } from '../evaluate-params.js';
import { checkDefinition, type Definition } from './check-definition.js';
import {
  constantProblems,
  constantsDryRun,
  workflowDryRun,
  workflowProblems,
  type DryRun,
  type DryRunOutcome,
} from './dry-run.js';
import type { DefinitionProblem } from './problem.js';

const compiler = createCompiler({ cacheSize: 1_000 });

/**
 * allProblems names what checkDefinition finds and what evaluating shows, as far as that is cheap: what takes long is for
 * whoever has a worker (workflowDryRun, constantsDryRun).
 */
export function allProblems(definition: Definition): readonly DefinitionProblem[] {
  const found = checkDefinition(definition);
  const { workflow } = definition;
  const inRun = evaluated(workflowDryRun(workflow));
  const constants = evaluated(constantsDryRun(workflow));
  const shown = [
    ...(inRun === undefined ? [] : workflowProblems(workflow, inRun)),
    ...(constants === undefined ? [] : constantProblems(constants)),
  ];
  return [...found, ...shown.filter((problem) => !isEcho(problem, found))];
}

function evaluated({ definitions, scope }: DryRun): DryRunOutcome | undefined {
  const outcome = evaluateParams({ definitions, scope, compiler, limits: PRESETS.IN_PLACE, at: 0 });
  return outcome.kind === 'exhausted' ? undefined : outcome;
}

const CYCLE = 'cyclic reference chain';

/** The same mistake, which the evaluation met too. */
function isEcho({ path, message }: DefinitionProblem, found: readonly DefinitionProblem[]): boolean {
  if (message.includes(CYCLE)) return found.some((each) => each.message.includes(CYCLE));
  const param = path.split('.').slice(0, 3).join('.');
  const isBelow = (each: string): boolean =>
    each === path || (path.startsWith('workflow.params.') && each.startsWith(param));
  return found.some((each) => isBelow(each.path));
}
