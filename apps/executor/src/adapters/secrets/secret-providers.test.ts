import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readSecretReference, type SecretReference } from '@maestro/steps';
import { temporaryFolder } from '@maestro/testing';
import type { SecretProvider } from '../../ports/secret-provider.js';
import { envSecrets } from './env-secrets.js';
import { fileSecrets } from './file-secrets.js';
import { kubernetesSecrets } from './kubernetes-secrets.js';
import { vaultSecrets } from './vault-secrets.js';

const fetchOf = (provider: SecretProvider, text: string): Promise<string> =>
  provider.fetch(readSecretReference(text) as SecretReference);
const user = (why: string) => ({ fault: 'user', message: expect.stringContaining(why) as string });
const platform = (why: string) => ({ fault: 'platform', message: expect.stringContaining(why) as string });

describe('env', () => {
  const env = envSecrets({ TOKEN: 'hunter-22', PAIR: '{"a":"1","n":7}', MAESTRO_POSTGRES_URL: 'postgres://u:p@h' });

  it('gives variables, or a key of one that is JSON', async () => {
    expect(await fetchOf(env, 'secret://env/TOKEN')).toBe('hunter-22');
    expect(await fetchOf(env, 'secret://env/PAIR#a')).toBe('1');
  });

  it('never gives settings of the executor itself', async () => {
    await expect(fetchOf(env, 'secret://env/MAESTRO_POSTGRES_URL')).rejects.toMatchObject(user('no such variable'));
  });

  it.each([
    ['OTHER', 'no such variable'],
    ['PAIR#b', 'no key "b"'],
    ['PAIR#n', 'not a text'],
    ['TOKEN#a', 'no key "a"'],
  ])('%s is unknown: %s', async (path, why) => {
    await expect(fetchOf(env, `secret://env/${path}`)).rejects.toMatchObject(user(why));
  });
});

describe('file', () => {
  const folder = temporaryFolder('secrets');
  const root = join(folder, 'root');
  mkdirSync(join(root, 'db'), { recursive: true });
  writeFileSync(join(root, 'db', 'password'), 'hunter-22\n');
  writeFileSync(join(root, 'pair.json'), '{"password":"from json"}');
  writeFileSync(join(folder, 'outside'), 'not yours');
  symlinkSync(join(folder, 'outside'), join(root, 'escape'));
  symlinkSync(join(root, 'db', 'password'), join(root, 'alias'));
  const files = fileSecrets(root);

  it('gives a file without its last line break, or a key of a JSON file; links within the folder are fine', async () => {
    expect(await fetchOf(files, 'secret://file/db/password')).toBe('hunter-22');
    expect(await fetchOf(files, 'secret://file/alias')).toBe('hunter-22');
    expect(await fetchOf(files, 'secret://file/pair.json#password')).toBe('from json');
  });

  it.each(['escape', 'db', 'none'])('%s is unknown', async (path) => {
    await expect(fetchOf(files, `secret://file/${path}`)).rejects.toMatchObject({ fault: 'user' });
  });

  it('never climbs out of its folder, whatever the path', async () => {
    const climbing = files.fetch({ provider: 'file', path: '../outside' });
    await expect(climbing).rejects.toMatchObject(user('no such file'));
  });

  it('a folder that is not there is a fault of the platform', async () => {
    await expect(fetchOf(fileSecrets('/nowhere'), 'secret://file/a')).rejects.toMatchObject(platform('/nowhere'));
  });
});

describe('servers', () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const account = temporaryFolder('account');

  beforeAll(async () => {
    writeFileSync(join(account, 'token'), 'account-token\n');
    writeFileSync(join(account, 'namespace'), 'home\n');
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const vault = (more = {}): SecretProvider =>
    vaultSecrets({ url, token: 'root', tokenFile: undefined, namespace: undefined, ...more });

  it('Vault is asked for the data of the path, with token and namespace', async () => {
    const seen: IncomingMessage[] = [];
    answer = (request, response) => {
      seen.push(request);
      response.end(JSON.stringify({ data: { data: { password: 'hunter-22' }, metadata: { version: 3 } } }));
    };
    const more = { tokenFile: join(account, 'token'), namespace: 'team-a' };
    expect(await fetchOf(vault(more), 'secret://vault/kv/team/db#password')).toBe('hunter-22');
    expect(seen[0]?.url).toBe('/v1/kv/data/team/db');
    expect(seen[0]?.headers).toMatchObject({ 'x-vault-token': 'account-token', 'x-vault-namespace': 'team-a' });
  });

  it('Kubernetes is asked for the Secret of the namespace, by default the own one', async () => {
    const seen: IncomingMessage[] = [];
    answer = (request, response) => {
      seen.push(request);
      response.end(JSON.stringify({ data: { password: Buffer.from('hunter-22').toString('base64') } }));
    };
    const cluster = kubernetesSecrets({ url, accountDir: account });
    expect(await fetchOf(cluster, 'secret://kubernetes/team/db#password')).toBe('hunter-22');
    expect(await fetchOf(cluster, 'secret://kubernetes/db#password')).toBe('hunter-22');
    expect(seen.map((request) => request.url)).toEqual([
      '/api/v1/namespaces/team/secrets/db',
      '/api/v1/namespaces/home/secrets/db',
    ]);
    expect(seen[0]?.headers.authorization).toBe('Bearer account-token');
    await expect(fetchOf(cluster, 'secret://kubernetes/a/b/c#d')).rejects.toMatchObject(user('<namespace>/<name>'));
  });

  it.each([
    [404, 'user', 'does not have it'],
    [403, 'platform', 'may not read it'],
    [503, 'platform', 'answered 503'],
    [302, 'platform', 'answered 302'],
  ])('status %s is a fault of the %s: %s', async (status, fault, why) => {
    answer = (_, response) => response.writeHead(status, { location: 'http://elsewhere/' }).end('the token was root');
    const failed = fetchOf(vault(), 'secret://vault/kv/db#password');
    await expect(failed).rejects.toMatchObject({ fault, message: expect.stringContaining(why) as string });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('root') as string });
  });

  it('a server that is away, or talks nonsense, is a fault of the platform', async () => {
    answer = (_, response) => response.end('<html>');
    await expect(fetchOf(vault(), 'secret://vault/kv/db#x')).rejects.toMatchObject(platform('not JSON'));
    answer = (request) => request.socket.destroy();
    await expect(fetchOf(vault(), 'secret://vault/kv/db#x')).rejects.toMatchObject(platform('Vault'));
    const noToken = vault({ tokenFile: join(account, 'none') });
    await expect(fetchOf(noToken, 'secret://vault/kv/db#x')).rejects.toMatchObject(platform('Vault'));
  });
});
