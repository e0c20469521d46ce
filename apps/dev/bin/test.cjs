#!/usr/bin/env node
'use strict';

const { join } = require('node:path');
const { checkNode } = require('./node-version.cjs');

/**
 * `npm test`: its own set-up, then every check and every test. `npm test -- --only unit,lint` runs some of them. The last
 * line is `N passed, N failed`: jest tests plus each check as one.
 */
async function main(argv) {
  checkNode();
  const root = join(__dirname, '..', '..', '..');
  await require('./install.cjs').installPackages(root);
  const { CHECKS } = require('./checks.cjs');
  const { JEST_STAGES, runJest } = require('./jest-stage.cjs');
  const chosen = choose(argv, [...CHECKS, ...JEST_STAGES]);
  const total = { passed: 0, failed: 0 };
  for (const stage of chosen) {
    const started = Date.now();
    console.log(`> ${stage.title}`);
    const result = CHECKS.includes(stage) ? await runCheck(root, stage) : await runTests(root, stage, runJest);
    total.passed += result.passed;
    total.failed += result.failed;
    console.log(`  ${result.failed === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

function choose(argv, stages) {
  const list = /^--only(?:=(.*))?$/.exec(argv[0] ?? '');
  if (argv.length === 0) return stages;
  const names = (list?.[1] ?? argv[1] ?? '').split(',');
  const chosen = stages.filter(({ name }) => names.includes(name));
  if (list === null || chosen.length !== names.length) {
    throw new Error(`usage: npm test -- --only ${stages.map(({ name }) => name).join(',')}`);
  }
  return chosen;
}

async function runCheck(root, check) {
  try {
    await check.run(root);
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.log(error.message);
    return { passed: 0, failed: 1 };
  }
}

async function runTests(root, stage, runJest) {
  if (stage.name === 'e2e') await require('./build.cjs').buildApps(root);
  return runJest(root, stage);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
