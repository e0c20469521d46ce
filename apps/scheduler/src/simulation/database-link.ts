import { SQLSTATE } from '@maestro/postgres';
import type { FaultRates } from './faults.js';
import { Blocked } from './memory/locks.js';
import { connectionLost, refused } from './memory/statement-errors.js';
import type { Owner, World } from './world.js';

/** A statement that waits for locks is looked at again so often, and gives up after so long. */
const LOOK_MS = 5;
const LOCK_TIMEOUT_MS = 2_000;

/** Link is one process' way to a service: what it asks happens there at one moment, and the answer is here at another. */
export class DatabaseLink {
  constructor(
    private readonly world: World,
    private readonly owner: Owner,
    private readonly faults: () => FaultRates,
  ) {}

  /** ask has work done at the database. `lost` undoes what only the asker could go on with, when the answer does not reach it. */
  ask<T>(label: string, work: () => T, lost: (value: T) => void = () => undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const { random } = this.world;
      this.world.after(this.latency(), `${label} reaches the database`, undefined, () => {
        const rates = this.faults();
        const neverSent = !this.owner.alive && random.chance(0.5);
        if (neverSent) return;
        if (random.chance(rates.databaseBefore)) this.fail(label, work, lost, reject);
        else this.perform({ label, work, lost, resolve, reject }, this.world.now + LOCK_TIMEOUT_MS);
      });
    });
  }

  /** look reads: whether it fails on its way there or back makes no difference, so that it is one effect. */
  look<T>(label: string, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const pause = this.latency() + this.latency();
      this.world.after(pause, `${label} is looked up`, this.owner, () => {
        const { databaseBefore, databaseAfter } = this.faults();
        if (this.world.random.chance(databaseBefore + databaseAfter)) reject(connectionLost());
        else this.answerNow(work, resolve, reject);
      });
    });
  }

  private answerNow<T>(work: () => T, resolve: (value: T) => void, reject: (error: unknown) => void): void {
    try {
      resolve(work());
    } catch (error) {
      reject(error);
    }
  }

  /** Some of what fails is done a moment later all the same: Postgres had it already. */
  private fail<T>(label: string, work: () => T, lost: (value: T) => void, reject: (error: unknown) => void): void {
    const { random } = this.world;
    this.answer(`${label} fails`, () => reject(connectionLost()));
    if (!random.chance(0.3)) return;
    this.world.after(random.between(0, 50), `${label} is done although it failed`, undefined, () => {
      try {
        lost(work());
      } catch (error) {
        this.world.tell(`${label} came to nothing: ${String(error)}`);
      }
    });
  }

  private perform<T>(call: Call<T>, until: number): void {
    const { world } = this;
    try {
      const value = call.work();
      const failed = world.random.chance(this.faults().databaseAfter);
      if (failed || !this.owner.alive) call.lost(value);
      if (failed) this.answer(`${call.label} was done but its answer is lost`, () => call.reject(connectionLost()));
      else
        this.answer(
          `${call.label} is answered`,
          () => call.resolve(value),
          () => call.lost(value),
        );
    } catch (error) {
      const isBlocked = error instanceof Blocked;
      if (isBlocked && world.now < until)
        world.after(LOOK_MS, `${call.label} waits for locks`, undefined, () => this.perform(call, until));
      else {
        const failure = isBlocked ? refused(call.label, SQLSTATE.lockNotAvailable) : error;
        this.answer(`${call.label} is refused`, () => call.reject(failure));
      }
    }
  }

  /** Nobody is there to take an answer that comes after a crash. */
  private answer(label: string, act: () => void, orElse: () => void = () => undefined): void {
    this.world.after(this.latency(), label, undefined, () => (this.owner.alive ? act() : orElse()));
  }

  private latency(): number {
    const { random } = this.world;
    return random.chance(this.faults().delay) ? random.between(1, 500) : random.between(0.2, 3);
  }
}

interface Call<T> {
  readonly label: string;
  readonly work: () => T;
  readonly lost: (value: T) => void;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}
