import { choice, port, url, yesNo } from './schemas.js';
import { describeConfig, printableConfig } from './describe-config.js';
import { ConfigError, readConfig, type ConfigSource } from './read-config.js';
import { defineConfig, setting } from './setting.js';

const spec = defineConfig({
  program: 'maestro-test',
  doc: 'a program',
  settings: {
    port: setting({
      flag: 'port',
      env: 'MAESTRO_PORT',
      schema: port(),
      default: '80',
      doc: 'the port',
      example: '8080',
    }),
    database: setting({
      flag: 'database-url',
      env: 'MAESTRO_DATABASE_URL',
      schema: url('postgres'),
      doc: 'the database',
      example: 'postgres://localhost/db',
      secret: true,
    }),
    level: setting({
      flag: 'level',
      env: 'MAESTRO_LEVEL',
      schema: choice(['low', 'high']),
      default: 'low',
      doc: 'how loud',
      example: 'high',
    }),
    fast: setting({
      flag: 'fast',
      env: 'MAESTRO_FAST',
      schema: yesNo(),
      default: 'false',
      doc: 'be fast',
      example: 'true',
      switch: true,
    }),
  },
});

const DATABASE = ['--database-url', 'postgres://me:hidden@host/db'];

function problems(source: ConfigSource): readonly string[] {
  try {
    readConfig(spec, source);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('a flag wins over the environment, the environment over the default', () => {
  const env = { MAESTRO_PORT: '1', MAESTRO_LEVEL: 'high' };
  const config = readConfig(spec, { argv: ['--port=2', '--fast', ...DATABASE], env });
  expect(config).toEqual({ port: 2, database: 'postgres://me:hidden@host/db', level: 'high', fast: true });
});

test('the configuration cannot be changed', () => {
  expect(Object.isFrozen(readConfig(spec, { argv: DATABASE, env: {} }))).toBe(true);
});

test('an empty variable counts as not set', () => {
  expect(readConfig(spec, { argv: DATABASE, env: { MAESTRO_PORT: '' } }).port).toBe(80);
});

test('every bad, missing and unknown key is named at once', () => {
  const found = problems({ argv: ['--prot', '1', '--level', 'loud', 'stray'], env: { MAESTRO_PORT: '99999' } });
  expect(found).toEqual([
    '--prot is not known; did you mean --port?',
    '"stray" is not a flag; flags begin with --',
    'MAESTRO_PORT must be a whole number from 0 to 65535 (it is "99999"). Example: 8080',
    '--database-url or MAESTRO_DATABASE_URL must be set: the database. Example: postgres://localhost/db',
    '--level must be one of low, high (it is "loud"). Example: high',
  ]);
});

test('a flag without its value is named', () => {
  expect(problems({ argv: [...DATABASE, '--port'], env: {} })).toEqual([
    '--port needs a value, for example --port 8080',
  ]);
});

test('a bad secret is not printed in its problem', () => {
  const found = problems({ argv: ['--database-url', 'mysql://me:hidden@host'], env: {} });
  expect(found.join()).toContain('must be a URL');
  expect(found.join()).not.toContain('hidden');
});

test('an unknown MAESTRO_ variable is only a warning', () => {
  const warnings: string[] = [];
  const env = { MAESTRO_PROT: '1', MAESTRO_NATS_URL: 'nats://x', PATH: '/bin' };
  readConfig(spec, { argv: DATABASE, env, warn: (message) => warnings.push(message) });
  expect(warnings).toEqual(['MAESTRO_PROT is set, but no setting has this name']);
});

test('help names every flag, variable and default', () => {
  const help = describeConfig(spec);
  expect(help).toContain('--port <value>');
  expect(help).toContain('MAESTRO_LEVEL');
  expect(help).toContain('how loud (default low)');
  expect(help).toContain('the database (must be set; for example postgres://localhost/db)');
});

test('a printed configuration hides the password of a URL', () => {
  const config = readConfig(spec, { argv: DATABASE, env: {} });
  expect(printableConfig(spec, config)['database']).toBe('postgres://me:***@host/db');
});

test('a variable that names another service is not warned about, one that names this program wrongly is', () => {
  const warnings: string[] = [];
  const scheduler = { ...spec, program: 'maestro-scheduler' };
  const env = { MAESTRO_EXECUTOR_SLOTS: '9', MAESTRO_SCHEDULER_CACHE: '1' };
  readConfig(scheduler, { argv: DATABASE, env, warn: (message) => warnings.push(message) });
  expect(warnings).toEqual(['MAESTRO_SCHEDULER_CACHE is set, but no setting has this name']);
});
