import type { ArgumentKind, DescribedCommand, DescribedOption } from './described-command.js';

/** bashScript completes commands, options, their values, files, and names by asking `maestro __complete`. */
export function bashScript(commands: readonly DescribedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# bash completion of maestro: source <(maestro completion bash)
_maestro() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD - 1]}" command="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case " ${names} " in *" \${COMP_WORDS[i]} "*)
      command="\${COMP_WORDS[i]}"
      break
      ;;
    esac
  done
  case "$command $prev" in
${commands.flatMap(optionValues).join('')}  esac
  case "$command" in
    "") COMPREPLY=($(compgen -W "${names}" -- "$cur")) ;;
${commands.map(commandCase).join('')}  esac
}
complete -o bashdefault -o default -F _maestro maestro
`;
}

function commandCase({ name, options, argument }: DescribedCommand): string {
  const flags = options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag !== undefined);
  return `    ${name})
      if [[ "$cur" == -* ]]; then
        COMPREPLY=($(compgen -W "${flags.join(' ')}" -- "$cur"))
      else
        ${reply(argument)}
      fi
      ;;
`;
}

function optionValues({ name, options }: DescribedCommand): string[] {
  return options
    .filter(({ value }) => value !== 'none')
    .map((option) => `    ${patterns(name, option)}) ${reply(option.value)}; return ;;\n`);
}

function patterns(command: string, { short, long }: DescribedOption): string {
  const flags = [short, long].filter((flag) => flag !== undefined);
  return flags.map((flag) => `"${command} ${flag}"`).join(' | ');
}

function reply(kind: ArgumentKind | 'any'): string {
  if (kind === 'file') return 'COMPREPLY=($(compgen -f -- "$cur"))';
  if (kind === 'name') return 'COMPREPLY=($(compgen -W "$(maestro __complete "$cur" 2>/dev/null)" -- "$cur"))';
  if (kind === 'none' || kind === 'any') return 'COMPREPLY=()';
  return `COMPREPLY=($(compgen -W "${kind.join(' ')}" -- "$cur"))`;
}
