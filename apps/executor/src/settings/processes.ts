import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integer, optional, setting, text, yesNo } from '@maestro/config';

const PLAIN_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** processSettings are those of Shell, Python and Notebook steps, which run as processes of the executor's machine. */
export const processSettings = {
  processPath: setting({
    flag: 'executor-process-path',
    env: 'MAESTRO_EXECUTOR_PROCESS_PATH',
    schema: text(),
    default: PLAIN_PATH,
    doc: 'where the processes of steps find programs (their PATH)',
    example: `/opt/python/bin:${PLAIN_PATH}`,
  }),
  cacheDir: setting({
    flag: 'executor-cache-dir',
    env: 'MAESTRO_EXECUTOR_CACHE_DIR',
    schema: text(),
    // One folder for each user: the first one to come would otherwise own it.
    default: join(tmpdir(), `maestro-executor-cache-${String(process.getuid?.() ?? 'user')}`),
    doc: 'folder for copies of git repositories and Python environments, shared by the executors of a machine',
    example: '/var/cache/maestro-executor',
  }),
  gitHome: setting({
    flag: 'executor-git-home',
    env: 'MAESTRO_EXECUTOR_GIT_HOME',
    schema: optional(text()),
    default: '',
    doc: 'home folder with the credentials (.netrc, .gitconfig, .ssh) by which repositories are read; empty: none',
    example: '/etc/maestro/git-home',
  }),
  gitAllowFile: setting({
    flag: 'executor-git-allow-file',
    env: 'MAESTRO_EXECUTOR_GIT_ALLOW_FILE',
    schema: yesNo(),
    default: 'false',
    doc: "true: steps may name git repositories of the executor's machine (file:///..) besides https and ssh",
    example: 'true',
  }),
  pipConfig: setting({
    flag: 'executor-pip-config',
    env: 'MAESTRO_EXECUTOR_PIP_CONFIG',
    schema: optional(text()),
    default: '',
    doc: "pip's configuration file for the requirements of Python steps (index, proxy, certificates); empty: none",
    example: '/etc/maestro/pip.conf',
  }),
  pythonEnvironments: setting({
    flag: 'executor-python-environments',
    env: 'MAESTRO_EXECUTOR_PYTHON_ENVIRONMENTS',
    schema: integer({ min: 1, max: 10_000 }),
    default: '20',
    doc: 'how many virtual environments of Python steps are kept; the longest unused go first',
    example: '100',
  }),
};
