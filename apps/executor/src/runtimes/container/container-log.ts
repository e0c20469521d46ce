import type { OutputTokens } from '../output-tokens.js';
import type { RuntimeContext } from '../runtime.js';

/** How much of the end of a log becomes the artifact's `execution_output` (specification §1.7). */
const TAIL_BYTES = 10 * 1024;

/**
 * ContainerLog takes what a container says: all of it goes to the attempt's log and past the output tokens, its end is kept.
 * A runtime that has to read from the beginning again makes a new one.
 */
export class ContainerLog {
  private tail: Buffer = Buffer.alloc(0);

  constructor(
    private readonly context: RuntimeContext,
    private readonly tokens: OutputTokens,
  ) {}

  write(stream: 'stdout' | 'stderr', chunk: Uint8Array): void {
    this.context.log(stream, chunk);
    if (stream === 'stdout') this.tokens.add(chunk);
    const all = Buffer.concat([this.tail, chunk]);
    this.tail = Buffer.from(all.subarray(Math.max(0, all.length - TAIL_BYTES)));
  }

  /** end is the last of what was said, as text. */
  end(): string {
    return this.tail.toString('utf8');
  }

  /** document is what stood between the output tokens. */
  document(): Uint8Array | undefined {
    return this.tokens.document();
  }
}
