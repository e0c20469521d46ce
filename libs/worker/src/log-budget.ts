/** How many bytes of logs may wait to be sent; what comes on top is dropped, and the log says so. */
const MAX_WAITING = 8 * 1024 * 1024;
/** The protocol's limit of one piece. */
const MAX_PIECE = 64 * 1024;

/** pieces cuts a text into pieces of the protocol's size. */
export function pieces(text: string): readonly Uint8Array[] {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= MAX_PIECE) return [bytes];
  const count = Math.ceil(bytes.length / MAX_PIECE);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * MAX_PIECE, (index + 1) * MAX_PIECE));
}

/** LogBudget bounds how much of logs one turn may queue. */
export class LogBudget {
  private used = 0;
  private scheduled = false;

  /** take says whether so many bytes may be queued now. */
  take(bytes: number): boolean {
    if (this.used + bytes > MAX_WAITING) return false;
    this.used += bytes;
    if (!this.scheduled) {
      this.scheduled = true;
      setTimeout(() => {
        this.used = 0;
        this.scheduled = false;
      }, 100);
    }
    return true;
  }
}
