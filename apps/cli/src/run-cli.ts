import { CommanderError } from 'commander';
import type { Cli, ExitCode } from './cli.js';
import { runDev } from './commands/dev.js';
import { reportFailure } from './print/failure.js';
import { makeProgram } from './program.js';

/** runCli runs one command line (without the program's own name) to its end, and says how the process should end. */
export async function runCli(argv: readonly string[], world: Omit<Cli, 'exitWith'>): Promise<number> {
  // Its flags are those of `npm start`.
  if (argv[0] === 'dev') return runDev(argv.slice(1));
  let code: ExitCode = 0;
  const cli: Cli = { ...world, exitWith: (given) => (code = given) };
  const program = makeProgram(cli);
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said what is wrong; help and version end this way, too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportFailure(cli, error);
  }
}
