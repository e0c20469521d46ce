import { claimFirst } from './encode/claim-first.js';
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
  const publishedUpTo = (outbox: Outbox, last: bigint): bigint[] => {
    const ids = Array.from({ length: Number(last) }, (_, index) => BigInt(index + 1));
    for (const id of ids) outbox.published(id);
    return ids;
  };

  const cleaned = async (outbox: Outbox): Promise<bigint[]> => {
    const removed: bigint[] = [];
    await outbox.clean((ids) => Promise.resolve(void removed.push(...ids)));
    return removed;
  };

  it('has a row for a batch that sends something', () => {
    const outbox = new Outbox('writer');
    const assembly = emptyAssembly(1);
    assembly.messages.push(message);
    outbox.seal(assembly, 10n);
    expect(assembly.rows.outbox).toMatchObject({ batchId: 10n, writer: 'writer' });
  });

  it('deletes the rows of some batches that were sent together, once', async () => {
    const outbox = new Outbox('writer');
    publishedUpTo(outbox, 15n);
    const early = emptyAssembly(1);
    outbox.seal(early, 100n);
    expect(early.rows.outboxDone).toEqual([]);
    outbox.published(16n);
    const due = emptyAssembly(2);
    outbox.seal(due, 101n);
    expect(due.rows.outboxDone).toHaveLength(16);
    outbox.committed(due);
    expect(await cleaned(outbox)).toEqual([]);
  });

  it('keeps what another lane has sent while a batch is being committed', async () => {
    const outbox = new Outbox('writer');
    const ids = publishedUpTo(outbox, 16n);
    const assembly = emptyAssembly(1);
    outbox.seal(assembly, 100n);
    outbox.published(200n);
    outbox.committed(assembly);
    expect(assembly.rows.outboxDone).toEqual(ids);
    expect(await cleaned(outbox)).toEqual([200n]);
  });

  it('remembers what is sent while it deletes', async () => {
    const outbox = new Outbox('writer');
    outbox.published(1n);
    await outbox.clean(() => Promise.resolve(outbox.published(2n)));
    expect(await cleaned(outbox)).toEqual([2n]);
  });

  it('remembers the rows that it could not delete', async () => {
    const outbox = new Outbox('writer');
    outbox.published(1n);
    await expect(outbox.clean(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cleaned(outbox)).toEqual([1n]);
    expect(await cleaned(outbox)).toEqual([]);
  });

  it('sends what failed again only when a copy can no longer start without a claim', () => {
    const outbox = new Outbox('writer');
    outbox.failed(10n, [message], 1_000);
    expect(outbox.takeFailed(3_999)).toEqual([]);
    expect(outbox.takeFailed(4_000)).toMatchObject([{ batchId: 10n, messages: [claimFirst(message)] }]);
    expect(outbox.takeFailed(8_000)).toEqual([]);
  });

  it('keeps the place of a batch that broke off for longer than that may still be committed', () => {
    const outbox = new Outbox('writer');
    outbox.forestalled(10n, 1_000);
    expect(outbox.takeFailed(6_999)).toEqual([]);
    expect(outbox.takeFailed(7_000)).toMatchObject([{ batchId: 10n, messages: [] }]);
  });
});
