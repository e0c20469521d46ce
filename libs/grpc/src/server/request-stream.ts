import { type Readable } from 'node:stream';
import { type DescMessage, type Message } from '@bufbuild/protobuf';
import { checkRequest, type CallRuntime } from './call-runtime.js';

/** requestStream reads the messages of a caller's stream, each checked by the server's validator if it has one. */
export function requestStream(runtime: CallRuntime, type: DescMessage, call: Readable): AsyncIterable<Message> {
  // A plain for-await would destroy the call at the end of its input and with it the answers that are still to be sent.
  const messages = call.iterator({ destroyOnReturn: false }) as AsyncIterable<Message>;
  return runtime.validate === undefined ? messages : checked(runtime, type, messages);
}

async function* checked(
  runtime: CallRuntime,
  type: DescMessage,
  messages: AsyncIterable<Message>,
): AsyncIterable<Message> {
  for await (const message of messages) {
    checkRequest(runtime, type, message);
    yield message;
  }
}
