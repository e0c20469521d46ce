import { fromBinary } from '@bufbuild/protobuf';
import type { OutMessage, PublishFailure } from '@maestro/messaging';
import { DefinitionChangedSchema } from '@maestro/proto/maestro/events/v1/events';
import { silentLogger } from '@maestro/telemetry';
import { hintPublisher } from './publish-hints.js';

/** A broker whose publishes end when the test says so. */
class SlowBroker {
  readonly sequences: bigint[] = [];
  private readonly open: ((failures: PublishFailure[]) => void)[] = [];

  publishBatch(messages: readonly OutMessage[]): Promise<PublishFailure[]> {
    this.sequences.push(...messages.map(({ data }) => fromBinary(DefinitionChangedSchema, data).sequence));
    return new Promise((resolve) => this.open.push(resolve));
  }

  async finish(failures: PublishFailure[] = []): Promise<void> {
    this.open.shift()?.(failures);
    // Lets the publisher go on.
    await new Promise(setImmediate);
  }
}

test('while a hint is being published only the newest of the next ones waits', async () => {
  const broker = new SlowBroker();
  const hints = hintPublisher(broker, silentLogger);
  for (const sequence of [1n, 2n, 4n, 3n]) hints.grew(sequence, 'w');
  expect(broker.sequences).toEqual([1n]);
  await broker.finish();
  expect(broker.sequences).toEqual([1n, 4n]);
  await broker.finish();
  hints.grew(5n, 'w');
  expect(broker.sequences).toEqual([1n, 4n, 5n]);
});

test('a hint that the broker does not take does not hold up the next', async () => {
  const broker = new SlowBroker();
  const hints = hintPublisher(broker, silentLogger);
  hints.grew(1n, 'w');
  await broker.finish([{ index: 0, reason: 'timeout', message: 'no answer' }]);
  hints.grew(2n, 'w');
  expect(broker.sequences).toEqual([1n, 2n]);
});
