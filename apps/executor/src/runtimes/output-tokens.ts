import { MAX_OUTPUT_BYTES } from './output-document.js';

/** Names of the variables in which user code finds the tokens (specification §1.7). */
const START_VARIABLE = 'MAESTRO_OUTPUT_START';
const END_VARIABLE = 'MAESTRO_OUTPUT_END';
/** The name of the variable before its value, and what `env`, `export -p` or a printed map show between them. */
const NAME_WINDOW = START_VARIABLE.length + 4;

/** TokenPair are the two texts between which user code prints its output document. */
export interface TokenPair {
  readonly start: string;
  readonly end: string;
}

/** outputTokensOf are the tokens of an attempt: another attempt's log that is printed here cannot be taken for them. */
export function outputTokensOf(attemptId: string): TokenPair {
  return { start: `[maestro-output-start ${attemptId}]`, end: `[maestro-output-end ${attemptId}]` };
}

/** tokenVariables are the environment through which user code gets the tokens. */
export function tokenVariables({ start, end }: TokenPair): Readonly<Record<string, string>> {
  return { [START_VARIABLE]: start, [END_VARIABLE]: end };
}

/**
 * OutputTokens finds the output document in a stream: what stands between the last start token and the end token after it.
 * It holds one document, of at most MAX_OUTPUT_BYTES + 1 bytes: `readOutputDocument` refuses the longer ones. A token
 * that stands behind its variable's name is the environment being printed (`env`), no document.
 */
export class OutputTokens {
  private readonly start: Buffer;
  private readonly end: Buffer;
  /** Bytes that may be the beginning of a token, or the name before one. */
  private pending: Buffer = Buffer.alloc(0);
  private open: ClippedBytes | undefined;
  private complete: Buffer | undefined;

  constructor(start: string, end: string) {
    this.start = Buffer.from(start);
    this.end = Buffer.from(end);
  }

  add(chunk: Uint8Array): void {
    this.pending = Buffer.concat([this.pending, chunk]);
    for (let at = this.pending.indexOf(this.end); at >= 0; at = this.pending.indexOf(this.end)) {
      this.read(this.pending.subarray(0, at));
      this.complete = this.open?.bytes() ?? this.complete;
      this.open = undefined;
      this.pending = this.pending.subarray(at + this.end.length);
    }
    const keep = Math.max(this.start.length + NAME_WINDOW, this.end.length) - 1;
    const sure = Math.max(this.pending.length - keep, this.behindLastStart(this.pending));
    this.read(this.pending.subarray(0, sure));
    // A copy: a view would keep the whole chunk.
    this.pending = Buffer.from(this.pending.subarray(Math.max(0, sure)));
  }

  /** document is the text between the last complete pair of tokens; undefined when there was none. */
  document(): Uint8Array | undefined {
    return this.complete;
  }

  /** A start token within a document begins it anew: what was before it is half a document of something that failed. */
  private read(region: Buffer): void {
    let from = 0;
    for (let at = this.startBefore(region, region.length); at >= 0; at = this.startBefore(region, at)) {
      if (isNamed(region, at)) continue;
      this.open = new ClippedBytes(MAX_OUTPUT_BYTES + 1);
      from = at + this.start.length;
      break;
    }
    this.open?.add(region.subarray(from));
  }

  private behindLastStart(region: Buffer): number {
    const at = this.startBefore(region, region.length);
    return at < 0 ? 0 : at + this.start.length;
  }

  private startBefore(region: Buffer, end: number): number {
    return region.subarray(0, end).lastIndexOf(this.start);
  }
}

function isNamed(region: Buffer, at: number): boolean {
  return region.subarray(Math.max(0, at - NAME_WINDOW), at).includes(START_VARIABLE);
}

/** ClippedBytes collects at most `limit` bytes. */
class ClippedBytes {
  private readonly pieces: Buffer[] = [];
  private length = 0;

  constructor(private readonly limit: number) {}

  add(piece: Buffer): void {
    const fits = piece.subarray(0, this.limit - this.length);
    if (fits.length === 0) return;
    this.pieces.push(Buffer.from(fits));
    this.length += fits.length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }
}
