import { type DescMethod } from '@bufbuild/protobuf';
import {
  type Metadata,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { MaestroError } from '@maestro/domain';
import { extractHeaders } from '@maestro/telemetry';
import { type Context } from '@opentelemetry/api';
import { CALLER_KEY, type CallContext } from '../call-context.js';
import { methodPath } from '../service-definition.js';

/** AnyCall is a server call of grpc-js of any shape. */
export type AnyCall =
  | ServerUnaryCall<unknown, unknown>
  | ServerReadableStream<unknown, unknown>
  | ServerWritableStream<unknown, unknown>
  | ServerDuplexStream<unknown, unknown>;

/** ServerCall is the context of one call; what most handlers never look at is made on first use. */
export class ServerCall implements CallContext {
  readonly metadata: Metadata;
  readonly deadline: number;
  private reason: MaestroError | undefined;
  private controller: AbortController | undefined;
  private parent: Context | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wake: ((reason: MaestroError) => void) | undefined;

  constructor(
    readonly method: DescMethod,
    private readonly call: AnyCall,
    readonly draining: AbortSignal,
    defaultDeadlineMs: number,
  ) {
    this.metadata = call.metadata;
    const asked = Number(call.getDeadline());
    this.deadline = Number.isFinite(asked) ? asked : Date.now() + defaultDeadlineMs;
    if (!Number.isFinite(asked) && Number.isFinite(defaultDeadlineMs)) {
      this.timer = setTimeout(() => this.abort(this.late()), defaultDeadlineMs);
    }
    (call as NodeJS.EventEmitter).on('cancelled', () =>
      this.abort(Date.now() >= this.deadline ? this.late() : this.cancelled()),
    );
  }

  get caller(): string | undefined {
    const value = this.metadata.get(CALLER_KEY)[0];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.reason !== undefined) this.controller.abort(this.reason);
    return this.controller.signal;
  }

  get trace(): Context {
    return (this.parent ??= extractHeaders(this.metadata));
  }

  get peer(): string {
    return this.call.getPeer();
  }

  /** Why the call was given up, undefined while it goes on. */
  get aborted(): MaestroError | undefined {
    return this.reason;
  }

  /** abort gives the call up: the signal fires and the listener is told. Only the first reason counts. */
  abort(reason: MaestroError): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    this.controller?.abort(reason);
    this.wake?.(reason);
  }

  /** onAborted sets the one listener that is told when the call is given up (at once if it already was). */
  onAborted(listener: (reason: MaestroError) => void): void {
    this.wake = listener;
    if (this.reason !== undefined) listener(this.reason);
  }

  /** close ends what the context holds when the call is over. */
  close(): void {
    clearTimeout(this.timer);
    this.wake = undefined;
  }

  private late(): MaestroError {
    return new MaestroError('TIMED_OUT', `The deadline of ${methodPath(this.method)} passed before it was done.`);
  }

  private cancelled(): MaestroError {
    return new MaestroError('UNAVAILABLE', `The caller gave ${methodPath(this.method)} up.`);
  }
}
