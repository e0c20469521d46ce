import { residentBytes } from './process-tree.js';

const LOOK_MS = 100;
const MEGABYTE = 1_048_576;

/** MemoryWatch looks at the resident memory of a process now and then, from its making until `stop`. */
export class MemoryWatch {
  private readonly before: number;
  private most: number;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.before = residentBytes(pid);
    this.most = this.before;
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  /** By how many MB it had grown when it was largest. */
  stop(): number {
    clearInterval(this.timer);
    this.look();
    return (this.most - this.before) / MEGABYTE;
  }

  private look(): void {
    this.most = Math.max(this.most, residentBytes(this.pid));
  }
}
