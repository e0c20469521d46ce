import type { ServiceName, System } from './system.js';

/** Fault is something that dies, and its name for people. */
export interface Fault {
  readonly name: string;
  inject(): Promise<void>;
}

/** allFaults are all things that can be killed or lost; what may come back by itself does. */
export function allFaults(system: System): readonly Fault[] {
  const kill = (service: ServiceName): Fault => ({
    name: `kill -9 of the ${service}`,
    inject: () => Promise.resolve(system.kill(service)),
  });
  const crash = (name: string, pid: () => number, signal: NodeJS.Signals, restart: () => Promise<void>): Fault => ({
    name,
    inject: () => {
      process.kill(pid(), signal);
      return restart();
    },
  });
  const { postgres, nats } = system;
  return [
    kill('scheduler'),
    kill('executor'),
    crash(
      'crash of Postgres',
      () => postgres.pid,
      'SIGQUIT',
      () => postgres.restart(),
    ),
    kill('gateway'),
    { name: 'loss of all that JetStream had stored', inject: () => nats.restart({ wipe: true }) },
    kill('definition'),
    { name: 'restart of Postgres', inject: () => postgres.restart() },
    kill('signal'),
    kill('notifier'),
    crash(
      'crash of NATS',
      () => nats.pid,
      'SIGKILL',
      () => nats.restart(),
    ),
  ];
}
