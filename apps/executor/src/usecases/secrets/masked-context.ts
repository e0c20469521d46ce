import type { JsonObject } from '@maestro/domain';
import type { LogStreamName } from '../../ports/log-store.js';
import type { RuntimeContext } from '../../runtimes/runtime.js';
import type { Mask } from './mask.js';
import { MaskedStream } from './masked-stream.js';

/** MaskedContext is an attempt's context through which no secret gets out. */
export class MaskedContext implements RuntimeContext {
  private readonly streams = new Map<LogStreamName, MaskedStream>();

  constructor(
    private readonly context: RuntimeContext,
    private readonly mask: Mask,
  ) {}

  get attemptId(): string {
    return this.context.attemptId;
  }

  get signal(): AbortSignal {
    return this.context.signal;
  }

  get traceparent(): string | undefined {
    return this.context.traceparent;
  }

  log(stream: LogStreamName, data: Uint8Array | string): void {
    let masked = this.streams.get(stream);
    if (masked === undefined) this.streams.set(stream, (masked = new MaskedStream(this.mask)));
    this.forward(stream, masked.write(data));
  }

  waits(): void {
    this.context.waits?.();
  }

  progress(artifacts: JsonObject): void {
    this.context.progress(this.mask.json(artifacts) as JsonObject);
  }

  /** end logs what was held back. */
  end(): void {
    for (const [stream, masked] of this.streams) this.forward(stream, masked.end());
  }

  private forward(stream: LogStreamName, data: Uint8Array): void {
    if (data.length > 0) this.context.log(stream, data);
  }
}
