import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@maestro/testing';
import { parse, parseAllDocuments } from 'yaml';
import { filesUnder } from './markdown.js';

const SERVICES = ['definition', 'scheduler', 'executor', 'signal', 'notifier', 'gateway'];
const root = repositoryRoot();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const files = filesUnder(root, join(root, 'deploy'));
const isTemplate = (path: string): boolean => path.includes('/templates/');

interface Compose {
  readonly services: Readonly<Record<string, { command?: readonly string[]; environment?: Record<string, string> }>>;
}
interface Values {
  readonly env: Record<string, string>;
  readonly gateway: { readonly env: Record<string, string> };
  readonly services: Readonly<Record<string, { readonly env: Record<string, string> }>>;
}

/** variablesIn are the settings that a source file defines; shared ones are built from the names of the services. */
const variablesIn = (path: string): string[] =>
  [...read(path).matchAll(/env: '(MAESTRO_\w+)'/g)].map((m) => m[1] ?? '');
const shared = [
  ...variablesIn('libs/config/src/shared-settings.ts'),
  ...['DEFINITION', 'SCHEDULER', 'EXECUTOR', 'SIGNAL', 'NOTIFIER'].map((service) => `MAESTRO_${service}_ADDRESS`),
];
/** A service with many settings has some of them in a folder of their own. */
const settingsOf = (service: string): string[] =>
  filesUnder(root).filter(
    (path) => path === `apps/${service}/src/config.ts` || path.startsWith(`apps/${service}/src/settings/`),
  );
const known = new Map(
  SERVICES.map((service) => [service, new Set([...shared, ...settingsOf(service).flatMap(variablesIn)])]),
);
const unknown = (service: string, names: readonly string[]): string[] =>
  names.filter((name) => name.startsWith('MAESTRO_') && known.get(service)?.has(name) !== true);

const compose = parse(read('deploy/compose.yaml'), { merge: true }) as Compose;
const values = parse(read('deploy/helm/maestro/values.yaml')) as Values;

test.each(files.filter((path) => path.endsWith('.yaml') && !isTemplate(path)))('%s is YAML', (path) => {
  const errors = parseAllDocuments(read(path), { merge: true }).flatMap((document) => document.errors);
  expect(errors).toEqual([]);
});

test.each(Object.keys(compose.services))('what compose runs as %s exists and knows its settings', (name) => {
  const { command = [], environment = {} } = compose.services[name] ?? {};
  const service = /^apps\/(\w+)\/dist\/main\.js$/.exec(command[0] ?? '')?.[1];
  expect(unknown(service ?? 'gateway', Object.keys(environment))).toEqual([]);
  if (service !== undefined) expect(existsSync(join(root, 'apps', service, 'src', 'main.ts'))).toBe(true);
});

test('compose runs every service, and migrates those that have tables', () => {
  const names = Object.keys(compose.services);
  expect(names).toEqual(expect.arrayContaining(SERVICES));
  const owners = SERVICES.filter((service) => existsSync(join(root, 'apps', service, 'migrations')));
  expect(names).toEqual(expect.arrayContaining(owners.map((owner) => `migrate-${owner}`)));
});

test('the chart runs every service with settings that it knows', () => {
  expect([...Object.keys(values.services), 'gateway'].sort()).toEqual([...SERVICES].sort());
  for (const service of SERVICES) {
    const { env } = values.services[service] ?? values.gateway;
    expect(unknown(service, [...Object.keys(values.env), ...Object.keys(env)])).toEqual([]);
  }
});

test.each(files.filter(isTemplate))('every setting that %s names exists', (path) => {
  const names = [...read(path).matchAll(/\b(MAESTRO_[A-Z_]+[A-Z])\b/g)].map((match) => match[1] ?? '');
  const anywhere = new Set([...known.values()].flatMap((set) => [...set]));
  expect(names.filter((name) => !anywhere.has(name))).toEqual([]);
});

test('the image holds the bundle of every service, its migrations, and the worker script of those that evaluate', () => {
  const dockerfile = read('deploy/Dockerfile');
  for (const service of SERVICES) {
    expect(dockerfile).toContain(`/maestro/apps/${service}/dist/main.js*`);
    const evaluates = read(`apps/${service}/package.json`).includes('"@maestro/evaluation"');
    expect(dockerfile.includes(`/maestro/apps/${service}/dist/evaluation-worker.js*`)).toBe(evaluates);
    const copied = dockerfile.includes(`/maestro/apps/${service}/migrations `);
    expect(copied).toBe(existsSync(join(root, 'apps', service, 'migrations')));
  }
});

test('the roles own exactly the schemas that there are', () => {
  const schemas = [...read('deploy/postgres/roles.sql').matchAll(/create schema if not exists (\w+) /g)].map(
    (m) => m[1],
  );
  expect(schemas).toEqual(SERVICES.filter((service) => existsSync(join(root, 'apps', service, 'migrations'))));
});
