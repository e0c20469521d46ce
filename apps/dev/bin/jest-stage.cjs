'use strict';

const { spawn } = require('node:child_process');
const { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** The kinds of jest tests, cheapest first; see jest.preset.cjs. */
const JEST_STAGES = [
  { name: 'unit', title: 'unit tests', timeoutMs: 15_000, args: [] },
  { name: 'integration', title: 'integration tests (real Postgres and NATS)', timeoutMs: 60_000, args: [] },
  { name: 'e2e', title: 'end-to-end tests (every service as a process)', timeoutMs: 180_000, args: ['--runInBand'] },
];

/** runJest runs one kind of tests of all projects in one jest and counts them. A file that cannot run is one failure. */
async function runJest(root, stage) {
  const folder = mkdtempSync(join(tmpdir(), 'maestro-jest-'));
  const outputFile = join(folder, 'results.json');
  try {
    await spawnJest(root, stage, outputFile);
    if (!existsSync(outputFile)) return { passed: 0, failed: 1 };
    const results = JSON.parse(readFileSync(outputFile, 'utf8'));
    return { passed: results.numPassedTests, failed: results.numFailedTests + results.numRuntimeErrorTestSuites };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function spawnJest(root, stage, outputFile) {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  // A test that left something open has failed or says so; it must not hold the whole run for ever.
  const fixed = [
    '--forceExit',
    '--json',
    `--outputFile=${outputFile}`,
    '--passWithNoTests',
    `--testTimeout=${stage.timeoutMs}`,
    `--testSequencer=${join(__dirname, 'simulation-first.cjs')}`,
  ];
  const args = [jest, '--projects', ...projects(root), ...fixed, ...stage.args];
  return new Promise((resolve, reject) => {
    // With --json jest prints the results on stdout; its progress goes to stderr.
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, MAESTRO_TEST_KIND: stage.name },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

function projects(root) {
  const grouped = ['libs', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name)),
  );
  return [...grouped, join(root, 'bench')].filter((folder) => existsSync(join(folder, 'jest.config.cjs')));
}

module.exports = { JEST_STAGES, runJest };
