import { headers as makeHeaders, type Msg, type MsgHdrs } from '@nats-io/transport-node';

/** Headers are few, short and text: `traceparent` and the like. */
export type Headers = Readonly<Record<string, string>>;

/** HeaderReader reads headers of a received message by name; undefined when absent. Decoded on first use only. */
export interface HeaderReader {
  get(name: string): string | undefined;
}

/** encodeHeaders makes what the client library sends; undefined when there is nothing to send. */
export function encodeHeaders(headers: Headers | undefined, msgId?: string): MsgHdrs | undefined {
  if (headers === undefined && msgId === undefined) return undefined;
  const encoded = makeHeaders();
  if (msgId !== undefined) encoded.set('Nats-Msg-Id', msgId);
  for (const name in headers) encoded.set(name, headers[name] ?? '');
  return encoded;
}

/** headerReader reads the headers of a message. */
export function headerReader(message: Msg): HeaderReader {
  return {
    get: (name) => {
      const value = message.headers?.get(name);
      return value === undefined || value === '' ? undefined : value;
    },
  };
}
