'use strict';

const { spawn } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/** installPackages runs `npm ci` when node_modules is missing or was made from another lock file. */
async function installPackages(root) {
  const stamp = join(root, 'node_modules', '.maestro-stamp');
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!isInstalledByHand(root)) await npmCi(root);
  writeFileSync(stamp, wanted);
}

function fingerprint(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** npm leaves its own copy of the lock behind; one newer than ours means that somebody ran npm since. */
function isInstalledByHand(root) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function npmCi(root) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const say = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
  say('Installing npm packages (half a minute the first time)');
  const ticker = process.stderr.isTTY
    ? setInterval(() => say(`Installing npm packages: ${seconds()}`), 1000)
    : undefined;
  return new Promise((resolve, reject) => {
    let output = '';
    const [command, args] = npmCommand();
    const child = spawn(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => reject(new Error(explain(error.code ?? error.message, root))));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(explain(output.trim(), root)));
    });
  })
    .then(() => say(`Installed npm packages in ${seconds()}\n`))
    .finally(() => clearInterval(ticker));
}

/** Started by npm, that very npm is used; it need not be on PATH. */
function npmCommand() {
  const self = process.env.npm_execpath;
  return self !== undefined && /npm-cli\.c?js$/.test(self) ? [process.execPath, [self]] : ['npm', []];
}

function explain(reason, root) {
  if (reason === 'ENOENT') return 'npm was not found. It comes with Node: install Node from https://nodejs.org.';
  const denied = /EACCES|EPERM|EROFS/.test(reason)
    ? `\nYou may not write in ${root}: run this as the owner of that folder, or clone the repository where you may.`
    : '';
  const network = /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(reason)
    ? '\nThe package registry was not reached: check the network, or "npm config get registry".'
    : '';
  return `npm ci failed:\n${reason.slice(0, 2000)}${denied}${network}`;
}

module.exports = { installPackages };
