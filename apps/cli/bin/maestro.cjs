#!/usr/bin/env node
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const bundle = join(__dirname, '..', 'dist', 'main.js');

/** Bundles the command first when its sources are newer: a clone has no build step that one could forget. */
async function run() {
  const scripts = join(__dirname, '..', '..', 'dev', 'bin');
  if (existsSync(join(scripts, 'build.cjs'))) {
    require(join(scripts, 'node-version.cjs')).checkNode();
    await require(join(scripts, 'build.cjs')).buildApps(join(__dirname, '..', '..', '..'), ['apps/cli']);
  }
  process.setSourceMapsEnabled(true);
  require(bundle);
}

run().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
