import type { Command, Option } from 'commander';

/** What completes the arguments of a command. */
export type ArgumentKind = 'file' | 'name' | 'none' | readonly string[];

/** DescribedOption is an option as shells want to know it. */
export interface DescribedOption {
  readonly short?: string;
  readonly long?: string;
  readonly description: string;
  readonly value: ArgumentKind | 'any';
}

/** DescribedCommand is a command as shells want to know it. */
export interface DescribedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly DescribedOption[];
  readonly argument: ArgumentKind;
}

/** describeCommands reads the program itself, so that completions never lack a command or an option. */
export function describeCommands(program: Command): DescribedCommand[] {
  const common = program.options.filter((option) => !option.hidden).map(describeOption);
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({
      name: command.name(),
      description: firstSentence(command.description()),
      options: [...command.options.map(describeOption), ...common],
      argument: command.name() === 'help' ? program.commands.map((each) => each.name()) : argumentKind(command),
    }));
}

function argumentKind(command: Command): ArgumentKind {
  const [first] = command.registeredArguments;
  if (first === undefined) return 'none';
  if (first.argChoices !== undefined) return first.argChoices;
  return first.name().startsWith('file') ? 'file' : 'name';
}

function describeOption(option: Option): DescribedOption {
  return {
    ...(option.short === undefined ? {} : { short: option.short }),
    ...(option.long === undefined ? {} : { long: option.long }),
    description: firstSentence(option.description),
    value: valueKind(option),
  };
}

function valueKind({ flags, argChoices }: Option): DescribedOption['value'] {
  if (argChoices !== undefined) return argChoices;
  if (!/[<[]/.test(flags)) return 'none';
  return /<(file|folder)>/.test(flags) ? 'file' : 'any';
}

/** Quotes, brackets and colons mean something to shells. */
function firstSentence(text: string): string {
  return (text.split(/[;:(]/)[0] ?? '').replace(/["'`[\]]/g, '').trim();
}
