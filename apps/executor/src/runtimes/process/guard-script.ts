/**
 * GUARD_SCRIPT runs a command inside a process group that cannot outlive the executor. Arguments: the limit of memory in
 * KiB or nothing, what marks the environment of the step (`NAME=value`), the command. File descriptor 3 is a pipe that
 * only the executor holds: when it ends (also by kill -9 of the executor) the watcher kills what left the group but
 * carries the mark, then the whole group, itself included. The watcher ignores the polite signals, so that a cancelled
 * step may take its grace. The command replaces the shell, so that the exit code is its own.
 */
export const GUARD_SCRIPT = [
  `( trap '' TERM INT HUP; read -r _ <&3`,
  // A shell's own redirection: /proc/self is the watcher.
  `  read -r self _ </proc/self/stat`,
  `  for found in $(grep -lzxF "$2" /proc/[0-9]*/environ); do`,
  `    pid=\${found#/proc/}; pid=\${pid%/environ}`,
  `    [ "$pid" = "$self" ] || kill -KILL "$pid"`,
  `  done`,
  `  kill -KILL 0`,
  `) </dev/null >/dev/null 2>&1 &`,
  'exec 3<&-',
  // Private memory that can be written, of each process: what is only reserved does not count (getrlimit(2), RLIMIT_DATA).
  '[ -z "$1" ] || ulimit -d "$1"',
  'shift 2',
  'exec "$@"',
].join('\n');
