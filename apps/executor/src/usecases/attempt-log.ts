import type { StepIdentity } from '@maestro/domain';
import type { LogStreamName, StoredLogChunk } from '../ports/log-store.js';

export interface AttemptLogOptions {
  readonly of: StepIdentity;
  /** Bytes after which the rest is dropped. */
  readonly maxBytes: number;
  readonly now: () => number;
  /** Takes a chunk to be stored soon; false when there is no room, so that it was dropped. */
  readonly store: (chunk: StoredLogChunk) => boolean;
}

const encoder = new TextEncoder();
const NOTHING = new Uint8Array(0);

/** Numbers a millisecond has: far more than anybody writes in one. */
const NUMBERS_PER_MILLI = 1_000;

/**
 * AttemptLog numbers the pieces of one attempt's log and cuts it at its size limit. Numbers begin with the time, so that
 * two executions of one attempt (the first executor died) never use the same ones.
 */
export class AttemptLog {
  private sequence: number;
  private bytes = 0;
  private truncated = false;
  private closed = false;

  constructor(private readonly options: AttemptLogOptions) {
    this.sequence = options.now() * NUMBERS_PER_MILLI;
  }

  write(stream: LogStreamName, data: Uint8Array | string): void {
    if (this.truncated || this.closed) return;
    const bytes = typeof data === 'string' ? encoder.encode(data) : data;
    const kept = bytes.subarray(0, this.options.maxBytes - this.bytes);
    this.truncated = kept.length < bytes.length;
    this.bytes += kept.length;
    const stored = this.put(stream, kept, false);
    if (!stored) this.truncated = true;
  }

  /** close marks the end, so that whoever follows the log stops. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.put('system', NOTHING, true);
  }

  private put(stream: LogStreamName, data: Uint8Array, last: boolean): boolean {
    const { of, now, store } = this.options;
    this.sequence += 1;
    return store({
      of,
      sequence: this.sequence,
      at: now(),
      stream,
      data,
      truncated: this.truncated,
      last,
    });
  }
}
