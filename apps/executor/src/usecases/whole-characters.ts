/** A UTF-8 character is at most four bytes: so many may wait for the rest of theirs. */
const MAX_WAITING = 3;
const NOTHING = new Uint8Array(0);

/**
 * wholeCharacters says how many bytes of UTF-8 end with a whole character, so that a cut there breaks none. Bytes that are
 * no UTF-8 at all are left as they are.
 */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(MAX_WAITING, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** CharacterJoiner lets pieces end with whole characters: what is broken off waits for the next piece. */
export class CharacterJoiner {
  private waiting: Uint8Array = NOTHING;

  add(bytes: Uint8Array): Uint8Array {
    const joined = this.waiting.length === 0 ? bytes : Buffer.concat([this.waiting, bytes]);
    const whole = wholeCharacters(joined);
    this.waiting = whole === joined.length ? NOTHING : Uint8Array.from(joined.subarray(whole));
    return joined.subarray(0, whole);
  }

  /** rest is what no piece completed. */
  rest(): Uint8Array {
    const rest = this.waiting;
    this.waiting = NOTHING;
    return rest;
  }
}

function lengthOf(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
