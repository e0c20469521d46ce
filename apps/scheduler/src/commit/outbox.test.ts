import { emptyAssembly } from './assemble.js';
import { Outbox } from './outbox.js';

const message = {
  subject: 's',
  messageId: 'm',
  data: new Uint8Array(),
  runKey: 1n,
  ordinal: 0,
  attempt: 1,
  dispatch: 1,
};

describe('the outbox', () => {
  it('has a row for a batch that sends something, and deletes it in a later batch once that was sent', () => {
    const outbox = new Outbox('writer');
    const first = emptyAssembly(1);
    first.messages.push(message);
    outbox.seal(first, 10n);
    expect(first.rows.outbox).toMatchObject({ batchId: 10n, writer: 'writer' });
    outbox.published(10n);
    const second = emptyAssembly(2);
    outbox.seal(second, 11n);
    expect(second.rows).toMatchObject({ outbox: undefined, outboxDone: [10n] });
    outbox.committed(second);
    const third = emptyAssembly(3);
    outbox.seal(third, 12n);
    expect(third.rows.outboxDone).toEqual([]);
  });

  it('keeps what another lane has sent while a batch is being committed', () => {
    const outbox = new Outbox('writer');
    outbox.published(1n);
    const assembly = emptyAssembly(1);
    outbox.seal(assembly, 2n);
    outbox.published(3n);
    outbox.committed(assembly);
    expect(assembly.rows.outboxDone).toEqual([1n]);
    expect(outbox.takeSent()).toEqual([3n]);
  });

  it('sends what failed again only when a copy can no longer start without a claim', () => {
    const outbox = new Outbox('writer');
    outbox.failed(10n, [message], 1_000);
    expect(outbox.takeFailed(6_999)).toEqual([]);
    expect(outbox.takeFailed(7_000)).toMatchObject([{ batchId: 10n }]);
    expect(outbox.takeFailed(8_000)).toEqual([]);
  });
});
