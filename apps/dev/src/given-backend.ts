import { once } from 'node:events';
import { connect } from 'node:net';
import { Client } from 'pg';
import { maskSecret } from '@maestro/config';
import type { Backend } from './backends.js';

const TIMEOUT_MS = 5_000;
const NATS_PORT = 4222;

/** givenPostgres is a Postgres that somebody else runs. Fails with advice when it does not let us in. */
export async function givenPostgres(url: string): Promise<Backend> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: TIMEOUT_MS });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    throw unusable('Postgres', '--postgres-url', url, error);
  } finally {
    await client.end().catch(() => undefined);
  }
  return given(url);
}

/** givenNats is a NATS server that somebody else runs. Fails with advice when nothing listens there. */
export async function givenNats(url: string): Promise<Backend> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: port === '' ? NATS_PORT : Number(port), timeout: TIMEOUT_MS });
  socket.once('timeout', () => socket.destroy(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`)));
  try {
    await once(socket, 'connect');
  } catch (error) {
    throw unusable('NATS', '--nats-url', url, error);
  } finally {
    socket.destroy();
  }
  return given(url);
}

/** Not ours to stop. */
function given(url: string): Backend {
  return { url, stop: () => Promise.resolve() };
}

function unusable(name: string, flag: string, url: string, error: unknown): Error {
  const { message, code } = error as { readonly message?: string; readonly code?: string };
  const reason = message === undefined || message === '' ? (code ?? String(error)) : message;
  return new Error(
    `${name} at ${maskSecret(url)} cannot be used: ${reason}.\nCheck ${flag}, or leave it out: Maestro then starts its own.`,
    { cause: error },
  );
}
