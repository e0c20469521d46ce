/** WorkGate says whether new work may begin here and why not, and under which lease. */
export class WorkGate {
  private holdsLease = false;
  private drain = false;

  /** `current` is higher at every start of the process; `onOpen` is told when new work may begin again. */
  constructor(
    private current: bigint,
    private readonly onOpen: () => void,
  ) {}

  /** incarnation names the lease: what is claimed under another one is lost. */
  get incarnation(): bigint {
    return this.current;
  }

  /** open: the lease is good and nobody asked to drain. */
  get open(): boolean {
    return this.holdsLease && !this.drain;
  }

  get leased(): boolean {
    return this.holdsLease;
  }

  get draining(): boolean {
    return this.drain;
  }

  leaseRenewed(): void {
    if (this.holdsLease) return;
    this.holdsLease = true;
    this.onOpen();
  }

  leaseLost(): void {
    this.holdsLease = false;
  }

  /** startOver: the lease had expired; the next one is another. */
  startOver(): void {
    this.leaseLost();
    this.current += 1n;
  }

  startDraining(): void {
    this.drain = true;
  }
}
