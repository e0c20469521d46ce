import type { Random } from './random.js';

/** Owner is what an effect dies with: a process that may crash. */
export interface Owner {
  readonly name: string;
  readonly alive: boolean;
}

interface Effect {
  readonly at: number;
  /** Orders what happens at the same moment: by chance, so that nothing relies on an order. */
  readonly turn: number;
  readonly label: string;
  readonly owner: Owner | undefined;
  readonly act: () => unknown;
  cancelled: boolean;
}

/**
 * World is time and everything that is yet to happen in it. One effect happens at a time, and all that follows from it at once has
 * happened before the next one does; which comes next is a matter of its time and of chance, and both are determined by the seed.
 */
export class World {
  /** Milliseconds. */
  now: number;
  steps = 0;
  readonly trace: string[] = [];
  /** The first thing that must never happen and did. */
  failure: unknown;
  private readonly effects: Effect[] = [];

  constructor(
    readonly random: Random,
    start: number,
    private readonly traced: boolean,
  ) {
    this.now = start;
  }

  /** after lets an effect happen after a pause, unless its owner is dead by then; answers how to call it off. */
  after(pauseMs: number, label: string, owner: Owner | undefined, act: () => unknown): () => void {
    const at = this.now + Math.max(0, pauseMs);
    const effect: Effect = { at, turn: this.random.next(), label, owner, act, cancelled: false };
    this.push(effect);
    return () => void (effect.cancelled = true);
  }

  /** step lets the next effect happen; false when there is none. */
  async step(): Promise<boolean> {
    for (;;) {
      const effect = this.pop();
      if (effect === undefined) return false;
      if (effect.cancelled || effect.owner?.alive === false) continue;
      this.now = Math.max(this.now, effect.at);
      this.steps += 1;
      this.tell(effect.label, effect.owner?.name);
      this.guard(() => void effect.act());
      await settled();
      return true;
    }
  }

  /** guard keeps what a check throws: the simulation ends with it. */
  guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.failure ??= error;
    }
  }

  /** tell writes a line into the trace. */
  tell(what: string, who = ''): void {
    if (this.traced) this.trace.push(`${this.now.toFixed(1)} ${who} ${what}`);
  }

  private push(effect: Effect): void {
    const { effects } = this;
    let at = effects.length;
    effects.push(effect);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = effects[above];
      if (parent === undefined || !isBefore(effect, parent)) break;
      effects[at] = parent;
      at = above;
    }
    effects[at] = effect;
  }

  private pop(): Effect | undefined {
    const { effects } = this;
    const first = effects[0];
    const last = effects.pop();
    if (first === undefined || last === undefined || effects.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      const [left, right] = [effects[below], effects[below + 1]];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) below += 1;
      const child = effects[below];
      if (child === undefined || !isBefore(child, last)) break;
      effects[at] = child;
      at = below;
    }
    effects[at] = last;
    return first;
  }
}

function isBefore(left: Effect, right: Effect): boolean {
  return left.at < right.at || (left.at === right.at && left.turn < right.turn);
}

/** settled resolves when all promises that could go on have gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
