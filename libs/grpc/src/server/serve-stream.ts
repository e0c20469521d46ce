import { create, type DescMethod, type Message } from '@bufbuild/protobuf';
import { type ServerDuplexStream, type ServerWritableStream } from '@grpc/grpc-js';
import { runInCall } from '../call-context.js';
import { encodeError } from '../errors/encode-error.js';
import { reportError } from '../errors/report-error.js';
import { type AnyInit } from '../message-init.js';
import { WriteGate } from '../write-gate.js';
import { checkRequest, type CallRuntime } from './call-runtime.js';
import { type AnyHandler } from './handlers.js';
import { requestStream } from './request-stream.js';
import { ServerCall } from './server-call.js';

type OutCall = ServerWritableStream<Message, Message> | ServerDuplexStream<Message, Message>;
type Answers = AsyncIterable<AnyInit>;

/** serveServerStream serves a method with one request and a stream of answers. */
export function serveServerStream(method: DescMethod, handler: AnyHandler, runtime: CallRuntime) {
  return (call: ServerWritableStream<Message, Message>): void => {
    void answerMany(method, call, runtime, (context) => {
      checkRequest(runtime, method.input, call.request);
      return handler(call.request, context) as Answers;
    });
  };
}

/** serveBidiStream serves a method with streams in both directions. */
export function serveBidiStream(method: DescMethod, handler: AnyHandler, runtime: CallRuntime) {
  return (call: ServerDuplexStream<Message, Message>): void => {
    const requests = requestStream(runtime, method.input, call);
    void answerMany(method, call, runtime, (context) => handler(requests, context) as Answers);
  };
}

async function answerMany(
  method: DescMethod,
  call: OutCall,
  runtime: CallRuntime,
  handle: (context: ServerCall) => Answers,
): Promise<void> {
  const context = new ServerCall(method, call, runtime.draining, Infinity);
  runtime.open.add(context);
  try {
    await runInCall(context, () => runtime.around(context, () => sendAll(context, call, handle(context))));
    call.end();
  } catch (error) {
    const reported = context.aborted ?? reportError(error, context, runtime.logger);
    if (!call.cancelled) call.emit('error', encodeError(reported));
  } finally {
    runtime.open.delete(context);
    context.close();
  }
}

/** sendAll ends with the last answer, or fails as soon as the call is given up, even if the handler still waits. */
function sendAll(context: ServerCall, call: OutCall, answers: Answers): Promise<void> {
  const iterator = answers[Symbol.asyncIterator]();
  return new Promise((resolve, reject) => {
    context.onAborted((reason) => {
      reject(reason);
      iterator.return?.().catch(() => undefined);
    });
    sendEach(context, call, iterator).then(resolve, reject);
  });
}

async function sendEach(context: ServerCall, call: OutCall, iterator: AsyncIterator<AnyInit>): Promise<void> {
  const gate = new WriteGate(call);
  for (;;) {
    const next = await iterator.next();
    if (next.done === true || context.aborted !== undefined) return;
    if (!call.write(create(context.method.output, next.value))) await gate.drained();
  }
}
