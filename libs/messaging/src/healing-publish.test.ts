import { healingPublish, type PublishPorts } from './healing-publish.js';
import { type OutMessage, type PublishFailure } from './publish-batch.js';

const message = (subject: string): OutMessage => ({ subject, data: new Uint8Array() });
const noStream = (index: number): PublishFailure => ({ index, reason: 'no-stream', message: 'gone' });

function ports(
  answers: PublishFailure[][],
  overrides: Partial<PublishPorts> = {},
): PublishPorts & { sent: string[][] } {
  const sent: string[][] = [];
  return {
    sent,
    connected: () => true,
    publish: (messages) => {
      sent.push(messages.map(({ subject }) => subject));
      return Promise.resolve(answers.shift() ?? []);
    },
    heal: () => Promise.resolve(),
    ...overrides,
  };
}

describe('healing publish', () => {
  it('sends only what found no stream again, after the streams were made', async () => {
    const port = ports([[noStream(1)], []]);
    expect(await healingPublish([message('a'), message('b')], 1, port)).toEqual([]);
    expect(port.sent).toEqual([['a', 'b'], ['b']]);
  });

  it('names failures of the second try by their place in the batch', async () => {
    const port = ports([[noStream(2)], [noStream(0)]]);
    expect(await healingPublish([message('a'), message('b'), message('c')], 1, port)).toEqual([noStream(2)]);
  });

  it('does not send again what timed out, because it may be stored', async () => {
    const late: PublishFailure = { index: 0, reason: 'timeout', message: 'late' };
    const port = ports([[late]]);
    expect(await healingPublish([message('a')], 1, port)).toEqual([late]);
    expect(port.sent).toEqual([['a']]);
  });

  it('reports the first failures when the streams cannot be made', async () => {
    const port = ports([[noStream(0)]], { heal: () => Promise.reject(new Error('no quorum')) });
    expect(await healingPublish([message('a')], 1, port)).toEqual([noStream(0)]);
  });

  it('sends nothing while disconnected', async () => {
    const port = ports([], { connected: () => false });
    expect(await healingPublish([message('a')], 1, port)).toMatchObject([{ index: 0, reason: 'disconnected' }]);
    expect(port.sent).toEqual([]);
  });
});
