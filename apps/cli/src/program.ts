import { Command, Option } from 'commander';
import type { Cli } from './cli.js';
import { activateCommand } from './commands/activate.js';
import { breakpointCommand } from './commands/breakpoint.js';
import { bulkCommand } from './commands/bulk.js';
import { compareCommand } from './commands/compare.js';
import { completeCommand } from './commands/complete.js';
import { completionCommand } from './commands/completion.js';
import { alertsCommand } from './commands/alerts.js';
import { deliveriesCommand } from './commands/deliveries.js';
import { deactivateCommand } from './commands/deactivate.js';
import { deleteCommand } from './commands/delete.js';
import { devCommand } from './commands/dev.js';
import { diffCommand } from './commands/diff.js';
import { killCommand, stopCommand } from './commands/end-runs.js';
import { explainCommand } from './commands/explain.js';
import { getCommand } from './commands/get.js';
import { iterationsCommand } from './commands/iterations.js';
import { listCommand } from './commands/list.js';
import { logsCommand } from './commands/logs.js';
import { paramsCommand } from './commands/params.js';
import { pauseCommand, resumeCommand } from './commands/pause.js';
import { stepTypesCommand } from './commands/step-types.js';
import { permitCommand } from './commands/permit.js';
import { triggersCommand } from './commands/triggers.js';
import { pushCommand } from './commands/push.js';
import { restartCommand } from './commands/restart.js';
import { signalCommand } from './commands/signal.js';
import { selCommand } from './commands/sel.js';
import { startCommand } from './commands/start.js';
import { stepCommand } from './commands/step.js';
import { templateCommand } from './commands/template.js';
import { validateCommand } from './commands/validate.js';
import { cliVersion, versionCommand } from './commands/version.js';
import { versionsCommand } from './commands/versions.js';
import { watchCommand } from './commands/watch.js';
import { webhookCommand } from './commands/webhook.js';
import { OUTPUTS } from './print/output.js';

/** COMMANDS in the order of the help: as a person meets them. */
const COMMANDS = [
  pushCommand,
  validateCommand,
  diffCommand,
  paramsCommand,
  selCommand,
  startCommand,
  restartCommand,
  watchCommand,
  getCommand,
  listCommand,
  iterationsCommand,
  compareCommand,
  versionsCommand,
  logsCommand,
  explainCommand,
  stopCommand,
  killCommand,
  stepCommand,
  pauseCommand,
  resumeCommand,
  breakpointCommand,
  templateCommand,
  stepTypesCommand,
  permitCommand,
  webhookCommand,
  deliveriesCommand,
  alertsCommand,
  triggersCommand,
  signalCommand,
  bulkCommand,
  activateCommand,
  deactivateCommand,
  deleteCommand,
  devCommand,
  completionCommand,
  versionCommand,
];

const EXAMPLES = `
First steps:
  npm start                              start Maestro on this machine
  maestro push examples/hello.yaml       store a workflow
  maestro start hello --watch            run it and look on
  maestro list hello --instances         what ran
  maestro logs hello/1/greet             what a step wrote

It ends with 0 when all went well, 1 when the server refused or the run failed, 2 when the command was not understood.`;

/** makeProgram is the whole command line; usage errors are thrown as commander's CommanderError. */
export function makeProgram(cli: Cli): Command {
  const program = new Command('maestro')
    .description('Client of Maestro, the workflow orchestrator.')
    .usage('<command> [options]')
    .option(
      '--url <url>',
      'address of the gateway (MAESTRO_URL; else where "npm start" runs, else http://127.0.0.1:8080)',
    )
    .option('--user <name>', 'who you are (MAESTRO_USER; else your name on this machine)')
    .option(
      '--tenant <name>',
      'whose workflows, instances and alerts to list (else all); whose templates, limits, webhooks .. (else "default"); MAESTRO_TENANT',
    )
    .option('--data-dir <folder>', 'data folder of the "npm start" to talk to (MAESTRO_DATA_DIR; else .maestro)')
    .addOption(new Option('-o, --output <form>', 'form of the output').choices(OUTPUTS).default('table'))
    .option('--no-color', 'no colours (also NO_COLOR)')
    .version(`maestro ${cliVersion()}`, '-V, --version', 'print the version')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('"maestro help" shows all commands, "maestro help <command>" one of them.')
    .configureOutput({
      writeOut: (text) => cli.terminal.out(text),
      writeErr: (text) => cli.terminal.err(text),
      getOutHelpWidth: () => cli.terminal.columns(),
      getErrHelpWidth: () => cli.terminal.columns(),
      getOutHasColors: () => cli.colors.isColorSupported,
      getErrHasColors: () => cli.colors.isColorSupported,
    })
    .exitOverride();
  for (const make of COMMANDS) program.addCommand(make(cli).copyInheritedSettings(program));
  program.addCommand(completeCommand(cli).copyInheritedSettings(program), { hidden: true });
  return program;
}
