import {
  create,
  type DescMethod,
  type DescMethodBiDiStreaming,
  type Message,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import { type Client } from '@grpc/grpc-js';
import { type AnyInit } from '../message-init.js';
import { methodDefinition } from '../service-definition.js';
import { WriteGate } from '../write-gate.js';
import { prepareCall, type CallOptions, type ClientDefaults } from './call-options.js';
import { type Channel } from './channel.js';
import { readAll } from './read-all.js';
import { writeAll } from './write-all.js';

/**
 * Duplex is one open call with streams in both directions, for hot paths: a message on it costs a fifth of a call of its
 * own.
 */
export interface Duplex<In, Out> {
  /** write sends a message; false means that the peer is behind: wait for `drained` before the next one. */
  write(message: In): boolean;
  /** Resolves when there is room again, or when the call is over. */
  drained(): Promise<void>;
  /** writeAll sends all of a source, then ends. Fails with what the source fails with. */
  writeAll(source: AsyncIterable<In>): Promise<void>;
  /** end says that nothing more will be written; answers still come. */
  end(): void;
  cancel(): void;
  /** The answers, to be read once. Fails with a MaestroError when the call does. */
  readonly messages: AsyncIterable<Out>;
}

/** openDuplex opens a call of a bidirectional method. */
export function openDuplex<M extends DescMethodBiDiStreaming>(
  method: M,
  channel: Channel,
  defaults: ClientDefaults = {},
  options: CallOptions = {},
): Duplex<MessageInitShape<M['input']>, MessageShape<M['output']>> {
  return openDuplexCall(method, channel.transport, defaults, options) as Duplex<
    MessageInitShape<M['input']>,
    MessageShape<M['output']>
  >;
}

/** openDuplexCall is openDuplex for callers that do not know the message types. */
export function openDuplexCall(
  method: DescMethod,
  transport: Client,
  defaults: ClientDefaults,
  options: CallOptions,
): Duplex<AnyInit, Message> {
  const { path, requestSerialize, responseDeserialize } = methodDefinition(method);
  const { metadata, options: rest, signal } = prepareCall(method, defaults, options);
  const call = transport.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata, rest);
  const gate = new WriteGate(call);
  return {
    write: (message) => call.write(create(method.input, message)),
    drained: () => gate.drained(),
    writeAll: (source) => writeAll(method, call, source),
    end: () => void call.end(),
    cancel: () => call.cancel(),
    messages: readAll(method, call, signal),
  };
}
