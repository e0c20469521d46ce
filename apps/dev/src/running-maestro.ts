import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend } from './backends.js';
import type { DevConfig } from './config.js';
import { bundleOf } from './repository.js';
import { removeRunFile, writeRunFile, type RunFile, type RunningService } from './run-file.js';
import { grpcAddress, HOST, serviceEnvironment, type Environment } from './service-environment.js';
import { GRPC_SERVICE_NAMES, type Ports, type ServiceName } from './services.js';
import { CRASH_LOOP, crashReport, supervise, type Supervised } from './supervisor.js';

/** MaestroInput is what is known before anything runs. */
/**
 * How Node runs the services. A young generation of 64 MB: with the default 16 a fifth of a loaded scheduler's time was
 * garbage collection, because batches of a few hundred runs outlive it.
 */
const NODE_FLAGS = ['--enable-source-maps', '--max-semi-space-size=64'];

export interface MaestroInput {
  readonly config: DevConfig;
  readonly dataDir: string;
  readonly ports: Ports;
  readonly root: string;
  readonly env: Environment;
  /** Tells a person what happened: one or more lines. */
  readonly report: (message: string) => void;
}

/** RunningMaestro is all that was started so far; stopping it stops that, the last started first. */
export class RunningMaestro {
  postgres: Backend | undefined;
  nats: Backend | undefined;
  /** Variables of the executor that name the connections of Sql steps. */
  sql: Environment = {};
  private readonly services = new Map<ServiceName, Supervised>();
  private status: RunFile['status'] = 'starting';

  constructor(readonly input: MaestroInput) {
    mkdirSync(this.logsDir, { recursive: true });
    this.save();
  }

  get logsDir(): string {
    return join(this.input.dataDir, 'logs');
  }

  get restUrl(): string {
    return `http://${HOST}:${this.input.ports.rest}`;
  }

  environmentOf(service: ServiceName): Environment {
    const { env, ports, dataDir, config } = this.input;
    const backends = { postgresUrl: this.postgres?.url ?? '', natsUrl: this.nats?.url ?? '' };
    const input = { base: env, backends, ports, dataDir, logLevel: config.logLevel };
    return { ...serviceEnvironment(service, input), ...(service === 'executor' ? this.sql : {}) };
  }

  startService(name: ServiceName): Supervised {
    const program = {
      name,
      command: process.execPath,
      args: [...NODE_FLAGS, bundleOf(this.input.root, name)],
      env: this.environmentOf(name),
      logFile: join(this.logsDir, `${name}.log`),
    };
    const service = supervise(program, {
      onStarted: () => queueMicrotask(() => this.save()),
      onRestart: ({ why, delayMs, crashes }) => {
        this.input.report(`${name} ${why}; starting it again in ${delayMs} ms`);
        if (crashes === CRASH_LOOP) this.input.report(crashReport(program));
      },
    });
    this.services.set(name, service);
    return service;
  }

  ready(): void {
    this.status = 'ready';
    this.save();
  }

  /** Stops everything in the reverse order of its start. */
  async stop(): Promise<void> {
    this.status = 'stopping';
    this.save();
    for (const service of [...this.services.values()].reverse()) await service.stop();
    await this.nats?.stop();
    await this.postgres?.stop();
    removeRunFile(this.input.dataDir);
  }

  private save(): void {
    writeRunFile({
      pid: process.pid,
      status: this.status,
      rest: this.restUrl,
      dataDir: this.input.dataDir,
      ...(this.postgres === undefined ? {} : { postgresUrl: this.postgres.url }),
      ...(this.nats === undefined ? {} : { natsUrl: this.nats.url }),
      services: Object.fromEntries([...this.services].map(([name, service]) => [name, this.describe(name, service)])),
    });
  }

  private describe(name: ServiceName, service: Supervised): RunningService {
    const { ports } = this.input;
    const grpcName = GRPC_SERVICE_NAMES.find((candidate) => candidate === name);
    return {
      pid: service.pid,
      ...(grpcName === undefined ? {} : { grpc: grpcAddress(ports, grpcName) }),
      metrics: `http://${HOST}:${ports.metrics[name]}`,
      log: service.program.logFile,
    };
  }
}
