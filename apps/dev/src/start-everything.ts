import { Listr, type ListrTask } from 'listr2';
import { startNats, startPostgres } from './backends.js';
import { givenNats, givenPostgres } from './given-backend.js';
import { migrateServices } from './migrate-services.js';
import { bundledServices } from './repository.js';
import type { RunningMaestro } from './running-maestro.js';
import type { ServiceName } from './services.js';
import { sqlConnections } from './sql-connections.js';
import { waitReady } from './wait-ready.js';

/** startEverything brings Maestro up step by step and shows the progress; it fails with the first step that does. */
export async function startEverything(maestro: RunningMaestro): Promise<void> {
  const services = bundledServices(maestro.input.root);
  const tasks = [
    postgresTask(maestro),
    natsTask(maestro),
    {
      title: 'Migrations',
      task: () =>
        migrateServices({ services, root: maestro.input.root, environmentOf: (name) => maestro.environmentOf(name) }),
    },
    servicesTask(maestro, services),
  ];
  await new Listr(tasks, {
    rendererOptions: { collapseSubtasks: true, showErrorMessage: false },
    fallbackRenderer: 'simple',
  }).run();
  maestro.ready();
}

function postgresTask(maestro: RunningMaestro): ListrTask {
  const { config, dataDir, report } = maestro.input;
  return {
    title: 'Postgres',
    task: async (_, task) => {
      maestro.postgres =
        config.postgresUrl === undefined
          ? await startPostgres(dataDir, report)
          : await givenPostgres(config.postgresUrl);
      maestro.sql = await sqlConnections({
        dataDir,
        base: maestro.input.env,
        ownPostgresUrl: config.postgresUrl === undefined ? maestro.postgres.url : undefined,
      });
      task.title = `Postgres ${config.postgresUrl === undefined ? 'started' : 'given'}`;
    },
  };
}

function natsTask(maestro: RunningMaestro): ListrTask {
  const { config, dataDir, report } = maestro.input;
  return {
    title: 'NATS',
    task: async (_, task) => {
      const progress = (message: string): void => void (task.title = `NATS: ${message}`);
      maestro.nats =
        config.natsUrl === undefined ? await startNats(dataDir, progress, report) : await givenNats(config.natsUrl);
      task.title = `NATS ${config.natsUrl === undefined ? 'started' : 'given'}`;
    },
  };
}

function servicesTask(maestro: RunningMaestro, services: readonly ServiceName[]): ListrTask {
  return {
    title: 'Services',
    task: (_, task) =>
      task.newListr(
        services.map((name) => ({ title: name, task: () => startAndWait(maestro, name) })),
        { concurrent: true },
      ),
  };
}

async function startAndWait(maestro: RunningMaestro, name: ServiceName): Promise<void> {
  await waitReady(maestro.startService(name), maestro.input.ports.metrics[name]);
}
