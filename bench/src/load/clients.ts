import { createChannel, createClient, type Channel, type ClientOf } from '@maestro/grpc';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { RunningMaestro } from '../machine/running-maestro.js';
import { RunDatabase } from './run-database.js';

/** CALLER is the name under which the benchmark calls. */
export const CALLER = { caller: 'bench' };

/** Clients are all the ways in which the benchmark speaks to a running Maestro. */
export interface Clients {
  readonly definition: ClientOf<typeof DefinitionService>;
  readonly scheduler: ClientOf<typeof SchedulerService>;
  readonly signal: ClientOf<typeof SignalService>;
  /** For streams that stay open. */
  readonly schedulerChannel: Channel;
  readonly database: RunDatabase;
  /** To hear what goes over the wire; it sends nothing. */
  readonly nats: NatsConnection;
  close(): Promise<void>;
}

/** openClients connects to the services of a running Maestro and to its Postgres and NATS. */
export async function openClients({ run }: RunningMaestro): Promise<Clients> {
  const definitionChannel = channelTo(run.services['definition']?.grpc, DefinitionService);
  const signalChannel = channelTo(run.services['signal']?.grpc, SignalService);
  const schedulerChannel = channelTo(run.services['scheduler']?.grpc, SchedulerService);
  const database = await RunDatabase.connect(run.postgresUrl);
  const nats = await connect({ servers: run.natsUrl });
  return {
    definition: createClient(DefinitionService, definitionChannel, CALLER),
    scheduler: createClient(SchedulerService, schedulerChannel, CALLER),
    signal: createClient(SignalService, signalChannel, CALLER),
    schedulerChannel,
    database,
    nats,
    close: async () => {
      definitionChannel.close();
      signalChannel.close();
      schedulerChannel.close();
      await Promise.all([database.close(), nats.close()]);
    },
  };
}

function channelTo(
  address: string | undefined,
  service: typeof DefinitionService | typeof SchedulerService | typeof SignalService,
): Channel {
  if (address === undefined) throw new Error(`run.json names no address of ${service.typeName}`);
  return createChannel({ address, services: [service] });
}
