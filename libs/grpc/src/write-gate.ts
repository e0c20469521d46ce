import { type Writable } from 'node:stream';

/**
 * WriteGate waits for room in a stream with one listener for the life of the stream: a listener per wait leaks when
 * streams are cancelled while they are full.
 */
export class WriteGate {
  private waiting: (() => void)[] = [];

  constructor(private readonly stream: Writable) {
    const open = (): void => this.open();
    stream.on('drain', open);
    stream.once('close', open);
  }

  /** drained resolves when the stream takes more, or when it is closed and takes nothing any more. */
  drained(): Promise<void> {
    if (!this.stream.writableNeedDrain || this.stream.destroyed) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** open lets everybody go on who waits, room or not: there is nothing to wait for any more. */
  open(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
