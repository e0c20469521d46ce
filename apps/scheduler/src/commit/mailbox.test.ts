import type { EventInput, StartInput } from './input.js';
import { Mailbox } from './mailbox.js';

const event = (runKey: bigint): EventInput => ({
  kind: 'event',
  runKey,
  event: { type: 'timer-fired', at: 0 },
  settle: () => undefined,
  fail: () => undefined,
});
const start = { kind: 'start' } as StartInput;

describe('the mailbox', () => {
  it('gives all waiting events of a run to one batch, in their order of arrival', () => {
    const mailbox = new Mailbox();
    const events = [event(1n), event(1n)];
    for (const input of events) mailbox.add(input);
    expect(mailbox.take(10).runs).toEqual([{ runKey: 1n, inputs: events }]);
    expect(mailbox.waiting).toBe(0);
  });

  it('keeps later events of a run that a batch has until that batch releases it', () => {
    const mailbox = new Mailbox();
    mailbox.add(event(1n));
    mailbox.take(10);
    mailbox.add(event(1n));
    expect(mailbox.hasWork()).toBe(false);
    expect(mailbox.take(10).runs).toEqual([]);
    mailbox.release([1n]);
    expect(mailbox.hasWork()).toBe(true);
    expect(mailbox.take(10).runs).toHaveLength(1);
  });

  it('bounds a batch by the number of inputs and leaves the rest waiting', () => {
    const mailbox = new Mailbox();
    for (let runKey = 0n; runKey < 5n; runKey += 1n) mailbox.add(event(runKey));
    for (let index = 0; index < 5; index += 1) mailbox.add(start);
    const taken = mailbox.take(7);
    expect([taken.runs.length, taken.starts.length]).toEqual([5, 2]);
    expect(mailbox.waiting).toBe(3);
  });

  it('lets other runs pass one that is busy', () => {
    const mailbox = new Mailbox();
    mailbox.add(event(1n));
    mailbox.take(10);
    mailbox.add(event(1n));
    mailbox.add(event(2n));
    expect(mailbox.take(10).runs.map(({ runKey }) => runKey)).toEqual([2n]);
  });
});
