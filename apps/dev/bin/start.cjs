#!/usr/bin/env node
'use strict';

const { join } = require('node:path');
const { checkNode } = require('./node-version.cjs');

/** `npm start`: installs what is missing, bundles the apps and hands over to apps/dev. Needs nothing but Node. */
async function start() {
  checkNode();
  const root = join(__dirname, '..', '..', '..');
  await require('./install.cjs').installPackages(root);
  const { buildApps, bundleOf } = require('./build.cjs');
  await buildApps(root);
  process.setSourceMapsEnabled(true);
  require(bundleOf(root, 'apps/dev'));
}

start().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
