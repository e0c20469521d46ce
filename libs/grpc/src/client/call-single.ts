import { create, type DescMethod, type Message } from '@bufbuild/protobuf';
import { type Client, type ClientWritableStream, type requestCallback } from '@grpc/grpc-js';
import { type AnyInit } from '../message-init.js';
import { methodDefinition } from '../service-definition.js';
import { callFailure, sourceFailure } from './call-failure.js';
import { prepareCall, type CallOptions, type ClientDefaults } from './call-options.js';
import { cancelOnAbort } from './cancel-on-abort.js';
import { writeAll } from './write-all.js';

/** callUnary makes the function that calls a method with one request and one answer. */
export function callUnary(method: DescMethod, transport: Client, defaults: ClientDefaults) {
  const { path, requestSerialize, responseDeserialize } = methodDefinition(method);
  return async (request: AnyInit, options: CallOptions = {}): Promise<Message> => {
    const { metadata, options: rest, signal } = prepareCall(method, defaults, options);
    return answerOf(method, signal, (done) =>
      transport.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        create(method.input, request),
        metadata,
        rest,
        done,
      ),
    );
  };
}

/** callClientStream makes the function that calls a method with a stream of requests and one answer. */
export function callClientStream(method: DescMethod, transport: Client, defaults: ClientDefaults) {
  const { path, requestSerialize, responseDeserialize } = methodDefinition(method);
  return async (requests: AsyncIterable<AnyInit>, options: CallOptions = {}): Promise<Message> => {
    const { metadata, options: rest, signal } = prepareCall(method, defaults, options);
    const source: { failure?: Error } = {};
    return answerOf(method, signal, (done) => {
      const call: ClientWritableStream<Message> = transport.makeClientStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        metadata,
        rest,
        done,
      );
      writeAll(method, call, requests).catch((error: unknown) => {
        source.failure = sourceFailure(error);
        call.cancel();
      });
      return call;
    }).catch((error: unknown) => {
      throw source.failure ?? sourceFailure(error);
    });
  };
}

function answerOf(
  method: DescMethod,
  signal: AbortSignal | undefined,
  start: (done: requestCallback<Message>) => { cancel(): void },
): Promise<Message> {
  return new Promise((resolve, reject) => {
    const call = start((error, answer) => {
      release();
      if (answer !== undefined && error === null) resolve(answer);
      else reject(callFailure(method, signal, error));
    });
    const release = cancelOnAbort(signal, call);
  });
}
