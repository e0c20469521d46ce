'use strict';

const { existsSync, openSync, readSync, closeSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const PROGRAMS = [
  ...['definition', 'scheduler', 'executor', 'signal', 'notifier', 'gateway', 'cli', 'dev'].map((app) => `apps/${app}`),
  'bench',
];

/** Scripts of worker threads and processes: each lies beside the bundles of the programs that start it. */
const WORKERS = [
  {
    name: 'evaluation-worker',
    source: 'libs/evaluation/src/worker/main.ts',
    programs: ['definition', 'scheduler', 'executor', 'signal'].map((app) => `apps/${app}`),
  },
  { name: 'duckdb-worker', source: 'apps/executor/src/runtimes/sql/duckdb/main.ts', programs: ['apps/executor'] },
];

/** The first line of a bundle: anything else in its place is built over. */
const MARK = '// bundled by apps/dev/bin/build.cjs';

/**
 * buildApps bundles every program (or those of `only`) into its `dist/main.js` when any source is newer than a bundle: about a second for
 * all. Our own packages go in as source, packages from npm stay outside. Returns whether anything was built.
 */
async function buildApps(root, only = PROGRAMS) {
  const programs = only.filter((program) => existsSync(join(root, program, 'src', 'main.ts')));
  const newest = Math.max(
    ...['apps', 'libs', 'bench']
      .map((folder) => join(root, folder))
      .filter((folder) => existsSync(folder))
      .map((folder) => newestSource(folder)),
  );
  const stale = programs.filter((program) => !bundlesOf(root, program).every((bundle) => isFresh(bundle, newest)));
  if (stale.length === 0) return false;
  await bundle(
    root,
    stale.map((program) => ({ in: `${program}/src/main.ts`, out: `${program}/dist/main` })),
  );
  for (const program of stale)
    for (const { name } of workersOf(program)) await buildWorker(root, name, `${program}/dist/${name}.js`);
  return true;
}

/** buildWorker bundles the script of a worker into one file. */
async function buildWorker(root, name, outfile) {
  const worker = WORKERS.find((known) => known.name === name);
  if (worker === undefined) throw new Error(`There is no worker "${name}".`);
  await bundle(root, [{ in: worker.source, out: outfile.replace(/\.js$/, '') }]);
}

function workersOf(program) {
  return WORKERS.filter(({ programs }) => programs.includes(program));
}

/** buildTool bundles a program that is run from the source tree only (`apps/scheduler/src/simulation/main.ts`) and answers where it is. */
async function buildTool(root, source, out) {
  await bundle(root, [{ in: source, out }]);
  return join(root, `${out}.js`);
}

async function bundle(root, entryPoints) {
  const esbuild = require('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    outdir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    conditions: ['maestro-source'],
    banner: { js: MARK },
    plugins: [{ name: 'npm-packages-stay-outside', setup: keepPackagesOutside }],
    logLevel: 'silent',
  });
  // Else the compiler would wait in the background for as long as we run.
  await esbuild.stop();
}

/** bundleOf is the bundle of a program (`apps/dev`). */
function bundleOf(root, program) {
  return join(root, program, 'dist', 'main.js');
}

/** All that is bundled for a program. */
function bundlesOf(root, program) {
  const scripts = workersOf(program).map(({ name }) => join(root, program, 'dist', `${name}.js`));
  return [bundleOf(root, program), ...scripts];
}

function keepPackagesOutside(build) {
  build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
    kind === 'entry-point' || path.startsWith('@maestro/') ? undefined : { path, external: true },
  );
}

function isFresh(bundle, newest) {
  if (!existsSync(bundle) || statSync(bundle).mtimeMs < newest) return false;
  const start = Buffer.alloc(64);
  const file = openSync(bundle, 'r');
  readSync(file, start, 0, start.length, 0);
  closeSync(file);
  return start.toString().includes(MARK);
}

function newestSource(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['dist', 'node_modules', 'fixtures', 'migrations'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) newest = Math.max(newest, newestSource(path));
    else if (/\.(ts|json|cjs)$/.test(entry.name) && !entry.name.includes('.test.')) {
      newest = Math.max(newest, statSync(path).mtimeMs);
    }
  }
  return newest;
}

module.exports = { buildApps, buildTool, bundleOf };

if (require.main === module) {
  // `build.cjs` builds all, `build.cjs apps/gateway` one, `build.cjs --worker <name> <file>` the script of a worker alone, for tests.
  const [program, worker, outfile] = process.argv.slice(2);
  const root = join(__dirname, '..', '..', '..');
  const building =
    program === '--worker'
      ? buildWorker(root, worker, outfile)
      : buildApps(root, program === undefined ? PROGRAMS : [program]);
  building.catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
