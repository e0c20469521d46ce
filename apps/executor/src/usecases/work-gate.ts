/** WorkGate says whether new work may begin here, and why not. */
export class WorkGate {
  private holdsLease = false;
  private drain = false;

  /** `onOpen` is told when new work may begin again. */
  constructor(private readonly onOpen: () => void) {}

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

  startDraining(): void {
    this.drain = true;
  }
}
