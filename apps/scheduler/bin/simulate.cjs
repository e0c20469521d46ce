#!/usr/bin/env node
'use strict';

const { join } = require('node:path');

/** `npm run simulate`: bundles the simulation and plays it; see docs/how-to/simulate.md. */
async function simulate() {
  const root = join(__dirname, '..', '..', '..');
  const { buildTool } = require('../../dev/bin/build.cjs');
  const program = await buildTool(root, 'apps/scheduler/src/simulation/main.ts', 'apps/scheduler/dist/simulate');
  process.setSourceMapsEnabled(true);
  require(program);
}

simulate().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
