import type { Millis } from '@maestro/domain';
import type { LogStreamName } from '../ports/log-store.js';

/** TailPiece is what one stream wrote in a row. */
export interface TailPiece {
  readonly stream: LogStreamName;
  readonly at: Millis;
  readonly data: Uint8Array;
}

interface Block {
  readonly stream: LogStreamName;
  readonly at: Millis;
  readonly room: Uint8Array;
  used: number;
}

/** Pieces are gathered, so that a step that writes byte by byte does not cost an object a byte. */
const BLOCK_BYTES = 1_024;

/** LogTail keeps the newest of what does not fit into a log any more, in bounded memory. */
export class LogTail {
  private readonly blocks: Block[] = [];
  private held = 0;
  private dropped = 0;

  constructor(private readonly maxBytes: number) {}

  /** droppedBytes is how much is lost for good. */
  get droppedBytes(): number {
    return this.dropped;
  }

  add(stream: LogStreamName, at: Millis, data: Uint8Array): void {
    const kept = data.subarray(Math.max(0, data.length - this.maxBytes));
    if (kept.length < data.length) {
      while (this.blocks.length > 0) this.drop();
      this.dropped += data.length - kept.length;
    }
    const last = this.blocks.at(-1);
    const joins = last?.stream === stream ? kept.subarray(0, last.room.length - last.used) : kept.subarray(0, 0);
    if (last !== undefined && joins.length > 0) {
      last.room.set(joins, last.used);
      last.used += joins.length;
    }
    if (joins.length < kept.length) this.open(stream, at, kept.subarray(joins.length));
  }

  /** pieces are what was kept, oldest first. */
  pieces(): readonly TailPiece[] {
    return this.blocks.map(({ stream, at, room, used }) => ({ stream, at, data: room.subarray(0, used) }));
  }

  /** A copy: the piece may be a view of something much larger. */
  private open(stream: LogStreamName, at: Millis, data: Uint8Array): void {
    const room = new Uint8Array(Math.max(Math.min(BLOCK_BYTES, this.maxBytes), data.length));
    room.set(data);
    this.blocks.push({ stream, at, room, used: data.length });
    this.held += room.length;
    while (this.held > Math.max(this.maxBytes, room.length)) this.drop();
  }

  private drop(): void {
    const oldest = this.blocks.shift();
    this.held -= oldest?.room.length ?? 0;
    this.dropped += oldest?.used ?? 0;
  }
}
