/**
 * CreditLedger knows how many messages may still be asked for. Credit that comes back is not asked for one by one: a
 * request costs as much as a message, so it waits until half of what was asked for has come.
 */
export class CreditLedger {
  private free: number;
  private asked = 0;

  constructor(credit: number) {
    this.free = credit;
  }

  /** How many messages are asked for and have not come. */
  get outstanding(): number {
    return this.asked;
  }

  /** grant adds credit: so many more messages are welcome. */
  grant(count: number): void {
    this.free += count;
  }

  /** take answers with how many to ask for now: all free credit, or 0 while enough is still asked for. */
  take(): number {
    if (this.free === 0 || this.asked > this.free) return 0;
    const count = this.free;
    this.asked += count;
    this.free = 0;
    return count;
  }

  /** arrived counts a message in. A late one, of a request that was written off, may make more than was asked for. */
  arrived(): void {
    if (this.asked > 0) this.asked -= 1;
    else this.free -= 1;
  }

  /** expired gives back what a request did not bring. */
  expired(count: number): void {
    const back = Math.min(count, this.asked);
    this.asked -= back;
    this.free += back;
  }

  /** writeOff gives back all that was asked for: the requests are gone. */
  writeOff(): void {
    this.expired(this.asked);
  }
}
