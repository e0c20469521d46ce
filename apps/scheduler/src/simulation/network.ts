import type { FaultRates } from './faults.js';
import type { Owner, World } from './world.js';

/** Server answers requests of one kind, as a replica does. */
export type Server = (data: Uint8Array) => Promise<Uint8Array>;

/** Network is request and reply over core NATS: either may be lost, come late or come twice. */
export class Network {
  /** Executors that reach nobody for now. */
  readonly cutOff = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly faults: () => FaultRates,
  ) {}

  /** request resolves with the reply, or with undefined when none came in time. */
  request(
    from: Owner,
    to: Owner,
    server: Server,
    data: Uint8Array,
    timeoutMs: number,
  ): Promise<Uint8Array | undefined> {
    return new Promise((resolve) => {
      this.world.after(timeoutMs, 'a request runs out of time', from, () => resolve(undefined));
      const copies = this.world.random.chance(this.faults().repeat) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1)
        this.send(from, 'a request arrives', to, () => void this.serve(from, to, server, data, resolve));
    });
  }

  private async serve(
    from: Owner,
    to: Owner,
    server: Server,
    data: Uint8Array,
    resolve: (reply: Uint8Array) => void,
  ): Promise<void> {
    try {
      const reply = await server(data);
      if (to.alive) this.send(to, 'a reply arrives', from, () => resolve(reply));
    } catch (error) {
      this.world.tell(`a request failed: ${String(error)}`, to.name);
    }
  }

  private send(from: Owner, label: string, to: Owner, act: () => void): void {
    const { random } = this.world;
    const { drop, delay } = this.faults();
    if (random.chance(drop) || this.cutOff.has(from.name) || this.cutOff.has(to.name)) return;
    this.world.after(random.chance(delay) ? random.between(5, 3_000) : random.between(0.1, 2), label, to, act);
  }
}
