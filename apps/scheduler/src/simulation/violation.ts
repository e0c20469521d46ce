/** Violation: something happened that must never happen. */
export class Violation extends Error {
  override readonly name = 'Violation';

  constructor(
    /** Which invariant of architecture section 12. */
    readonly invariant: string,
    details: string,
  ) {
    super(`${invariant}: ${details}`);
  }
}
