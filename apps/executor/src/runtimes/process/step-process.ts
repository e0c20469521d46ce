import type { JsonObject } from '@maestro/domain';
import { OutputTokens } from '../output-tokens.js';
import type { RuntimeContext, RuntimeResult } from '../runtime.js';
import { readExitCodes } from './exit-codes.js';
import { runGuarded, type ProcessEnd } from './guarded-process.js';
import { LastOutput } from './last-output.js';
import { integerParam } from './process-params.js';
import { keptOutputs, readOutputs, type Returned } from './process-outputs.js';
import { StepFailure } from './step-failure.js';
import { OUTPUT_FILE_VARIABLE, type ProcessSettings, type Workspace } from './workspace.js';

/** StepProcess is the user's own process: what decides how the attempt ends. */
export interface StepProcess {
  readonly argv: readonly string[];
  readonly workingDir: string;
  /** Over those of the workspace. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The params of the step: `exit_codes` and `memory_mb` are read here. */
  readonly params: JsonObject;
  /** What messages call it. */
  readonly name: string;
  /** Where its output tokens are looked for; absent = stdout. The first with a document counts. */
  readonly tokensIn?: readonly ('stdout' | 'stderr')[];
}

const MAX_MEMORY_MB = 16n * 1024n * 1024n;

/** runStepProcess runs the user's process in the workspace of an attempt and makes a result of its end. */
export async function runStepProcess(
  settings: ProcessSettings,
  workspace: Workspace,
  context: RuntimeContext,
  step: StepProcess,
): Promise<RuntimeResult> {
  const exitCodes = exitCodesOf(step.params);
  const memoryMb = integerParam(step.params, 'memory_mb', { min: 1n, max: MAX_MEMORY_MB });
  const errors = new LastOutput();
  const { start, end: endToken } = workspace.tokens;
  const tokens = (step.tokensIn ?? ['stdout']).map((stream) => ({ stream, found: new OutputTokens(start, endToken) }));
  const end = await runGuarded({
    argv: step.argv,
    workingDir: step.workingDir,
    variables: { ...workspace.variables, ...step.variables },
    mark: OUTPUT_FILE_VARIABLE,
    signal: context.signal,
    graceMs: settings.graceMs,
    memoryMb,
    output: (stream, data) => {
      context.log(stream, data);
      if (stream === 'stderr') errors.add(data);
      for (const { stream: from, found } of tokens) if (from === stream) found.add(data);
    },
  });
  const returned = {
    file: workspace.outputFile,
    printed: tokens.map(({ found }) => found.document()).find((document) => document !== undefined),
  };
  if (end.error !== undefined) return couldNotStart(step, end.error);
  const outcome = exitCodes.outcomeOf(end.code, end.signal);
  if (outcome === 'DONE') return succeeded(returned);
  if (context.signal.aborted) return { outcome: 'STOPPED' };
  return { outcome, message: explain(step.name, end, errors.lines()), ...(await keptOutputs(returned)) };
}

function exitCodesOf(params: JsonObject): ReturnType<typeof readExitCodes> {
  try {
    return readExitCodes(params['exit_codes']);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StepFailure('FATAL_ERROR', `The param "exit_codes" is wrong: ${reason}.`);
  }
}

async function succeeded(returned: Returned): Promise<RuntimeResult> {
  try {
    return { outcome: 'DONE', ...(await readOutputs(returned)) };
  } catch (error) {
    return { outcome: 'USER_ERROR', message: error instanceof Error ? error.message : String(error) };
  }
}

function couldNotStart({ name }: StepProcess, error: Error): RuntimeResult {
  const code = 'code' in error ? error.code : undefined;
  // Too many processes or files, no memory: another moment or another machine may do.
  const outcome = code === 'EAGAIN' || code === 'EMFILE' || code === 'ENOMEM' ? 'PLATFORM_ERROR' : 'FATAL_ERROR';
  return { outcome, message: `The ${name} could not be started: ${error.message}` };
}

function explain(name: string, { code, signal }: ProcessEnd, lastLines: string): string {
  const how = code === null ? `was killed by ${signal ?? 'a signal'}` : `ended with exit code ${code}`;
  return `The ${name} ${how}${lastLines === '' ? '' : `:\n${lastLines}`}`;
}
