/** byBytes is the order of collation "C", which names (ASCII only) have in JavaScript, too. */
export function byBytes(left: string, right: string): number {
  return left < right ? -1 : 1;
}
