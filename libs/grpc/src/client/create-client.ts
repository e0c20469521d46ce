import {
  type DescMessage,
  type DescMethod,
  type DescMethodBiDiStreaming,
  type DescMethodClientStreaming,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  type DescService,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import { type Client as Transport } from '@grpc/grpc-js';
import { type CallOptions, type ClientDefaults } from './call-options.js';
import { callClientStream, callUnary } from './call-single.js';
import { callBidiStream, callServerStream } from './call-stream.js';
import { type Channel } from './channel.js';

type In<D extends DescMessage> = MessageInitShape<D>;
type Out<D extends DescMessage> = MessageShape<D>;

/** Invoke is the function that calls a method. Every one of them fails with a MaestroError only. */
export type Invoke<M extends DescMethod> =
  M extends DescMethodUnary<infer I, infer O>
    ? (request: In<I>, options?: CallOptions) => Promise<Out<O>>
    : M extends DescMethodServerStreaming<infer I, infer O>
      ? (request: In<I>, options?: CallOptions) => AsyncIterable<Out<O>>
      : M extends DescMethodClientStreaming<infer I, infer O>
        ? (requests: AsyncIterable<In<I>>, options?: CallOptions) => Promise<Out<O>>
        : M extends DescMethodBiDiStreaming<infer I, infer O>
          ? (requests: AsyncIterable<In<I>>, options?: CallOptions) => AsyncIterable<Out<O>>
          : never;

/** ClientOf has one function for every method of a service. */
export type ClientOf<S extends DescService> = { readonly [K in keyof S['method']]: Invoke<S['method'][K]> };

/**
 * createClient makes a typed client. Deadline, cancellation, caller and trace of the call that is being served are
 * passed on by themselves.
 */
export function createClient<S extends DescService>(
  service: S,
  channel: Channel,
  defaults: ClientDefaults = {},
): ClientOf<S> {
  const functions = service.methods.map((method) => [method.localName, invoke(method, channel.transport, defaults)]);
  return Object.fromEntries(functions) as ClientOf<S>;
}

function invoke(method: DescMethod, transport: Transport, defaults: ClientDefaults): unknown {
  switch (method.methodKind) {
    case 'unary':
      return callUnary(method, transport, defaults);
    case 'client_streaming':
      return callClientStream(method, transport, defaults);
    case 'server_streaming':
      return callServerStream(method, transport, defaults);
    case 'bidi_streaming':
      return callBidiStream(method, transport, defaults);
  }
}
