'use strict';
// node apps/executor/bin/bench-workers.cjs [python]: how many trivial steps a second remote workers run; see src/testing/bench-workers.ts.
// The Python that is named needs grpcio and protobuf.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { build } = require('esbuild');

const root = join(__dirname, '..');

/** Our own packages go in as source, packages from npm stay outside. */
const npmOutside = {
  name: 'npm-packages-stay-outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@maestro/') ? undefined : { path, external: true },
    ),
};

async function bundle(name) {
  const outfile = join(root, 'dist', 'testing', `${name}.cjs`);
  await build({
    entryPoints: [join(root, 'src', 'testing', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    conditions: ['maestro-source'],
    plugins: [npmOutside],
    logLevel: 'error',
  });
  return outfile;
}

async function main() {
  const scripts = [await bundle('bench-workers'), await bundle('bench-worker')];
  process.exitCode =
    spawnSync(process.execPath, [...scripts, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
}

void main();
