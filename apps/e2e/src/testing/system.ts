import { rmSync } from 'node:fs';
import { freePort, startNats, startPostgres, temporaryFolder, waitUntil } from '@maestro/testing';
import type { TestNats, TestPostgres } from '@maestro/testing';
import { rows } from './database.js';
import { npmStart, type NpmStart } from './npm-start.js';
import { RestClient } from './rest-client.js';
import { readRunFile, type RunFile } from './run-file.js';
import { Runs } from './runs.js';

/** ServiceName is one of our processes. */
export type ServiceName = 'definition' | 'scheduler' | 'executor' | 'signal' | 'notifier' | 'gateway';

const PORT_FLAGS = ['definition', 'scheduler', 'executor', 'signal', 'notifier', 'gateway'];

/** Flags for any free port each, save REST: services are told beforehand where to send their traces. */
function portFlags(restPort: number): string[] {
  const grpc = PORT_FLAGS.filter((name) => name !== 'gateway').flatMap((name) => [`--${name}-port`, '0']);
  const metrics = PORT_FLAGS.flatMap((name) => [`--${name}-metrics-port`, '0']);
  return ['--rest-port', String(restPort), ...grpc, ...metrics];
}

/** System is all of Maestro as real processes, with a Postgres and a NATS that a test may restart and wipe. */
export class System {
  readonly rest: RestClient;
  readonly runs: Runs;

  private constructor(
    readonly dataDir: string,
    readonly postgres: TestPostgres,
    readonly nats: TestNats,
    private readonly maestro: NpmStart,
    readonly restUrl: string,
  ) {
    this.rest = new RestClient(restUrl);
    this.runs = new Runs(this.rest);
  }

  /** Starts everything and waits until it is ready: about ten seconds. */
  static async start(env: Record<string, string> = {}): Promise<System> {
    const dataDir = temporaryFolder('e2e');
    const [postgres, nats, restPort] = [await startPostgres(), await startNats(), await freePort()];
    const restUrl = `http://127.0.0.1:${restPort}`;
    const backends = ['--postgres-url', postgres.url, '--nats-url', nats.url];
    const maestro = npmStart(dataDir, [...portFlags(restPort), ...backends], { MAESTRO_OTLP_URL: restUrl, ...env });
    const system = new System(dataDir, postgres, nats, maestro, restUrl);
    try {
      await maestro.ready();
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  /** What runs now; process ids change as services are started again. */
  running(): RunFile {
    const run = readRunFile(this.dataDir);
    if (run === undefined) throw new Error('Maestro does not run');
    return run;
  }

  pid(service: ServiceName): number {
    return this.running().services[service]?.pid ?? 0;
  }

  /** kill -9; apps/dev starts it again after 0.2 s or, while it keeps dying early, later. */
  kill(service: ServiceName): void {
    const pid = this.pid(service);
    if (pid !== 0) process.kill(pid, 'SIGKILL');
  }

  /** Resolves when the service answers that it is ready. */
  async ready(service: ServiceName): Promise<void> {
    const isReady = async (): Promise<boolean> => {
      const response = await fetch(`${this.running().services[service]?.metrics}/ready`);
      return response.ok;
    };
    await waitUntil(isReady, { timeoutMs: 60_000, describe: `${service} is ready` });
  }

  sql<T extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return rows<T>(this.postgres.url, text, values);
  }

  /** What Maestro itself printed: restarts of services, and why. */
  output(): string {
    return this.maestro.output();
  }

  async stop(): Promise<void> {
    this.maestro.kill('SIGTERM');
    await this.maestro.exited;
    await this.nats.stop();
    await this.postgres.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
