import { Argument, Command } from 'commander';
import type { Cli } from '../cli.js';
import { bashScript } from '../completion/bash.js';
import { describeCommands, type DescribedCommand } from '../completion/described-command.js';
import { fishScript } from '../completion/fish.js';
import { zshScript } from '../completion/zsh.js';

const SCRIPTS: Readonly<Record<string, (commands: readonly DescribedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** completionCommand: `maestro completion <shell>`. */
export function completionCommand(cli: Cli): Command {
  return new Command('completion')
    .description('print the completion script of a shell, for example: source <(maestro completion bash)')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SCRIPTS)))
    .action(function (this: Command, shell: string) {
      const program = this.parent;
      const script = SCRIPTS[shell];
      if (program !== null && script !== undefined) cli.terminal.out(script(describeCommands(program)));
    });
}
