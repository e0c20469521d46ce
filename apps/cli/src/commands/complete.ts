import { Command } from 'commander';
import { findGateway } from '../address.js';
import { Client } from '../api/client.js';
import type { Cli } from '../cli.js';
import { namesFor } from '../completion/names.js';
import type { CommonOptions } from '../session.js';

/** A person waits with a finger on the tab key. */
const TIMEOUT_MS = 2_000;

/** completeCommand: what completion scripts call. It never complains: a prompt is no place for errors. */
export function completeCommand(cli: Cli): Command {
  return new Command('__complete').argument('[typed]', 'what is typed so far', '').action(async function (
    this: Command,
    typed: string,
  ) {
    const address = findGateway(this.optsWithGlobals<CommonOptions>(), cli);
    const names = await namesFor(new Client(address, cli.osUser, TIMEOUT_MS), typed).catch(() => []);
    cli.terminal.out(names.map((name) => `${name}\n`).join(''));
  });
}
