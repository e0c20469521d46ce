import type { z } from 'zod';

/** Setting describes one thing that a person can set, by flag or by environment variable. */
export interface Setting<T> {
  /** Flag without dashes: `rest-port` is `--rest-port 8080` on the command line. */
  readonly flag: string;
  /** Environment variable: `MAESTRO_REST_PORT`. A flag wins over it. */
  readonly env: string;
  /** Turns the text into the value, or says what is wrong with it. */
  readonly schema: z.ZodType<T, string>;
  /** The text used when neither flag nor variable is given; a setting without default must be given. */
  readonly default?: string;
  /** One line for `--help`. */
  readonly doc: string;
  /** A good value, shown when a bad one is refused. */
  readonly example: string;
  /** A secret is never printed; of a URL only the password is hidden. */
  readonly secret?: boolean;
  /** A switch takes no value: `--durable` means `true`. */
  readonly switch?: boolean;
}

/** Settings are the settings of one program by the name that its code uses. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** ConfigSpec is all that can be set of one program. */
export interface ConfigSpec<S extends Settings = Settings> {
  /** Name of the program as `--help` shows it: `maestro-scheduler`. */
  readonly program: string;
  /** One sentence about the program. */
  readonly doc: string;
  readonly settings: S;
}

/** Config is the parsed configuration: frozen, every value of its schema's type. */
export type Config<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** defineConfig is the spec as given; it exists so that the types of the settings are kept. */
export function defineConfig<S extends Settings>(spec: ConfigSpec<S>): ConfigSpec<S> {
  return spec;
}

/** setting is the setting as given; it exists so that the type of its value is taken from the schema. */
export function setting<T>(spec: Setting<T>): Setting<T> {
  return spec;
}
