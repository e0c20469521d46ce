import { RepeatedLoop } from './repeated-loop.js';

/** A loop whose rounds end when the test says so. */
function loopOf(retryMs = 60_000) {
  const ends: { readonly end: (more: boolean) => void; readonly fail: (error: Error) => void }[] = [];
  const errors: unknown[] = [];
  const loop = new RepeatedLoop({
    everyMs: 60_000,
    retryMs,
    round: () => new Promise<boolean>((end, fail) => ends.push({ end, fail })),
    onError: (error) => void errors.push(error),
  });
  return { loop, ends, errors };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('nudges during a round are one more round', async () => {
  const { loop, ends } = loopOf();
  loop.nudge();
  loop.nudge();
  loop.nudge();
  ends[0]?.end(false);
  await turn();
  expect(ends).toHaveLength(2);
  ends[1]?.end(false);
  await turn();
  expect(ends).toHaveLength(2);
  await loop.stop();
});

test('a round that has more to do is followed by another one', async () => {
  const { loop, ends } = loopOf();
  loop.nudge();
  ends[0]?.end(true);
  await turn();
  expect(ends).toHaveLength(2);
  ends[1]?.end(false);
  await loop.stop();
});

test('whoever waits for a round is not content with one that had begun', async () => {
  const { loop, ends } = loopOf();
  loop.nudge();
  let heard = false;
  const waited = loop.afterRound().then(() => (heard = true));
  ends[0]?.end(false);
  await turn();
  expect(heard).toBe(false);
  ends[1]?.end(false);
  await waited;
  await loop.stop();
});

test('while rounds fail nobody waits, and it is tried again', async () => {
  const { loop, ends, errors } = loopOf(1);
  loop.nudge();
  ends[0]?.fail(new Error('away'));
  await turn();
  expect(errors).toHaveLength(1);
  await loop.afterRound();
  while (ends.length < 2) await turn();
  ends[1]?.end(false);
  await turn();
  await loop.stop();
});
