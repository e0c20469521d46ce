#!/usr/bin/env node
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { checkNode } = require('./node-version.cjs');

/** `npm run bench`: set-up as in `npm start`, then the bundle of bench/. */
async function bench() {
  checkNode();
  const root = join(__dirname, '..', '..', '..');
  await require('./install.cjs').installPackages(root);
  const { buildApps, bundleOf } = require('./build.cjs');
  await buildApps(root);
  process.setSourceMapsEnabled(true);
  const program = bundleOf(root, 'bench');
  if (!existsSync(program)) throw new Error('bench/src/main.ts does not exist');
  require(program);
}

bench().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
