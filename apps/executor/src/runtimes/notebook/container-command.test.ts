import { execFileSync } from 'node:child_process';
import type { JsonObject } from '@maestro/domain';
import { temporaryFolder } from '@maestro/testing';
import { containerCommand } from './container-command.js';
import { notebookCommand } from './notebook-command.js';

const EVIL = `it's; $(touch broken) \`touch broken\` "x" \\ -n`;

function commandOf(notebook: JsonObject): readonly string[] {
  const paths = { input_path: 'in.ipynb', output_path: 'out.ipynb' };
  return containerCommand(notebookCommand({ notebook: { ...paths, ...notebook } }, { attempt: 1, timeoutMillis: 0n }));
}

/** Runs it with programs that print how they were called. */
function printed(notebook: JsonObject): { readonly lines: readonly string[]; readonly files: string } {
  const folder = temporaryFolder('notebook');
  const say = (name: string, more = ''): string =>
    `printf '#!/bin/sh\\nprintf "%%s|" ${name} "$@"; echo; ${more}\\n' > ${name}; chmod +x ${name}`;
  const setUp = `mkdir bin; cd bin; ${say('papermill')}; ${say('git', 'for last; do :; done; [ "$1" = clone ] && mkdir "$last"; true')}`;
  execFileSync('sh', ['-c', setUp], { cwd: folder });
  const [program = '', ...args] = commandOf(notebook);
  const env = { PATH: `${folder}/bin:${process.env['PATH'] ?? ''}` };
  const out = execFileSync(program, args, { cwd: folder, env, encoding: 'utf8' });
  return { lines: out.trim().split('\n'), files: execFileSync('find', ['.'], { cwd: folder, encoding: 'utf8' }) };
}

it('hands every value over as it is, whatever it looks like to a shell', () => {
  const { lines, files } = printed({
    input_path: EVIL,
    git_repo: `https://g/${EVIL}`,
    git_branch: EVIL,
    git_commit: `c${EVIL}`,
    papermill_arguments: [EVIL],
  });
  expect(lines[0]).toBe(`git|clone|--branch|${EVIL}|--|https://g/${EVIL}|maestro_notebook_git_repo|`);
  expect(lines[1]).toBe(`git|checkout|--detach|c${EVIL}|`);
  expect(lines[2]).toContain(`|${EVIL}|`);
  expect(lines[2]?.endsWith(`|--|${EVIL}|out.ipynb|`)).toBe(true);
  expect(files).not.toContain('broken');
});

it('runs the init command before papermill, and papermill only when that succeeds', () => {
  expect(printed({ init_command: 'echo first &&' }).lines[0]).toBe('first');
  expect(() => printed({ init_command: 'exit 3' })).toThrow();
});

it('refuses a commit that is an option', () => {
  expect(() => commandOf({ git_repo: 'https://g/x', git_commit: '--exec=x' })).toThrow('git_commit');
});
