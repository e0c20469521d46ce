import { FLAPPING, type FaultRates } from './faults.js';
import { PLANTED_BUGS } from './planted-bugs.js';
import { simulate } from './simulate.js';

const SEEDS = 1_000;
const PARTS = 10;
/** Each planted bug is found by one of so many seeds. */
const ENOUGH = 1_500;
/** Seeds of long runs that found a defect no seed of the first thousand finds. */
const ONCE_FAILED = [
  1_001_342, // A start, decided again under another number, asked for permits that its batch had not locked.
  1_011_587, // A claim was committed when its executor had already started anew: nobody ever said it was lost.
  4_186, // Whether a batch was committed was asked twice, and the second time answered with what the first had left.
  53_639, // A batch was committed after the answer that it was not: what forestalled it had been removed too early.
  64_796, // A task lay in the queue twice: its cancel was confirmed by the one, and the other began.
  37_837, // Two acts were left for a run at one moment: who had read the first took the wakeup of the second away.
  50_596, // A clock that jumped sent a copy of a task early, to an executor that took it for fresh.
];

describe('the commit loop and the loops around it', () => {
  const parts = Array.from({ length: PARTS }, (_, part) => 1 + (part * SEEDS) / PARTS);

  it.each(parts)(
    'keep their promises whatever fails, crashes, repeats and comes late: 100 seeds from %d',
    async (from) => {
      for (let seed = from; seed < from + SEEDS / PARTS; seed += 1) {
        const { failure } = await simulate(seed);
        if (failure !== undefined) throw new Error(`npm run simulate -- --seed ${seed}`, { cause: failure });
      }
    },
    240_000,
  );

  it('keep them while replicas are flapping: 200 seeds', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { failure } = await simulate(seed, { faults: FLAPPING });
      if (failure !== undefined) throw new Error(`npm run simulate -- --flapping --seed ${seed}`, { cause: failure });
    }
  }, 240_000);

  it.each(ONCE_FAILED)('keep them where they once did not: seed %d', async (seed) => {
    expect((await simulate(seed)).failure).toBeUndefined();
  });

  it('play the same way again with the same seed', async () => {
    const [first, again] = [await simulate(8, { trace: true }), await simulate(8, { trace: true })];
    expect(first.trace.length).toBeGreaterThan(500);
    expect(again.trace).toEqual(first.trace);
  });
});

/** One seed in 1,000 to 1,200 that draws its faults finds these; with these faults it is one in 110 to 170. */
const RARE: Readonly<Record<string, FaultRates>> = {
  'grants a claim while a silent runner may run': FLAPPING,
  'relays tasks that start without a claim': FLAPPING,
};

describe('the simulation finds a commit loop that', () => {
  it.each(Object.entries(PLANTED_BUGS))(
    '%s',
    async (bug, tamper) => {
      for (let seed = 1; seed <= ENOUGH; seed += 1)
        if ((await simulate(seed, { tamper, faults: RARE[bug] })).failure !== undefined) return;
      throw new Error(`${ENOUGH} seeds did not find it`);
    },
    240_000,
  );
});
