import { checkServer } from './server-version.js';

const URL = 'nats://host:4222';

describe('the NATS server', () => {
  it.each(['2.9.0', '2.9.10', '2.10.27', '2.12.1-preview', '3.0.0'])('may be version %s', (version) => {
    expect(() => checkServer(URL, { version, jetstream: true })).not.toThrow();
  });

  it.each(['2.8.4', '1.4.1', 'nonsense'])('is refused with a clear message at version %s', (version) => {
    const text = `The NATS server at ${URL} is version ${version}. Maestro needs 2.9 or newer; 2.10 or newer is better.`;
    expect(() => checkServer(URL, { version, jetstream: true })).toThrow(text);
  });

  it('is refused without JetStream, with what to do', () => {
    expect(() => checkServer(URL, { version: '2.10.0' })).toThrow(/without JetStream: start it with '-js/);
  });
});
