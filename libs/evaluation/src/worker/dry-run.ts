import {
  constantProblems,
  constantsDryRun,
  evaluateParams,
  workflowDryRun,
  workflowProblems,
  type DefinitionProblem,
  type DryRun,
  type Exhausted,
  type Failed,
  type ParamsOutcome,
} from '@maestro/params';
import { environmentOf } from '../environment.js';
import { CELL, type DryRunOutcome, type Job } from '../messages.js';
import { expressionsBelow, expressionsOf, watchedCompiler, type Expression } from './watched-compiler.js';
import type { Tools } from './perform.js';

type DryRunJob = Extract<Job, { kind: 'dry-run' }>;

/** dryRun evaluates what a definition fixes before any run: its params and timeout, and expressions that refer to nothing. */
export function dryRun(tools: Tools, job: DryRunJob): DryRunOutcome {
  const { workflow } = job;
  const constants = constantsDryRun(workflow);
  const expressions = [...expressionsOf(job), ...expressionsBelow('', constants.definitions)];
  const inRun = evaluated(tools, job, workflowDryRun(workflow), expressions);
  if (inRun.kind === 'exhausted') return { ...inRun, path: pathIn(tools, expressions) };
  const always = evaluated(tools, job, constants, expressions);
  if (always.kind === 'exhausted') return { ...always, path: pathIn(tools, expressions) };
  const problems: DefinitionProblem[] = [...workflowProblems(workflow, inRun), ...constantProblems(always)];
  return { kind: 'problems', problems };
}

type Evaluated = Extract<ParamsOutcome, { kind: 'values' }> | Failed | Exhausted;

function evaluated(tools: Tools, job: DryRunJob, dry: DryRun, expressions: readonly Expression[]): Evaluated {
  const { limits, at } = job;
  const compiler = watchedCompiler(tools.compiler, expressions, tools.cells);
  return evaluateParams({ ...dry, compiler, limits, at, environment: environmentOf(job) });
}

function pathIn({ cells }: Tools, expressions: readonly Expression[]): string | undefined {
  return expressions[Atomics.load(cells, CELL.current)]?.path;
}
