import type { Command } from 'commander';
import { findGateway, type AddressOptions } from './address.js';
import { Client } from './api/client.js';
import type { Cli, ExitCode } from './cli.js';
import type { Output } from './print/output.js';

/** CommonOptions may stand at every command. */
export interface CommonOptions extends AddressOptions {
  readonly user?: string;
  readonly tenant?: string;
  readonly output: Output;
}

/** Session is what a command works with: the world, the gateway, and the form of its output. */
export interface Session {
  readonly cli: Cli;
  readonly client: Client;
  readonly output: Output;
  /** Who calls. */
  readonly user: string;
  /** Whose workflows, instances and alerts are listed, undefined = all; it is the client's tenant, too. */
  readonly tenant: string | undefined;
}

/** openSession finds out where the gateway is and who calls; nothing is sent yet. */
export function openSession(cli: Cli, options: CommonOptions): Session {
  const user = options.user ?? (cli.env['MAESTRO_USER'] || cli.osUser);
  const tenant = options.tenant ?? (cli.env['MAESTRO_TENANT'] || undefined);
  const client = new Client(findGateway(options, cli), user, undefined, tenant);
  return { cli, client, output: options.output, user, tenant };
}

/** Act is the body of a command; it ends with 0 when it says nothing else. */
export type Act<Args extends readonly unknown[]> = (session: Session, ...args: Args) => Promise<ExitCode | undefined>;

/** inSession makes the body of a command an action of commander's. */
export function inSession<Args extends readonly unknown[]>(cli: Cli, act: Act<Args>) {
  return async function (this: Command, ...args: Args): Promise<void> {
    cli.exitWith((await act(openSession(cli, this.optsWithGlobals<CommonOptions>()), ...args)) ?? 0);
  };
}
