import type { Config, ConfigSpec, Setting, Settings } from './setting.js';

/** wantsHelp says whether a command line asks for help instead of a start. */
export function wantsHelp(argv: readonly string[]): boolean {
  return argv.includes('--help') || argv.includes('-h');
}

/** describeConfig is the text of `--help`: every flag with its variable, meaning and default. */
export function describeConfig(spec: ConfigSpec): string {
  const rows = Object.values(spec.settings).map((setting) => [usage(setting), setting.env, meaning(setting)] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map(
    ([flag, env, doc]) => `  ${flag.padEnd(widths[0] ?? 0)}  ${env.padEnd(widths[1] ?? 0)}  ${doc}`,
  );
  return [
    `${spec.program}: ${spec.doc}`,
    '',
    'Settings (a flag wins over its environment variable):',
    ...lines,
    '',
  ].join('\n');
}

/** printableConfig is a configuration fit for a log: secrets are masked. */
export function printableConfig<S extends Settings>(spec: ConfigSpec<S>, config: Config<S>): Record<string, unknown> {
  const entries = Object.entries<unknown>(config);
  return Object.fromEntries(entries.map(([name, value]) => [name, printable(spec.settings[name], value)]));
}

/** maskSecret hides what must not be printed: of a URL the password, of anything else all. */
export function maskSecret(value: string): string {
  const masked = value.replace(/^(\w+:\/\/[^:/@]*):[^@]*@/, '$1:***@');
  return /^\w+:\/\//.test(value) ? masked : '***';
}

function printable(setting: Setting<unknown> | undefined, value: unknown): unknown {
  if (setting?.secret !== true || value === undefined) return value;
  return typeof value === 'string' ? maskSecret(value) : '***';
}

function usage(setting: Setting<unknown>): string {
  return setting.switch === true ? `--${setting.flag}` : `--${setting.flag} <value>`;
}

function meaning(setting: Setting<unknown>): string {
  if (setting.default === undefined) return `${setting.doc} (must be set; for example ${setting.example})`;
  const shown = setting.default === '' || setting.switch === true ? '' : ` (default ${setting.default})`;
  return `${setting.doc}${shown}`;
}
