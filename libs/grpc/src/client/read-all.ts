import { type DescMethod, type Message } from '@bufbuild/protobuf';
import { type ClientReadableStream } from '@grpc/grpc-js';
import { decodeError } from '../errors/decode-error.js';
import { methodPath } from '../service-definition.js';
import { cancelOnAbort } from './cancel-on-abort.js';

/** readAll yields the answers of a call; errors come as MaestroError, and a reader that stops cancels the call. */
export async function* readAll(
  method: DescMethod,
  call: ClientReadableStream<Message>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Message> {
  const release = cancelOnAbort(signal, call);
  // An error after the reader left (its own cancel) has nobody to tell; without a listener it would end the process.
  call.on('error', () => undefined);
  try {
    // A plain for-await would destroy the call, and with it the sending half, at the end of the answers.
    yield* call.iterator({ destroyOnReturn: false }) as AsyncIterable<Message>;
  } catch (error) {
    throw signal?.aborted === true ? signal.reason : decodeError(error, methodPath(method));
  } finally {
    release();
    call.cancel();
  }
}
