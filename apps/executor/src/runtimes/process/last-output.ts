const MAX_BYTES = 4_096;
const MAX_LINES = 10;

/** LastOutput keeps the end of a stream for the message of a failure. */
export class LastOutput {
  private kept: Uint8Array = new Uint8Array(0);

  add(data: Uint8Array): void {
    this.kept = Buffer.concat([this.kept, data]).subarray(-MAX_BYTES);
  }

  /** lines are the last lines as text. */
  lines(): string {
    return new TextDecoder().decode(this.kept).trimEnd().split('\n').slice(-MAX_LINES).join('\n');
  }
}
