import type { ArgumentKind, DescribedCommand, DescribedOption } from './described-command.js';

/** zshScript completes the same as bashScript, with descriptions; names come from `maestro __complete`. */
export function zshScript(commands: readonly DescribedCommand[]): string {
  return `#compdef maestro
# zsh completion of maestro: source <(maestro completion zsh)
_maestro_names() {
  local -a names
  names=(\${(f)"$(maestro __complete "$PREFIX" 2>/dev/null)"})
  compadd -a names
}
_maestro() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    '${name}:${description}'\n`).join('')}  )
  if ((CURRENT == 2)); then
    _describe -t commands 'maestro command' commands
    return
  fi
  shift words
  ((CURRENT--))
  case "$words[1]" in
${commands.map(commandCase).join('')}  esac
}
compdef _maestro maestro
`;
}

function commandCase({ name, options, argument }: DescribedCommand): string {
  const specs = [...options.flatMap(optionSpecs), ...argumentSpec(argument)];
  return `    ${name}) _arguments -s ${specs.map((spec) => `'${spec}'`).join(' ')} ;;\n`;
}

function optionSpecs({ short, long, description, value }: DescribedOption): string[] {
  const flags = [short, long].filter((flag) => flag !== undefined);
  return flags.map((flag) => `*${flag}[${description}]${value === 'none' ? '' : `:value:${completer(value)}`}`);
}

function argumentSpec(kind: ArgumentKind): string[] {
  return kind === 'none' ? [] : [`*:argument:${completer(kind)}`];
}

function completer(kind: ArgumentKind | 'any'): string {
  if (kind === 'file') return '_files';
  if (kind === 'name') return '_maestro_names';
  return kind === 'any' || kind === 'none' ? ' ' : `(${kind.join(' ')})`;
}
