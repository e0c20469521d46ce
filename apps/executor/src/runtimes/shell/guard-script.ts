/**
 * GUARD_SCRIPT runs the command in its arguments inside a process group that cannot outlive the executor. File
 * descriptor 3 is a pipe that only the executor holds: when it ends (also by kill -9 of the executor, or because the
 * executor closes it after the script's end) the watcher kills the whole group, itself included. The watcher ignores
 * the polite signals, so that a cancelled script may take its grace. The command replaces the shell, so that the exit
 * code is its own.
 */
export const GUARD_SCRIPT = [
  `( trap '' TERM INT HUP; read -r _ <&3; kill -KILL 0 ) </dev/null >/dev/null 2>&1 &`,
  'exec 3<&-',
  'exec "$@"',
].join('\n');
