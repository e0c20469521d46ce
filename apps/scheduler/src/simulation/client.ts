import type { MaestroError } from '@maestro/domain';
import type { Cluster } from './cluster.js';
import type { SimulatedReplica } from './replica.js';
import type { Owner } from './world.js';

const TIMEOUT_MS = 3_000;
const PAUSE_MS = 300;
/** Errors that say: not now. */
const PASSING: readonly string[] = ['UNAVAILABLE', 'OVERLOADED', 'TIMED_OUT', 'INTERNAL'];

/** Answer is what became of a call: its value, a refusal, or nothing that is known. */
export type Answer<T> = { readonly value: T } | { readonly refused: string } | undefined;

/** Client calls replicas as people and programs do: any of them, and again when no answer comes. */
export class Client implements Owner {
  readonly alive = true;
  readonly name = 'client';

  constructor(private readonly cluster: Cluster) {}

  /** call asks once; `undefined` when no answer came in time, or one that says to try again. */
  call<T>(label: string, act: (replica: SimulatedReplica) => Promise<T>): Promise<Answer<T>> {
    const { world, faults } = this.cluster;
    return new Promise((resolve) => {
      world.after(TIMEOUT_MS, `${label} runs out of time`, this, () => resolve(undefined));
      const replica = this.cluster.replicaFor(undefined);
      if (replica === undefined || world.random.chance(faults.drop)) return;
      world.after(world.random.between(0.2, 3), label, replica, () => {
        const answered = (answer: Answer<T>): void => {
          if (replica.alive && !world.random.chance(faults.drop))
            world.after(world.random.between(0.2, 3), `${label} is answered`, this, () => resolve(answer));
        };
        act(replica).then(
          (value) => answered({ value }),
          (error: unknown) => answered(refusalOf(error)),
        );
      });
    });
  }

  /** insist asks until there is an answer. */
  async insist<T>(label: string, act: (replica: SimulatedReplica) => Promise<T>): Promise<T | undefined> {
    for (;;) {
      const answer = await this.call(label, act);
      if (answer !== undefined) return 'value' in answer ? answer.value : undefined;
      await this.rest(PAUSE_MS);
    }
  }

  rest(pauseMs: number): Promise<void> {
    return new Promise((resolve) => this.cluster.world.after(pauseMs, 'goes on', this, resolve));
  }
}

function refusalOf(error: unknown): Answer<never> {
  const { code, message } = error as Partial<MaestroError>;
  if (code === undefined || PASSING.includes(code)) return undefined;
  return { refused: `${code}: ${message ?? ''}` };
}
