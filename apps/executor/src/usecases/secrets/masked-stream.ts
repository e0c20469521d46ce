import type { Mask } from './mask.js';

/** MaskedStream masks what comes in pieces: what may be the beginning of a secret waits for the next piece, or the end. */
export class MaskedStream {
  private waiting = '';

  constructor(private readonly mask: Mask) {}

  /** write takes a piece and gives what is safe to show of all that came; often the same bytes. */
  write(data: Uint8Array | string): Uint8Array {
    const bytes = this.waiting + latin1(data);
    const decided = this.mask.decided(bytes);
    this.waiting = bytes.slice(decided);
    return Buffer.from(this.mask.covered(bytes.slice(0, decided)), 'latin1');
  }

  /** end gives the rest. */
  end(): Uint8Array {
    const rest = this.mask.covered(this.waiting);
    this.waiting = '';
    return Buffer.from(rest, 'latin1');
  }
}

function latin1(data: Uint8Array | string): string {
  if (typeof data === 'string') return Buffer.from(data, 'utf8').toString('latin1');
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
}
