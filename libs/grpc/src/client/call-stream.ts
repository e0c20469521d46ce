import { create, type DescMethod, type Message } from '@bufbuild/protobuf';
import { type Client } from '@grpc/grpc-js';
import { type AnyInit } from '../message-init.js';
import { methodDefinition } from '../service-definition.js';
import { sourceFailure } from './call-failure.js';
import { prepareCall, type CallOptions, type ClientDefaults } from './call-options.js';
import { openDuplexCall } from './duplex.js';
import { readAll } from './read-all.js';

/**
 * callServerStream makes the function that calls a method with one request and a stream of answers. The call starts with
 * the first read and is cancelled when the reader stops reading.
 */
export function callServerStream(method: DescMethod, transport: Client, defaults: ClientDefaults) {
  const { path, requestSerialize, responseDeserialize } = methodDefinition(method);
  return async function* (request: AnyInit, options: CallOptions = {}): AsyncGenerator<Message> {
    const { metadata, options: rest, signal } = prepareCall(method, defaults, options);
    const message = create(method.input, request);
    const call = transport.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      message,
      metadata,
      rest,
    );
    yield* readAll(method, call, signal);
  };
}

/** callBidiStream makes the function that calls a method with streams in both directions. */
export function callBidiStream(method: DescMethod, transport: Client, defaults: ClientDefaults) {
  return async function* (requests: AsyncIterable<AnyInit>, options: CallOptions = {}): AsyncGenerator<Message> {
    const duplex = openDuplexCall(method, transport, defaults, options);
    const source: { failure?: Error } = {};
    duplex.writeAll(requests).catch((error: unknown) => {
      source.failure = sourceFailure(error);
      duplex.cancel();
    });
    try {
      yield* duplex.messages;
    } catch (error) {
      throw source.failure ?? sourceFailure(error);
    }
  };
}
