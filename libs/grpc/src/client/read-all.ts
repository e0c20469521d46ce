import { type DescMethod, type Message } from '@bufbuild/protobuf';
import { type ClientReadableStream } from '@grpc/grpc-js';
import { callFailure } from './call-failure.js';
import { cancelOnAbort } from './cancel-on-abort.js';

/**
 * readAll yields the answers of a call; errors come as MaestroError, and a reader that stops cancels the call. It watches
 * the call from now on, however late the reading begins.
 */
export function readAll(
  method: DescMethod,
  call: ClientReadableStream<Message>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Message> {
  const outcome: { error?: unknown } = {};
  // Always heard: an error that comes while nobody reads must neither be lost nor end the process.
  call.on('error', (error) => (outcome.error ??= error));
  call.once('status', cancelOnAbort(signal, call));
  return answers(call, outcome, (error) => callFailure(method, signal, error));
}

async function* answers(
  call: ClientReadableStream<Message>,
  outcome: { error?: unknown },
  explain: (error: unknown) => Error,
): AsyncGenerator<Message> {
  try {
    // A plain for-await would destroy the call, and with it the sending half, at the end of the answers.
    yield* call.iterator({ destroyOnReturn: false }) as AsyncIterable<Message>;
  } catch (error) {
    outcome.error ??= error;
  } finally {
    call.cancel();
  }
  if (outcome.error !== undefined) throw explain(outcome.error);
}
