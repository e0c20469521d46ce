/** StampedPiece is a piece of a log as it is shown. */
export interface StampedPiece {
  readonly stream: number;
  readonly data: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly time: bigint;
}

/** StampedText makes text of pieces, each line with the time at which it began. */
export class StampedText {
  private readonly decoders = new Map<number, InstanceType<typeof TextDecoder>>();
  private stream = 0;
  private atLineStart = true;

  constructor(private readonly timestamps: boolean) {}

  /** add is the text of the next piece. A line that another stream breaks into ends there when lines are stamped. */
  add({ stream, data, time }: StampedPiece): string {
    let decoder = this.decoders.get(stream);
    if (decoder === undefined) this.decoders.set(stream, (decoder = new TextDecoder()));
    const text = decoder.decode(data, { stream: true });
    if (!this.timestamps || text === '') return text;
    const broken = !this.atLineStart && stream !== this.stream;
    const begins = this.atLineStart || broken;
    this.stream = stream;
    this.atLineStart = text.endsWith('\n');
    const stamp = `${new Date(Number(time)).toISOString()} `;
    const body = text.replace(/\n(?!$)/g, `\n${stamp}`);
    return `${broken ? '\n' : ''}${begins ? stamp : ''}${body}`;
  }
}
