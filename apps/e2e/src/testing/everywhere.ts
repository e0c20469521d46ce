import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { rows } from './database.js';
import type { System } from './system.js';

/** Wiretap hears every message that passes NATS while it is open, and reads what JetStream keeps. */
export class Wiretap {
  private heard = '';

  private constructor(private readonly connection: NatsConnection) {
    connection.subscribe('>', {
      callback: (_error, message) => {
        this.heard += `${message.subject} ${latin1(message.data)}\n`;
      },
    });
  }

  static async open(system: System): Promise<Wiretap> {
    const tap = new Wiretap(await connect({ servers: system.nats.url }));
    await tap.connection.flush();
    return tap;
  }

  /** All that was said since it was opened, as latin1. */
  said(): string {
    return this.heard;
  }

  /** All that the streams hold now, as latin1. */
  async stored(): Promise<string> {
    const manager = await jetstreamManager(this.connection);
    const pieces: string[] = [];
    for await (const { config, state } of manager.streams.list()) {
      for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
        const message = await manager.streams.getMessage(config.name, { seq }).catch(gone);
        if (message !== null && message !== undefined) pieces.push(latin1(message.data));
      }
    }
    return pieces.join('\n');
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

/** databaseText is every row of every table of all services, as text (bytes in both hex and as they are). */
export async function databaseText(url: string): Promise<string> {
  const tables = await rows<{ name: string }>(
    url,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const found = await rows<Record<string, unknown>>(url, `select t as row, t.* from ${name} t`);
      return found.flatMap((row) => Object.values(row).map(plain)).join('\n');
    }),
  );
  return texts.join('\n');
}

/** logsOf is what all services of a system have printed. */
export function logsOf(system: System): string {
  return [system.output(), ...filesIn(join(system.dataDir, 'logs'))].join('\n');
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [readFileSync(path, 'latin1')];
  });
}

function plain(value: unknown): string {
  if (value instanceof Uint8Array) return latin1(value);
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}

function gone(error: unknown): undefined {
  if (error instanceof JetStreamApiError) return undefined;
  throw error;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
