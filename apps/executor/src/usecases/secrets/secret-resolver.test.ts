import type { SecretReference } from '@maestro/steps';
import { UnresolvedSecret, type SecretProvider } from '../../ports/secret-provider.js';
import { testConfig } from '../../testing/test-config.js';
import { SecretResolver } from './secret-resolver.js';

function setUp(allow: string, cacheMs = 60_000) {
  const asked: string[] = [];
  const answers: Record<string, string | Error> = { A: 'value of A', SHORT: 'abc' };
  const env: SecretProvider = {
    name: 'env',
    fetch: async ({ path }: SecretReference) => {
      asked.push(path);
      const answer = answers[path] ?? new UnresolvedSecret('platform', 'away');
      if (typeof answer === 'string') return answer;
      throw answer;
    },
  };
  const urls = { MAESTRO_POSTGRES_URL: 'postgres://x', MAESTRO_NATS_URL: 'nats://x' };
  const { secretsAllow: rules } = testConfig({ ...urls, MAESTRO_EXECUTOR_SECRETS_ALLOW: allow });
  const resolver = new SecretResolver({ providers: [env], rules, cacheMs });
  return { answers, asked, resolver };
}

it.each([
  ['*:env/A', 'team', true],
  ['team:env/A', 'team', true],
  ['team:env/*', 'team', true],
  ['*:env/{tenant}', 'A', true],
  ['other:env/A', 'team', false],
  ['*:env/{tenant}', 'B', false],
  ['*:env/AB*', 'team', false],
  ['*:file/A', 'team', false],
  ['', 'team', false],
])('the rules "%s" let tenant %s use it: %s', async (allow, tenant, allowed) => {
  const { asked, resolver } = setUp(allow);
  const resolved = resolver.resolve(tenant, 'secret://env/A');
  if (allowed) expect(await resolved).toBe('value of A');
  else
    await expect(resolved).rejects.toMatchObject({
      fault: 'user',
      message: expect.stringContaining('_ALLOW') as string,
    });
  expect(asked).toHaveLength(allowed ? 1 : 0);
});

it('asks once for what many need, and again for what failed', async () => {
  const { answers, asked, resolver } = setUp('*:env/*');
  await Promise.all([1, 2, 3].map(() => resolver.resolve('t', 'secret://env/A')));
  await expect(resolver.resolve('t', 'secret://env/B')).rejects.toMatchObject({ fault: 'platform' });
  answers['B'] = 'there now';
  expect(await resolver.resolve('t', 'secret://env/B')).toBe('there now');
  expect(asked).toEqual(['A', 'B', 'B']);
});

it('what is cached for one tenant is not given to another', async () => {
  const { resolver } = setUp('a:env/A');
  await resolver.resolve('a', 'secret://env/A');
  await expect(resolver.resolve('b', 'secret://env/A')).rejects.toThrow('Steps of tenant b may not use');
});

it('without a cache every use asks', async () => {
  const { asked, resolver } = setUp('*:env/*', 0);
  await resolver.resolve('t', 'secret://env/A');
  await resolver.resolve('t', 'secret://env/A');
  expect(asked).toEqual(['A', 'A']);
});

it('malformed references, providers that are not there and secrets that cannot be masked are faults of the user', async () => {
  const { resolver } = setUp('*:env/*,*:vault/*');
  for (const [reference, why] of [
    ['secret://env', 'no provider'],
    ['secret://vault/a/b#c', 'no secrets of vault'],
    ['secret://env/SHORT', 'fewer than 4'],
  ] as const) {
    await expect(resolver.resolve('t', reference)).rejects.toMatchObject({
      fault: 'user',
      message: expect.stringContaining(why) as string,
    });
  }
});

it('rules that are no rules are refused at the start', () => {
  for (const allow of ['env/A', 'team:aws/x', 'team:env', '*:env/*/x'])
    expect(() => setUp(allow)).toThrow('SECRETS_ALLOW');
});
