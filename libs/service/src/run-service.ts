import {
  ConfigError,
  describeConfig,
  readConfig,
  wantsHelp,
  type Config,
  type ConfigSpec,
  type Settings,
} from '@maestro/config';

const MIGRATE = '--migrate';

/** ServiceProgram is what a service's `main.ts` runs. */
export interface ServiceProgram<S extends Settings> {
  readonly config: ConfigSpec<S>;
  /** Wires the service; `start` serves when it resolves, `stop` drains and closes. */
  readonly compose: (config: Config<S>) => { start(): Promise<unknown>; stop(): Promise<unknown> };
  /** `--migrate`: brings the service's own schema up to date. Absent: the service owns no table. */
  readonly migrate?: (config: Config<S>, log: (text: string) => void) => Promise<unknown>;
}

/** ServiceHost is what a service uses of its process: `process` in `main.ts`. */
export interface ServiceHost {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  once(signal: 'SIGTERM' | 'SIGINT', stop: () => void): unknown;
  exit(code: number): void;
}

/**
 * runService is the whole life of a service's process: `--help`, `--migrate`, or serve until SIGTERM or SIGINT and then
 * drain. What keeps it from starting or ending well is written to stderr, and the process exits with 1.
 */
export async function runService<S extends Settings>(program: ServiceProgram<S>, host: ServiceHost): Promise<void> {
  try {
    await run(program, host, host.argv.slice(2));
  } catch (error) {
    fail(host, error);
  }
}

async function run<S extends Settings>(
  program: ServiceProgram<S>,
  host: ServiceHost,
  argv: readonly string[],
): Promise<void> {
  const print = (text: string): void => void host.stdout.write(`${text}\n`);
  if (wantsHelp(argv)) return print(describeConfig(program.config));
  const warn = (text: string): void => void host.stderr.write(`${text}\n`);
  const settings = argv.filter((word) => word !== MIGRATE);
  const config = readConfig(program.config, { argv: settings, env: host.env, warn });
  if (argv.includes(MIGRATE)) await program.migrate?.(config, print);
  else await serve(program.compose(config), host);
}

async function serve(
  service: { start(): Promise<unknown>; stop(): Promise<unknown> },
  host: ServiceHost,
): Promise<void> {
  const stop = (): void =>
    void service.stop().then(
      () => host.exit(0),
      (error: unknown) => fail(host, error),
    );
  host.once('SIGTERM', stop);
  host.once('SIGINT', stop);
  await service.start();
}

function fail(host: ServiceHost, error: unknown): void {
  const text = error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error);
  host.stderr.write(`${text}\n`);
  host.exit(1);
}
