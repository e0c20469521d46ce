import { readEvents } from './server-sent-events.js';

async function* each(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
  await Promise.resolve();
}

async function read(...chunks: string[]) {
  const events = [];
  for await (const event of readEvents(each(chunks))) events.push(event);
  return events;
}

describe('server-sent events', () => {
  it('may be cut anywhere', async () => {
    const text = ': hello\n\nid: 1\nevent: run\ndata: {"a":\ndata: 1}\n\ndata: x\r\n\r\n';
    const whole = await read(text);
    expect(whole).toEqual([
      { event: 'run', data: '{"a":\n1}', id: '1' },
      { event: 'message', data: 'x' },
    ]);
    expect(await read(...Array.from(text))).toEqual(whole);
  });

  it('that were not sent to their end are left out', async () => {
    expect(await read('data: 1\n\ndata: 2\n')).toEqual([{ event: 'message', data: '1' }]);
  });
});
