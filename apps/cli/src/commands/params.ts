import type { Step } from '@maestro/domain';
import { readParamDefinitions } from '@maestro/dsl';
import type { MergeLayer } from '@maestro/params';
import { controlFlowDefaults, stepType } from '@maestro/steps';
import { Command } from 'commander';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { explainParams, STEP_DEFAULTS, WORKFLOW_DEFAULTS, type Explanation } from '../explain/explain-params.js';
import { stepScope, stepsOf, workflowScope, type Starter } from '../explain/run-scope.js';
import { readWorkflow, type WorkflowSource } from '../explain/workflow-source.js';
import { runParamsOf, typesIn } from '../params/run-params.js';
import { printExplanation } from '../print/explained-params.js';
import { inSession, type Session } from '../session.js';

interface ParamsOptions {
  readonly runParams?: readonly string[];
  readonly step?: string;
  readonly file?: string;
  readonly nowMs?: string;
}

/** paramsCommand: `maestro params <workflow>`. */
export function paramsCommand(cli: Cli): Command {
  return new Command('params')
    .description('show what params become when a workflow is started now, and how each was merged')
    .argument('[workflow]', 'workflow id, or <id>@<version>; not needed with --file')
    .option('--run-params <file|name=value...>', 'params of the start: a JSON or YAML file, or single ones')
    .option('--step <id>', 'the params of this step instead of the workflow')
    .option('--file <definition>', 'take the definition from a file; needs no server')
    .action(inSession(cli, params));
}

async function params(session: Session, name: string | undefined, options: ParamsOptions): Promise<ExitCode> {
  const { cli, output, user } = session;
  const source = await readWorkflow(session, name, options.file);
  if (source === undefined) return 1;
  const starter: Starter = { ...source, user };
  const ofWorkflow = explainParams({
    path: 'workflow',
    defaults: WORKFLOW_DEFAULTS,
    layers: workflowLayers(source, options.runParams ?? []),
    scope: workflowScope(starter),
    nowMs: cli.now(),
  });
  const explanation = options.step === undefined ? ofWorkflow : ofStep(starter, options.step, ofWorkflow, cli.now());
  printExplanation(cli, output, explanation, source.file);
  return explanation.problems.length > 0 ? 1 : 0;
}

function workflowLayers({ workflow, json }: WorkflowSource, given: readonly string[]): readonly MergeLayer[] {
  const types = typesIn({ workflow: json });
  const run = readParamDefinitions(runParamsOf(splitRunParams(given), types));
  return [
    { name: 'definition', params: workflow.params ?? {}, context: { source: 'DEFINITION' } },
    { name: 'run', params: run, context: { source: 'LAUNCH' } },
  ];
}

/** A file is what has no "=" in its name. */
function splitRunParams(given: readonly string[]): { readonly param: readonly string[]; readonly paramFile?: string } {
  const [paramFile, second] = given.filter((each) => !each.includes('='));
  if (second !== undefined) throw new UsageError('--run-params takes one file, and any number of <name>=<value>');
  const param = given.filter((each) => each.includes('='));
  return paramFile === undefined ? { param } : { param, paramFile };
}

/** Problems of the workflow's params come first: those of the step may follow from them. */
function ofStep(starter: Starter, id: string, { params: known, problems }: Explanation, nowMs: number): Explanation {
  const all = stepsOf(starter.workflow.steps);
  const found = all.find(({ step }) => step.id === id);
  if (found === undefined) {
    throw new UsageError(`there is no step "${id}"; steps are ${all.map(({ step }) => step.id).join(', ')}`);
  }
  const { step, path } = found;
  const scope = stepScope(starter, step, known);
  const explained = explainParams({ path, defaults: STEP_DEFAULTS, layers: stepLayers(step), scope, nowMs });
  return { ...explained, problems: [...problems, ...explained.problems] };
}

function stepLayers(step: Step): readonly MergeLayer[] {
  const type = step.kind === 'step' ? stepType(step.type) : undefined;
  const byType = type?.defaultParams ?? controlFlowDefaults(step.kind);
  return [
    { name: `type ${type?.name ?? step.kind}`, params: byType, context: { source: 'SYSTEM_DEFAULT' } },
    { name: 'definition', params: step.params ?? {}, context: { source: 'DEFINITION' } },
  ];
}
