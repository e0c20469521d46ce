'use strict';

const OLDEST = [20, 19];

/** checkNode ends the process with advice when this Node is too old to run what follows. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(
    `Maestro needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}.\n` +
      'Install a current one from https://nodejs.org, or with "nvm install --lts".',
  );
  process.exit(1);
}

module.exports = { checkNode };
