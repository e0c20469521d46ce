import { Closers } from './closers.js';

test('what was opened last is closed first, each once', async () => {
  const closed: string[] = [];
  const closers = new Closers();
  closers.add(() => closed.push('pool'));
  closers.add(async () => {
    await Promise.resolve();
    closed.push('server');
  });
  await closers.closeAll();
  await closers.closeAll();
  expect(closed).toEqual(['server', 'pool']);
});
