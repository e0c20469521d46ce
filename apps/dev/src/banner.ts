import { relative } from 'node:path';
import { bold, cyan, dim, green } from 'picocolors';
import type { RunFile } from './run-file.js';
import { grpcAddress } from './service-environment.js';
import { GRPC_SERVICE_NAMES, type Ports } from './services.js';

/** What a newcomer should do first. */
const NEXT = 'npx maestro push examples/hello.yaml && npx maestro start hello --watch';

/** readyBanner is what a person sees when everything runs: where it is and what to do next. */
export function readyBanner(at: { rest: string; ports: Ports; dataDir: string; logsDir: string }): string {
  const grpc = GRPC_SERVICE_NAMES.map((name) => row(`gRPC ${name}`, grpcAddress(at.ports, name)));
  return [
    '',
    green(bold('Maestro is ready.')),
    '',
    row('REST', at.rest),
    ...grpc,
    row('data', shown(at.dataDir)),
    row('logs', shown(at.logsDir)),
    '',
    `Next, in another terminal:\n\n  ${cyan(NEXT)}\n`,
    dim('Ctrl-C stops everything; the data stays.'),
    '',
  ].join('\n');
}

/** alreadyRunning is what a second start on the same data folder says. */
export function alreadyRunning(run: RunFile): string {
  return [
    `Maestro already runs on ${run.dataDir} (process ${run.pid}, ${run.status}).`,
    row('REST', run.rest),
    ...Object.entries(run.services).flatMap(([name, { grpc }]) =>
      grpc === undefined ? [] : [row(`gRPC ${name}`, grpc)],
    ),
    `Stop it with Ctrl-C in its terminal or "kill ${run.pid}"; or run a second one beside it with ` +
      '"npm start -- --data-dir <another folder> --any-ports".',
  ].join('\n');
}

function row(name: string, value: string): string {
  return `  ${name.padEnd(16)} ${value}`;
}

function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || short === '' ? path : short;
}
