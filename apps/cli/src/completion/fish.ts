import type { ArgumentKind, DescribedCommand, DescribedOption } from './described-command.js';

/** fishScript completes the same as bashScript, with descriptions; names come from `maestro __complete`. */
export function fishScript(commands: readonly DescribedCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, argument }) => [
    `complete -c maestro -n __fish_use_subcommand -a ${name} -d '${description}'`,
    ...options.map((option) => `${inCommand(name)} ${optionText(option)}`),
    ...argumentLine(name, argument),
  ]);
  return `# fish completion of maestro: maestro completion fish | source\ncomplete -c maestro -f\n${lines.join('\n')}\n`;
}

function inCommand(name: string): string {
  return `complete -c maestro -n '__fish_seen_subcommand_from ${name}'`;
}

function optionText({ short, long, description, value }: DescribedOption): string {
  const flags = [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    ...(long === undefined ? [] : [`-l ${long.slice(2)}`]),
  ];
  return [...flags, ...valueText(value), `-d '${description}'`].join(' ');
}

function valueText(value: DescribedOption['value']): string[] {
  if (value === 'none') return [];
  if (value === 'any' || value === 'name') return ['-x'];
  return value === 'file' ? ['-r', '-F'] : ['-x', `-a '${value.join(' ')}'`];
}

function argumentLine(name: string, kind: ArgumentKind): string[] {
  if (kind === 'none') return [];
  if (kind === 'file') return [`${inCommand(name)} -F`];
  const words = kind === 'name' ? '(maestro __complete (commandline -ct) 2>/dev/null)' : kind.join(' ');
  return [`${inCommand(name)} -a '${words}'`];
}
