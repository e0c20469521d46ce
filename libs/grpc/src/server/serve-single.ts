import { create, type DescMethod, type Message } from '@bufbuild/protobuf';
import { type sendUnaryData, type ServerReadableStream, type ServerUnaryCall } from '@grpc/grpc-js';
import { runInCall } from '../call-context.js';
import { encodeError } from '../errors/encode-error.js';
import { reportError } from '../errors/report-error.js';
import { type AnyInit } from '../message-init.js';
import { checkRequest, type CallRuntime } from './call-runtime.js';
import { type AnyHandler } from './handlers.js';
import { requestStream } from './request-stream.js';
import { ServerCall, type AnyCall } from './server-call.js';

type Reply = sendUnaryData<Message>;

/** serveUnary serves a method with one request and one answer. */
export function serveUnary(method: DescMethod, handler: AnyHandler, runtime: CallRuntime) {
  return (call: ServerUnaryCall<Message, Message>, reply: Reply): void => {
    void answerOnce(method, call, runtime, reply, (context) => {
      checkRequest(runtime, method.input, call.request);
      return handler(call.request, context);
    });
  };
}

/** serveClientStream serves a method with a stream of requests and one answer. */
export function serveClientStream(method: DescMethod, handler: AnyHandler, runtime: CallRuntime) {
  return (call: ServerReadableStream<Message, Message>, reply: Reply): void => {
    const requests = requestStream(runtime, method.input, call);
    void answerOnce(method, call, runtime, reply, (context) => handler(requests, context));
  };
}

async function answerOnce(
  method: DescMethod,
  call: AnyCall,
  runtime: CallRuntime,
  reply: Reply,
  handle: (context: ServerCall) => unknown,
): Promise<void> {
  const context = new ServerCall(method, call, runtime.draining, runtime.defaultDeadlineMs);
  // A call that is given up is answered at once; what its handler still comes up with is dropped.
  context.onAborted((reason) => reply(encodeError(reason)));
  runtime.open.add(context);
  try {
    const answer = await runInCall(context, () =>
      runtime.around(context, async () => create(method.output, (await handle(context)) as AnyInit)),
    );
    if (context.aborted === undefined) reply(null, answer as Message);
  } catch (error) {
    if (context.aborted === undefined) reply(encodeError(reportError(error, context, runtime.logger)));
  } finally {
    runtime.open.delete(context);
    context.close();
  }
}
