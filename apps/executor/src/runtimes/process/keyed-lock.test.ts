import { KeyedLock } from './keyed-lock.js';

const { signal } = new AbortController();

function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

it('one at a time has a key, in the order of asking; other keys do not wait', async () => {
  const lock = new KeyedLock();
  const said: string[] = [];
  const first = gate();
  const runs = [
    lock.run('a', signal, () => first.opened.then(() => said.push('a1'))),
    lock.run('a', signal, () => Promise.resolve(said.push('a2'))),
  ];
  await lock.run('b', signal, () => Promise.resolve(said.push('b')));
  expect(said).toEqual(['b']);
  first.open();
  await Promise.all(runs);
  expect(said).toEqual(['b', 'a1', 'a2']);
});

it('who is stopped does not wait on, and who comes after still waits for the first', async () => {
  const lock = new KeyedLock();
  const first = gate();
  const aborter = new AbortController();
  const said: string[] = [];
  const holding = lock.run('a', signal, () => first.opened.then(() => said.push('first')));
  const stopped = lock.run('a', aborter.signal, () => Promise.resolve(said.push('never')));
  const last = lock.run('a', signal, () => Promise.resolve(said.push('last')));
  aborter.abort();
  await expect(stopped).rejects.toMatchObject({ outcome: 'STOPPED' });
  first.open();
  await Promise.all([holding, last]);
  expect(said).toEqual(['first', 'last']);
});

it('a failure gives the key on', async () => {
  const lock = new KeyedLock();
  await expect(lock.run('a', signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(lock.run('a', signal, () => Promise.resolve(1))).resolves.toBe(1);
});
