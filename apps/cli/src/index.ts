export { runCli } from './run-cli.js';
export { type Cli, type Colors, type ExitCode } from './cli.js';
export { type Terminal } from './terminal.js';
