import { isTerminalInstance } from '@maestro/domain';
import type { InstanceBody } from '../api/bodies.js';
import type { Client } from '../api/client.js';
import { apiPath, runParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer, type Output } from '../print/output.js';
import type { RunReference } from '../reference.js';
import { followRun } from './follow-run.js';
import { liveView } from './live-view.js';
import { plainView } from './plain-view.js';
import type { RunState } from './run-state.js';
import { summaryOf } from './summary.js';
import type { View } from './view.js';

/** What programs read is not mixed with a view. */
const NO_VIEW: View = { show: () => undefined, lost: () => undefined, close: () => undefined };

/**
 * watchRun shows a run until it has ended, and then how: 0 when it succeeded, 1 when not. Ctrl-C leaves it running. In
 * JSON and YAML nothing is shown but the ended run.
 */
export async function watchRun(cli: Cli, client: Client, run: RunReference, output: Output): Promise<ExitCode> {
  const left = new AbortController();
  const forget = cli.terminal.onInterrupt(() => left.abort());
  const view = output !== 'table' ? NO_VIEW : cli.terminal.isTty ? liveView(cli) : plainView(cli);
  let state: RunState | undefined;
  try {
    for await (const sight of followRun(cli, client, run, left.signal)) {
      if ('lost' in sight) view.lost(sight.lost);
      else view.show((state = sight.state));
    }
  } finally {
    view.close();
    forget();
  }
  if (state === undefined || !isTerminalInstance(state.instance.status)) return leftAlone(cli, run);
  const { instance } = state;
  if (output === 'table') cli.terminal.out(summaryOf(state, cli.now(), cli.colors));
  else await printRun(cli, client, { ...run, run: String(instance.workflow_run_id) }, output);
  return instance.status === 'SUCCEEDED' ? 0 : 1;
}

async function printRun(cli: Cli, client: Client, run: RunReference, output: Output): Promise<void> {
  printAnswer(cli, output, await client.get<InstanceBody>(apiPath(runParts(run))), () => '');
}

function leftAlone({ terminal }: Cli, { workflowId, instance }: RunReference): ExitCode {
  const name = `${workflowId}/${instance}`;
  terminal.err(`${name} goes on running; "maestro watch ${name}" shows it again, "maestro stop ${name}" ends it.\n`);
  return 130;
}
