import { JetStreamApiError } from '@nats-io/jetstream';

/** The server's codes for what does not exist. */
export const STREAM_NOT_FOUND = 10_059;
export const CONSUMER_NOT_FOUND = 10_014;

/** ifFound is what was looked for, or undefined when the server says that it does not exist. */
export async function ifFound<T>(notFound: number, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === notFound) return undefined;
    throw error;
  }
}
