'use strict';

const { spawn } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** The checks of `npm test` that are not jest tests: each counts as one passed or one failed. */
const CHECKS = [
  { name: 'lock', title: 'the lock file is complete', run: checkLock },
  { name: 'generated', title: 'generated code equals proto/', run: checkGenerated },
  { name: 'buf', title: 'proto/ keeps the lint rules', run: (root) => tool(root, 'buf', ['lint']) },
  { name: 'breaking', title: 'proto/ breaks no released program', run: checkBreaking },
  { name: 'format', title: 'everything is formatted', run: (root) => tool(root, 'prettier', ['--check', '.']) },
  { name: 'lint', title: 'lint', run: checkLint },
  { name: 'typecheck', title: 'types', run: (root) => tool(root, 'tsc', ['-b']) },
];

/** No server in the background and nothing sent anywhere, also where nx.json is not read. */
const QUIET = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true' };

/** tool runs a program of node_modules and resolves with its output; rejects with it when it fails. */
function tool(root, name, args, env = {}) {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`;
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(join(root, 'node_modules', '.bin', name), args, {
      cwd: root,
      env: { ...process.env, ...QUIET, PATH: path, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(output.trim()))));
  });
}

/**
 * One ESLint for all projects takes a sixth of the time of one each (`nx run-many -t lint`, which has its cache). The
 * project graph comes first: without it the rule on module boundaries only warns.
 */
async function checkLint(root) {
  await tool(root, 'nx', ['show', 'projects']);
  await tool(root, 'eslint', ['libs', 'apps', '--max-warnings=0']);
}

/** `npm install` leaves platform packages that its registry lacks out of the lock, and only `npm ci` fails later. */
async function checkLock(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const held = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
  const missing = Object.values(packages).flatMap(({ optionalDependencies }) =>
    Object.keys(optionalDependencies ?? {}).filter((name) => !held.has(name)),
  );
  if (missing.length > 0) throw new Error(`package-lock.json lacks: ${missing.join(', ')}`);
}

/** Against the image of the last release (proto/README.md): CI's clone may have no history to compare with. */
function checkBreaking(root) {
  return tool(root, 'buf', ['breaking', 'proto', '--against', join('proto', 'baseline.binpb')]);
}

async function checkGenerated(root) {
  const fresh = mkdtempSync(join(tmpdir(), 'maestro-gen-'));
  try {
    await tool(root, 'buf', ['generate', '-o', fresh]);
    const gen = join('libs', 'proto', 'src', 'gen');
    await run('diff', ['-rq', join(root, gen), join(fresh, gen)]);
  } catch (error) {
    throw new Error(`${error.message}\nRun "npm run generate" and commit the result.`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(output.trim()))));
  });
}

module.exports = { CHECKS, QUIET };
