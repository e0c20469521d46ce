import { OrderedWindow } from './ordered-window.js';

async function* count(to: number): AsyncGenerator<number> {
  for (let item = 0; item < to; item += 1) yield await Promise.resolve(item);
}

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe('an ordered window', () => {
  it('gives results in the order of the items, however they end', async () => {
    const window = new OrderedWindow<number>(10);
    const ends: (() => void)[] = [];
    void window.fill(count(5), (item) => new Promise((resolve) => ends.unshift(() => resolve(item))));
    const results = collect(window.results());
    while (ends.length < 5) await new Promise(setImmediate);
    for (const end of ends) end();
    expect(await results).toEqual([0, 1, 2, 3, 4]);
  });

  it('has no more than its size under way', async () => {
    const window = new OrderedWindow<number>(3);
    let [running, most] = [0, 0];
    void window.fill(count(20), async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return item;
    });
    expect(await collect(window.results())).toHaveLength(20);
    expect(most).toBe(3);
  });

  it('fails with what the stream of items fails with, after the results before it', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      throw new Error('the caller went away');
    }
    const window = new OrderedWindow<number>(3);
    void window.fill(broken(), (item) => Promise.resolve(item));
    const results = window.results();
    expect((await results.next()).value).toBe(1);
    await expect(results.next()).rejects.toThrow('the caller went away');
  });

  it('ends at once for no items', async () => {
    const window = new OrderedWindow<number>(3);
    void window.fill(count(0), (item) => Promise.resolve(item));
    expect(await collect(window.results())).toEqual([]);
  });
});
