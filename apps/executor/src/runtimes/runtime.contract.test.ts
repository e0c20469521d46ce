import { POLICY_SETTINGS } from '../compose-http.js';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STEP_TYPES, stepType } from '@maestro/steps';
import type { JsonObject } from '@maestro/domain';
import { artifactsOf, RecordingContext, taskWith } from '../testing/runtime-context.js';
import { testProcessSettings } from '../testing/process-settings.js';
import { testDockerSettings } from '../testing/docker-settings.js';
import { testKubernetesSettings } from '../testing/kubernetes-settings.js';
import { httpSettings } from '../testing/http-settings.js';
import { createRuntimes } from './registry.js';
import type { RuntimeResult } from './runtime.js';
import { SqlFailure } from './sql/sql-failure.js';

const noConnections = {
  connect: () => Promise.reject(new SqlFailure('FATAL_ERROR', 'no connection has that name')),
};
const runtimes = createRuntimes({
  processes: testProcessSettings(join(tmpdir(), `maestro-contract-${process.pid}`)),
  http: httpSettings({
    allowedHosts: [],
    allowPrivate: false,
    resolve: () => Promise.resolve([]),
    settings: POLICY_SETTINGS,
  }),
  sql: noConnections,
  docker: testDockerSettings,
  kubernetes: testKubernetesSettings,
});
const folderOf = (type: string): string => join(__dirname, type.toLowerCase());

it('every step type that runs on executors has a runtime, and no other has', () => {
  const wanted = STEP_TYPES.filter(({ runs }) => runs === 'executor').map(({ name }) => name);
  expect(runtimes.map(({ type }) => type).sort()).toEqual([...wanted].sort());
});

/** What several runtimes share. */
const SHARED_FOLDERS: ReadonlySet<string> = new Set(['container', 'process', 'remote']);

it('every folder is a registered runtime, or shared by several', () => {
  const isFolder = (entry: string): boolean => statSync(join(__dirname, entry)).isDirectory();
  const folders = readdirSync(__dirname).filter((entry) => isFolder(entry) && !SHARED_FOLDERS.has(entry));
  expect(folders.sort()).toEqual(runtimes.map(({ type }) => type.toLowerCase()).sort());
});

describe.each(runtimes.map((runtime) => [runtime.type, runtime] as const))('runtime %s', (type, runtime) => {
  const start = (params: JsonObject, context = new RecordingContext()): Promise<RuntimeResult> =>
    runtime.start(taskWith(type, params), context);

  it('carries the canonical name of its step type', () => {
    expect(stepType(type)?.name).toBe(type);
  });

  it('has a page with an example', () => {
    const page = join(folderOf(type), 'README.md');
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, 'utf8')).toContain('```yaml');
  });

  it('ends without rejecting when its params are missing, and says what is wrong', async () => {
    const result = await start({});
    if (result.outcome !== 'DONE') expect(result.message).toMatch(/\w{3,}/);
    expect(['DONE', 'FATAL_ERROR']).toContain(result.outcome);
  });

  it('ends without rejecting on params of other types', async () => {
    const wrong = { script: 7n, http: ['x'], env: 'x', interpreter: true, url: null };
    await expect(start(wrong)).resolves.toHaveProperty('outcome');
  });

  it('ends in spite of a signal that came before it began', async () => {
    const context = new RecordingContext();
    context.abort();
    await expect(start({ script: 'sleep 60', http: { url: 'http://localhost/' } }, context)).resolves.toHaveProperty(
      'outcome',
    );
  });

  it('returns artifacts as a JSON object, if any', async () => {
    const artifacts = artifactsOf(await start({ script: 'true' }));
    if (artifacts !== undefined) expect(artifacts).toEqual(expect.any(Object));
  });
});
