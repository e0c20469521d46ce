import { MaestroError } from '@maestro/domain';

const OLDEST = [2, 9] as const;

/** What of a NATS server's greeting is looked at. */
export interface ServerFacts {
  readonly version: string;
  readonly jetstream?: boolean;
}

/** checkServer throws NOT_SUPPORTED for a NATS server that is too old or runs without JetStream. */
export function checkServer(url: string, facts: ServerFacts | undefined): void {
  if (facts === undefined) throw new MaestroError('UNAVAILABLE', `The NATS server at ${url} did not introduce itself.`);
  const [major = 0, minor = 0] = facts.version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    const needed = `Maestro needs ${OLDEST.join('.')} or newer; 2.10 or newer is better.`;
    throw new MaestroError('NOT_SUPPORTED', `The NATS server at ${url} is version ${facts.version}. ${needed}`);
  }
  if (facts.jetstream !== true) {
    const remedy = `start it with '-js -sd <folder>' or with 'jetstream {}' in its configuration.`;
    throw new MaestroError('NOT_SUPPORTED', `The NATS server at ${url} runs without JetStream: ${remedy}`);
  }
}
