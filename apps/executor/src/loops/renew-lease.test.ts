import { create } from '@bufbuild/protobuf';
import { RenewLeaseReplySchema } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { silentLogger } from '@maestro/telemetry';
import { delivery, fakeExecution, settled, type FakeExecution } from '../testing/fake-execution.js';
import { acceptTask } from '../usecases/accept-task.js';
import { SchedulerClock } from '../usecases/scheduler-clock.js';
import { LeaseLoop } from './renew-lease.js';

interface Asked {
  readonly incarnation: bigint;
  readonly gateOpen: boolean;
}

/** renewing asks a scheduler once that renews no lease of an incarnation lower than that. */
async function renewing({ execution, link, clock }: FakeExecution, lowest: bigint): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  const loop = new LeaseLoop({
    execution,
    link: {
      sendReports: (replica, batch) => link.sendReports(replica, batch),
      renewLease: async ({ incarnation }) => {
        asked.push({ incarnation, gateOpen: execution.gate.open });
        return create(RenewLeaseReplySchema, { now: 1_000_000n, renewed: incarnation >= lowest });
      },
    },
    clock: new SchedulerClock(clock, clock.time),
    logger: silentLogger,
    pool: 'default',
    stepTypes: () => [],
    labels: [],
    workerSlots: () => ({ slots: 0, free: 0 }),
    address: () => '',
  });
  await loop.renew();
  loop.stop();
  return asked;
}

test('a lease that had expired is asked for anew at once, and nothing begins before it is granted', async () => {
  const fake = fakeExecution();
  expect(await renewing(fake, 8n)).toEqual([
    { incarnation: 7n, gateOpen: true },
    { incarnation: 8n, gateOpen: false },
  ]);
  expect(fake.execution.gate.open).toBe(true);
});

test('as long as no lease is granted, what ran is stopped and nothing begins', async () => {
  const fake = fakeExecution();
  acceptTask(fake.execution, delivery());
  await settled();
  await renewing(fake, 100n);
  expect(fake.runtime.started[0]?.context.signal.aborted).toBe(true);
  expect(fake.execution.gate.open).toBe(false);
});
