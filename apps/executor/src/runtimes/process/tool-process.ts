import type { RuntimeContext } from '../runtime.js';
import { runGuarded } from './guarded-process.js';
import { LastOutput } from './last-output.js';
import { StepFailure } from './step-failure.js';
import { OUTPUT_FILE_VARIABLE, type ProcessSettings, type Workspace } from './workspace.js';

/** Tool is a program that prepares a step: git, pip, an init command. */
export interface Tool {
  readonly argv: readonly string[];
  readonly workingDir: string;
  /** Over the plain ones of the workspace. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether what it says goes to the attempt's log. */
  readonly logged: boolean;
}

/** ToolEnd: exit code 0 or not, its whole stdout (a MiB of it) and the last lines of both outputs. */
export interface ToolEnd {
  readonly ok: boolean;
  readonly stdout: string;
  readonly lastLines: string;
}

const MAX_STDOUT_BYTES = 1024 * 1024;

/** ToolRunner runs the programs that prepare one attempt. */
export type ToolRunner = (tool: Tool) => Promise<ToolEnd>;

/** toolRunner runs them like steps: guarded, stopped by the attempt's signal (a StepFailure STOPPED then). */
export function toolRunner(settings: ProcessSettings, workspace: Workspace, context: RuntimeContext): ToolRunner {
  return async (tool) => {
    const last = new LastOutput();
    const stdout: Uint8Array[] = [];
    let bytes = 0;
    const end = await runGuarded({
      argv: tool.argv,
      workingDir: tool.workingDir,
      variables: { ...workspace.plainVariables, ...tool.variables },
      mark: OUTPUT_FILE_VARIABLE,
      signal: context.signal,
      graceMs: settings.graceMs,
      output: (stream, data) => {
        if (tool.logged) context.log('system', data);
        last.add(data);
        if (stream === 'stdout' && (bytes += data.length) <= MAX_STDOUT_BYTES) stdout.push(data);
      },
    });
    if (context.signal.aborted) throw new StepFailure('STOPPED', 'stopped');
    if (end.error !== undefined) throw new StepFailure('PLATFORM_ERROR', `${tool.argv[0] ?? ''}: ${end.error.message}`);
    return { ok: end.code === 0, stdout: Buffer.concat(stdout).toString(), lastLines: last.lines() };
  };
}
