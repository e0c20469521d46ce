'use strict';

/**
 * Loaded into every Node process of a Maestro by `npm run bench -- --profile <service>`: in that service SIGUSR2 starts a
 * CPU profile, and the next SIGUSR2 ends it and writes it. A signal, because only what is measured should be profiled.
 */
const { renameSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { join } = require('node:path');

const { MAESTRO_BENCH_PROFILE_SERVICE: service, MAESTRO_BENCH_PROFILE_FOLDER: folder } = process.env;
const program = process.argv[1] ?? '';

if (
  service !== undefined &&
  program.endsWith(join('apps', service, 'dist', 'main.js')) &&
  !process.argv.includes('--migrate')
) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  let count = 0;
  let running = false;
  process.on('SIGUSR2', () => {
    running = !running;
    if (running) session.post('Profiler.start');
    else session.post('Profiler.stop', (error, result) => write(error ?? result.profile, (count += 1)));
  });

  const write = (profile, number) => {
    const file = join(folder, `${service}-${number}.cpuprofile`);
    writeFileSync(`${file}.new`, JSON.stringify(profile));
    renameSync(`${file}.new`, file);
  };
}
