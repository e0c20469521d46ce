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
import { type CallContext } from '../call-context.js';

type In<D extends DescMessage> = MessageShape<D>;
type Out<D extends DescMessage> = MessageInitShape<D>;

/** Handler is the function that serves a method: a promise for one answer, an async iterable for a stream of them. */
export type Handler<M extends DescMethod> =
  M extends DescMethodUnary<infer I, infer O>
    ? (request: In<I>, context: CallContext) => Promise<Out<O>>
    : M extends DescMethodServerStreaming<infer I, infer O>
      ? (request: In<I>, context: CallContext) => AsyncIterable<Out<O>>
      : M extends DescMethodClientStreaming<infer I, infer O>
        ? (requests: AsyncIterable<In<I>>, context: CallContext) => Promise<Out<O>>
        : M extends DescMethodBiDiStreaming<infer I, infer O>
          ? (requests: AsyncIterable<In<I>>, context: CallContext) => AsyncIterable<Out<O>>
          : never;

/** Handlers has one handler for every method of a service: a forgotten one does not compile. */
export type Handlers<S extends DescService> = { readonly [K in keyof S['method']]: Handler<S['method'][K]> };

/** AnyHandler is a handler whose message types were checked where it was bound. */
export type AnyHandler = (request: unknown, context: CallContext) => unknown;

/** BoundService is a service together with its handlers, as a server takes it. */
export interface BoundService {
  readonly service: DescService;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
}

/** bindService checks at compile time that the handlers fit the service, and at run time that none is missing. */
export function bindService<S extends DescService>(service: S, handlers: Handlers<S>): BoundService {
  const untyped = handlers as unknown as Record<string, AnyHandler>;
  for (const { localName } of service.methods) {
    if (typeof untyped[localName] !== 'function')
      throw new Error(`${service.typeName} has no handler for ${localName}`);
  }
  return { service, handlers: untyped };
}
