import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@maestro/testing';
import { maestroCli } from './testing/cli.js';
import { databaseText, logsOf, Wiretap } from './testing/everywhere.js';
import { shell, step, text } from './testing/runs.js';
import { System } from './testing/system.js';

/** No word of a definition, so that wherever it turns up it has leaked. */
const ENV_SECRET = 'env-a1b2c3-hush';
const FILE_SECRET = 'file-d4e5f6-hush';
const VAULT_SECRET = 'vault-g7h8i9-hush';

let system: System;
let tap: Wiretap;
let server: Server;
let serverUrl: string;
const seen: IncomingMessage[] = [];

beforeAll(async () => {
  const secrets = temporaryFolder('secrets');
  mkdirSync(join(secrets, 'default'));
  writeFileSync(join(secrets, 'default', 'password'), `${FILE_SECRET}\n`);
  server = createServer((request, response) => {
    if (request.url === '/v1/kv/data/api') {
      response.end(JSON.stringify({ data: { data: { token: VAULT_SECRET } } }));
      return;
    }
    seen.push(request);
    response.end(`you said ${request.headers.authorization}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  system = await System.start({
    E2E_TOKEN: ENV_SECRET,
    E2E_FORBIDDEN: 'never-asked-for',
    MAESTRO_EXECUTOR_SECRETS_ALLOW: '*:env/E2E_TOKEN,*:env/E2E_NONE,*:file/{tenant}/*,default:vault/kv/*',
    MAESTRO_EXECUTOR_SECRETS_DIR: secrets,
    MAESTRO_EXECUTOR_SECRETS_VAULT_URL: serverUrl,
    MAESTRO_EXECUTOR_SECRETS_VAULT_TOKEN: 'vault-root-token',
    MAESTRO_EXECUTOR_HTTP_ALLOW: '127.0.0.1',
    MAESTRO_EXECUTOR_HTTP_ALLOW_PRIVATE: 'true',
    MAESTRO_LOG_LEVEL: 'debug',
  });
  tap = await Wiretap.open(system);
}, 120_000);

afterAll(async () => {
  server.close();
  await tap.close();
  await system.stop();
}, 60_000);

const REFERENCES = {
  token: text('secret://env/E2E_TOKEN'),
  password: text('secret://file/default/password'),
  nested: { type: 'MAP', value: { api: text('secret://vault/kv/api#token') } },
};
const TELLTALE = `
  echo "token: $MAESTRO_PARAM_TOKEN"; echo "nested: $MAESTRO_PARAM_NESTED" >&2
  printf '%.6s' "$MAESTRO_PARAM_PASSWORD"; sleep 0.5; printf '%s\\n' "$MAESTRO_PARAM_PASSWORD" | cut -c7-
  printf '%s' "$MAESTRO_PARAM_TOKEN" | base64`;
const RETURN = `echo "{\\"params\\": {\\"said\\": \\"<$MAESTRO_PARAM_TOKEN>\\"}, \\"artifacts\\": {\\"mine\\": {\\"key\\": \\"$MAESTRO_PARAM_PASSWORD\\"}}}" > "$MAESTRO_OUTPUT"`;

test('steps get their secrets, and whatever they say of them is masked', async () => {
  const said = { type: 'STRING', value: '', mode: 'MUTABLE' };
  await system.runs.pushSteps('telltale', [
    shell(
      'tells',
      `${TELLTALE}\n[ "$MAESTRO_PARAM_TOKEN" = "${ENV_SECRET.slice(0, 7)}""${ENV_SECRET.slice(7)}" ] || exit 9\n${RETURN}`,
      {
        params: { ...REFERENCES, said },
      },
    ),
  ]);
  expect((await system.runs.finish('telltale')).status).toBe('SUCCEEDED');
  const log = await system.runs.log('telltale', 'tells');
  expect(log).toContain('token: ***\n');
  expect(log).toContain('nested: {"api":"***"}');
  expect(log).not.toMatch(/hush/);
  const { artifacts, params } = await system.runs.step('telltale', 'tells');
  expect(params?.['token']?.evaluated_result).toBe('secret://env/E2E_TOKEN');
  expect(params?.['said']?.evaluated_result).toBe('<***>');
  expect(artifacts?.['mine']).toMatchObject({ key: '***' });
});

test('a step that fails with its secret in its last words does not tell it', async () => {
  await system.runs.pushSteps('fails', [
    shell('fails', 'echo "no entry with $MAESTRO_PARAM_TOKEN" >&2; exit 1', { params: REFERENCES }),
  ]);
  expect((await system.runs.finish('fails')).status).toBe('FAILED');
  expect(JSON.stringify((await system.runs.step('fails', 'fails')).timeline)).toContain('no entry with ***');
});

test('Http sends a secret, and neither the echo of the server nor the artifact has it', async () => {
  const value = {
    url: text(`${serverUrl}/hello`),
    headers: { type: 'STRING_MAP', value: { Authorization: 'secret://vault/kv/api#token' } },
    body: text('secret://file/default/password'),
    method: text('POST'),
  };
  await system.runs.pushSteps('http-secret', [step('call', 'Http', { params: { http: { type: 'MAP', value } } })]);
  expect((await system.runs.finish('http-secret')).status).toBe('SUCCEEDED');
  expect(seen[0]?.headers.authorization).toBe(VAULT_SECRET);
  const { artifacts, params } = await system.runs.step('http-secret', 'call');
  expect(params?.['response_body']?.evaluated_result).toBe('you said ***');
  expect(artifacts?.['maestro_http']).toMatchObject({ body: 'you said ***', request: { body: '***' } });
});

test.each([
  ['not allowed', 'secret://env/E2E_FORBIDDEN', 'may not use the secret secret://env/E2E_FORBIDDEN'],
  ['not there', 'secret://env/E2E_NONE', 'There is no secret secret://env/E2E_NONE'],
])('a secret that is %s fails the step as a fault of the user', async (why, reference, message) => {
  const id = `secret-${why.replace(' ', '-')}`;
  await system.runs.pushSteps(id, [shell('asks', 'true', { params: { token: text(reference) } })]);
  expect((await system.runs.finish(id)).status).toBe('FAILED');
  expect(JSON.stringify((await system.runs.step(id, 'asks')).timeline)).toContain(message);
});

test('a malformed reference is refused at push, over REST and by the command line', async () => {
  const steps = [shell('asks', 'true', { params: { token: text('secret://vault/kv/api') } })];
  const body = { properties: { owner: 'ada' }, workflow: { id: 'malformed', steps } };
  const answer = await system.rest.ask('POST', '/workflows', { body });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toContain('secrets of vault need a #<key>');
  const file = join(system.dataDir, 'malformed.json');
  writeFileSync(file, JSON.stringify(body));
  const validated = await maestroCli(system.restUrl)('validate', file);
  expect(validated.code).not.toBe(0);
  expect(validated.stdout + validated.stderr).toContain('secrets of vault need a #<key>');
});

test('no secret is in Postgres, in JetStream, in a message or in a log', async () => {
  const places = {
    postgres: await databaseText(system.postgres.url),
    jetstream: await tap.stored(),
    nats: tap.said(),
    logs: logsOf(system),
  };
  // The search must be able to find something.
  expect(places.postgres).toContain('secret://env/E2E_TOKEN');
  expect(places.nats).toContain('secret://env/E2E_TOKEN');
  expect(places.logs).toContain('executor serves');
  const forms = [ENV_SECRET, FILE_SECRET, VAULT_SECRET, 'vault-root-token'].flatMap((secret) => [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
  ]);
  for (const [place, content] of Object.entries(places)) {
    expect([place, forms.filter((form) => content.includes(form))]).toEqual([place, []]);
  }
});
