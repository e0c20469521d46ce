import { readFlags } from './flags.js';
import type { Config, ConfigSpec, Setting, Settings } from './setting.js';
import { CONTRACT_VARIABLES, SERVICE_NAMES } from './shared-settings.js';

/** ConfigSource is where settings come from: `process.argv.slice(2)` and `process.env`, read by `main.ts` alone. */
export interface ConfigSource {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told about MAESTRO_* variables that no service knows: likely a typo, but never a reason not to start. */
  readonly warn?: (message: string) => void;
}

/** ConfigError names everything that is wrong with a configuration at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    program: string,
    readonly problems: readonly string[],
  ) {
    super(`${program}: ${problems.join('\n  ')}\n  --help shows all settings.`);
  }
}

/**
 * readConfig parses the whole configuration: a flag wins over the environment, which wins over the default. Throws a
 * ConfigError with every bad, missing or unknown key.
 */
export function readConfig<S extends Settings>(spec: ConfigSpec<S>, source: ConfigSource): Config<S> {
  const flags = readFlags(spec.settings, source.argv);
  const problems = [...flags.problems];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(spec.settings)) {
    const { value, problem } = readSetting(setting, flags.values.get(name), source.env);
    values[name] = value;
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length > 0) throw new ConfigError(spec.program, problems);
  warnOfUnknown(spec, source);
  return Object.freeze(values) as Config<S>;
}

interface Reading {
  readonly value?: unknown;
  readonly problem?: string;
}

function readSetting(setting: Setting<unknown>, flag: string | undefined, env: ConfigSource['env']): Reading {
  const text = flag ?? (env[setting.env] || undefined) ?? setting.default;
  if (text === undefined)
    return { problem: `${keys(setting)} must be set: ${setting.doc}. Example: ${setting.example}` };
  const parsed = setting.schema.safeParse(text);
  if (parsed.success) return { value: parsed.data };
  const key = flag === undefined ? setting.env : `--${setting.flag}`;
  const reasons = parsed.error.issues.map((issue) => issue.message).join(', ');
  const shown = setting.secret === true ? '' : ` (it is "${text}")`;
  return { problem: `${key} ${reasons}${shown}. Example: ${setting.example}` };
}

function keys(setting: Setting<unknown>): string {
  return `--${setting.flag} or ${setting.env}`;
}

function warnOfUnknown(spec: ConfigSpec, { env, warn }: ConfigSource): void {
  const known = new Set([...Object.values(spec.settings).map((setting) => setting.env), ...CONTRACT_VARIABLES]);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('MAESTRO_') || known.has(name) || isOfAnother(spec, name)) continue;
    warn?.(`${name} is set, but no setting has this name`);
  }
}

/** One environment may serve all programs: what names another service is that service's to judge. */
function isOfAnother({ program }: ConfigSpec, variable: string): boolean {
  return SERVICE_NAMES.some(
    (name) => program !== `maestro-${name}` && variable.startsWith(`MAESTRO_${name.toUpperCase()}_`),
  );
}
