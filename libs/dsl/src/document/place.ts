/** Place is a 1-based position in a text, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** placeAt turns an offset into a place. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
