import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_STRATEGY_RULES } from '@maestro/domain';
import { repositoryRoot } from '@maestro/testing';
import { filesUnder } from './markdown.js';

const root = repositoryRoot();
const files = filesUnder(root);
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const SERVICES = ['definition', 'scheduler', 'executor', 'signal', 'notifier'];

const rpcs = SERVICES.flatMap((service) =>
  files
    .filter((path) => path.startsWith(`proto/maestro/${service}/v1/`))
    .flatMap((path) => found(textOf(path), /^ {2}rpc (\w+)\(/gm))
    .map((rpc) => ({ rpc, file: `apps/${service}/src/rpc/${kebab(rpc)}.ts` })),
);

test.each(rpcs)('the RPC $rpc is served by $file', ({ file }) => {
  expect(files).toContain(file);
});

/** Tables that are read and written together with another one, in its file. */
const SHARED_FILES: Readonly<Record<string, string>> = {
  'scheduler.setting': 'check-database.ts',
  'scheduler.replica': 'shard-lease.ts',
  'scheduler.event_cursor': 'event-feed.ts',
};

const tables = SERVICES.flatMap((service) =>
  files
    .filter((path) => path.startsWith(`apps/${service}/migrations/`))
    .flatMap((path) => found(textOf(path), /^create (?:unlogged )?table (\w+)/gm))
    .map((table) => ({
      service,
      table,
      file: `apps/${service}/src/adapters/postgres/${SHARED_FILES[`${service}.${table}`] ?? `${kebab(table)}.ts`}`,
    })),
);

test.each(tables)('the table $table of $service has its statements in $file', ({ file }) => {
  expect(files).toContain(file);
});

test.each(SERVICES)('the schema of %s is written down, and a test holds it against the migrations', (service) => {
  expect(files).toEqual(
    expect.arrayContaining([`apps/${service}/schema.sql`, `apps/${service}/src/schema.integration.test.ts`]),
  );
});

/** `continued` says nothing but go on: what `decide` does anyway. */
const events = found(textOf('libs/engine/src/event.ts'), /type: '([a-z-]+)'/g).filter((type) => type !== 'continued');

test.each(events)('the engine event %s has its file', (event) => {
  expect(files).toContain(`libs/engine/src/on/${event}.ts`);
});

test.each(RUN_STRATEGY_RULES)('the run strategy %s has its file', (rule) => {
  expect(files).toContain(`libs/run-strategy/src/${kebab(rule)}.ts`);
});

test('every folder of libs/steps is a step type on the list, and every line of the list has its folder', () => {
  const folders = files.flatMap((path) => found(path, /^libs\/steps\/src\/([\w-]+)\//g));
  const listed = found(textOf('libs/steps/src/registry.ts'), /from '\.\/([\w-]+)\//g);
  expect([...new Set(folders)].sort()).toEqual(listed.sort());
});

const code = files.filter(
  (path) => /^(apps|libs)\/[\w-]+\/src\/.*\.ts$/.test(path) && !/\.test\.ts$|\/testing\/|\/gen\//.test(path),
);
const withoutComments = (text: string): string => text.replace(/^ *(\/\/|\/?\*).*$/gm, '');

test('subjects are named in libs/messaging only', () => {
  const elsewhere = code.filter((path) => !path.startsWith('libs/messaging/'));
  const naming = elsewhere.filter((path) =>
    /['"`]maestro\.(tasks|scheduler|executors?|events|cloudevents)\.(?!v\d)/.test(withoutComments(textOf(path))),
  );
  expect(naming).toEqual([]);
});

const projects = files.flatMap((path) => found(path, /^((?:apps|libs)\/[\w-]+)\/package\.json$/g));

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (project: string): Manifest => JSON.parse(textOf(`${project}/package.json`)) as Manifest;
const projectOf = new Map(projects.map((project) => [manifestOf(project).name, project]));

test.each(projects)('%s refers to exactly the projects that it depends on', (project) => {
  const { dependencies, devDependencies } = manifestOf(project);
  const needed = Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => projectOf.get(name) ?? []);
  const referred = found(textOf(`${project}/tsconfig.json`), /"path": "\.\.\/(?:\.\.\/)?([\w/-]+)"/g);
  expect(referred.map((path) => (path.includes('/') ? path : `libs/${path}`)).sort()).toEqual(needed.sort());
});

test('the compiler and the lock know every project', () => {
  const lock = JSON.parse(textOf('package-lock.json')) as { readonly packages: Readonly<Record<string, unknown>> };
  const compiled = found(textOf('tsconfig.json'), /"path": "([\w/-]+)"/g);
  expect(projects.filter((project) => !compiled.includes(project))).toEqual([]);
  expect(projects.filter((project) => lock.packages[project] === undefined)).toEqual([]);
  expect(projects.filter((project) => !existsSync(join(root, project, 'README.md')))).toEqual([]);
});
