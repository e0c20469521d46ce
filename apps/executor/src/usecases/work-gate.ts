/** WorkGate says whether new work may begin here, and why not. */
export class WorkGate {
  private leased = false;
  private drain = false;

  /** `onOpen` is told when new work may begin again. */
  constructor(private readonly onOpen: () => void) {}

  /** open: the lease is good and nobody asked to drain. */
  get open(): boolean {
    return this.leased && !this.drain;
  }

  get draining(): boolean {
    return this.drain;
  }

  leaseRenewed(): void {
    if (this.leased) return;
    this.leased = true;
    this.onOpen();
  }

  leaseLost(): void {
    this.leased = false;
  }

  startDraining(): void {
    this.drain = true;
  }
}
