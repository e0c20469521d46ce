import { Readiness } from './readiness.js';

describe('readiness', () => {
  it('takes a check that hangs as one that failed', async () => {
    const readiness = new Readiness(5);
    readiness.register('stuck', () => new Promise<undefined>(() => undefined));
    expect(await readiness.report()).toEqual({ ready: false, reasons: { stuck: 'no answer within 5 ms' } });
  });

  it('replaces a check of the same name', async () => {
    const readiness = new Readiness();
    readiness.register('feed', () => 'behind');
    readiness.register('feed', () => undefined);
    expect(await readiness.report()).toEqual({ ready: true, reasons: {} });
  });
});
