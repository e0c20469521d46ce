import type { StepIdentity } from '@maestro/domain';
import type { LogStreamName, StoredLogChunk } from '../ports/log-store.js';
import { LogTail } from './log-tail.js';
import { CharacterJoiner, wholeCharacters } from './whole-characters.js';

export interface AttemptLogOptions {
  readonly of: StepIdentity;
  /** Bytes that are kept: the beginning, and at the end of the attempt the last of the rest. */
  readonly maxBytes: number;
  /** How many of them are for the end. */
  readonly tailBytes: number;
  readonly now: () => number;
  /**
   * Takes a chunk to be stored soon; false when there is no room, so that it was dropped. Of what is kept for the end there is no more to
   * come, and people want it most.
   */
  readonly store: (chunk: StoredLogChunk, isEnd: boolean) => boolean;
}

const encoder = new TextEncoder();
const NOTHING = new Uint8Array(0);

/** Numbers a millisecond has: far more than anybody writes in one. */
const NUMBERS_PER_MILLI = 1_000;

/**
 * AttemptLog numbers the pieces of one attempt's log and bounds them: the first part is stored as it comes; of what is
 * beyond, the last part is kept and stored at the end; a mark of the executor stands between. Numbers begin with the
 * time, so that two executions of one attempt (the first executor died) never use the same ones.
 */
export class AttemptLog {
  private readonly characters = new Map<LogStreamName, CharacterJoiner>();
  private sequence: number;
  private headRoom: number;
  private tail: LogTail | undefined;
  /** Bytes that found no room on their way to the store. */
  private lost = 0;
  /** Marks that found none. */
  private unsaid = '';
  private closed = false;

  constructor(private readonly options: AttemptLogOptions) {
    this.sequence = options.now() * NUMBERS_PER_MILLI;
    this.headRoom = options.maxBytes - options.tailBytes;
  }

  write(stream: LogStreamName, data: Uint8Array | string): void {
    if (this.closed) return;
    let joiner = this.characters.get(stream);
    if (joiner === undefined) this.characters.set(stream, (joiner = new CharacterJoiner()));
    this.keep(stream, joiner.add(typeof data === 'string' ? encoder.encode(data) : data));
  }

  /** close stores what was kept for the end and marks it, so that whoever follows the log stops. */
  close(): void {
    if (this.closed) return;
    for (const [stream, joiner] of this.characters) this.keep(stream, joiner.rest());
    this.closed = true;
    this.storeTail();
    const { of, now, store } = this.options;
    const truncated = !this.settle(now());
    this.sequence += 1;
    const chunk = { of, sequence: this.sequence, at: now(), stream: 'system', data: NOTHING } as const;
    store({ ...chunk, truncated, last: true }, true);
  }

  private keep(stream: LogStreamName, bytes: Uint8Array): void {
    const { now } = this.options;
    if (bytes.length <= this.headRoom && this.tail === undefined) {
      this.headRoom -= bytes.length;
      this.put(stream, now(), bytes);
      return;
    }
    const fits = this.tail === undefined ? wholeCharacters(bytes.subarray(0, this.headRoom)) : 0;
    if (fits > 0) this.put(stream, now(), bytes.subarray(0, fits));
    this.tail ??= this.beginTail();
    this.tail.add(stream, now(), bytes.subarray(fits));
  }

  private beginTail(): LogTail {
    const { maxBytes, tailBytes, now } = this.options;
    const rest = tailBytes === 0 ? '' : `, and of it the last ${tailBytes} bytes are shown when the attempt has ended`;
    this.mark(`this log has reached its limit of ${maxBytes} bytes: what follows is left out${rest}`, now());
    return new LogTail(tailBytes);
  }

  private storeTail(): void {
    if (this.tail === undefined) return;
    const { droppedBytes } = this.tail;
    if (droppedBytes > 0) this.mark(`${droppedBytes} bytes were left out here`, this.options.now());
    for (const { stream, at, data } of this.tail.pieces()) this.put(stream, at, data);
  }

  /** A mark stands on a line of its own, whatever stood before it. */
  private mark(text: string, at: number): void {
    const line = `\n[${text}]\n`;
    if (!this.settle(at) || !this.store('system', at, encoder.encode(line))) this.unsaid += line;
  }

  private put(stream: LogStreamName, at: number, data: Uint8Array): void {
    if (data.length > 0 && (!this.settle(at) || !this.store(stream, at, data))) this.lost += data.length;
  }

  /** settle says what is owed to the reader; false when that finds no room either. */
  private settle(at: number): boolean {
    const owed = this.owed();
    if (owed === '') return true;
    if (!this.store('system', at, encoder.encode(owed))) return false;
    [this.lost, this.unsaid] = [0, ''];
    return true;
  }

  private owed(): string {
    if (this.lost === 0) return this.unsaid;
    return `\n[${this.lost} bytes are missing here: they came faster than they could be stored]\n${this.unsaid}`;
  }

  private store(stream: LogStreamName, at: number, data: Uint8Array): boolean {
    this.sequence += 1;
    const { of } = this.options;
    const truncated = stream === 'system';
    return this.options.store({ of, sequence: this.sequence, at, stream, data, truncated, last: false }, this.closed);
  }
}
