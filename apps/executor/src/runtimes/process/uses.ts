/** Uses counts who uses what, so that nothing is removed under them. */
export class Uses {
  private readonly counts = new Map<string, number>();

  /** begin answers the function that ends the use; calling it again does nothing. */
  begin(name: string): () => void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const left = (this.counts.get(name) ?? 1) - 1;
      if (left === 0) this.counts.delete(name);
      else this.counts.set(name, left);
    };
  }

  isUsed(name: string): boolean {
    return this.counts.has(name);
  }
}
