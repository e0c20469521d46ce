import { create, type DescMethod, type Message } from '@bufbuild/protobuf';
import { type ClientWritableStream } from '@grpc/grpc-js';
import { type AnyInit } from '../message-init.js';
import { WriteGate } from '../write-gate.js';

/**
 * writeAll sends what the source yields, no faster than the peer takes it, then ends the sending half. When the call is
 * over before, the source is closed.
 */
export async function writeAll(
  method: DescMethod,
  call: ClientWritableStream<Message>,
  source: AsyncIterable<AnyInit>,
): Promise<void> {
  const gate = new WriteGate(call);
  const ended = { over: false };
  call.once('status', () => {
    ended.over = true;
    gate.open();
  });
  for await (const item of source) {
    if (ended.over) return;
    if (!call.write(create(method.input, item))) await gate.drained();
  }
  call.end();
}
