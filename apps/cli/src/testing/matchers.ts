/** containing matches text that holds a part; typed as text, where jest's own is not typed at all. */
export function containing(part: string): string {
  return expect.stringContaining(part) as string;
}

/** matching matches text by a pattern. */
export function matching(pattern: RegExp): string {
  return expect.stringMatching(pattern) as string;
}
