/** SessionSettings are Postgres run-time settings (`SET name = value`) by name. */
export type SessionSettings = Readonly<Record<string, string>>;

/**
 * HOT_PATH_SETTINGS keep plans prepared on empty tables from staying sequential scans: measured, a commit of one step
 * took 2.2 ms instead of 0.8 until autoanalyze had run, because a named statement keeps its first generic plan.
 */
export const HOT_PATH_SETTINGS: SessionSettings = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
};

interface SessionInput {
  readonly url: string;
  readonly schema?: string;
  readonly hotPath?: boolean;
  readonly settings?: SessionSettings;
}

/**
 * sessionOptions is the `options` parameter of a connection: settings sent with the connection itself cost no round
 * trip and hold for its whole life. Options that the URL brings are kept and come first, so that ours win.
 */
export function sessionOptions(input: SessionInput): string {
  const settings: SessionSettings = {
    ...(input.schema === undefined ? {} : { search_path: input.schema }),
    ...(input.hotPath === true ? HOT_PATH_SETTINGS : {}),
    ...input.settings,
  };
  const own = Object.entries(settings).map(([name, value]) => `-c ${name}=${escape(value)}`);
  return [urlOptions(input.url), ...own].filter((part) => part !== '').join(' ');
}

/** withoutOptions is the URL without its `options` parameter, which would otherwise replace ours in `pg`. */
export function withoutOptions(url: string): string {
  return url.replace(/([?&])options=[^&]*&?/, '$1').replace(/[?&]$/, '');
}

function urlOptions(url: string): string {
  const found = /[?&]options=([^&]*)/.exec(url)?.[1];
  return found === undefined ? '' : decodeURIComponent(found);
}

/** Postgres splits the options at spaces; a backslash protects one. */
function escape(value: string): string {
  return value.replace(/[\\\s]/g, (character) => `\\${character}`);
}
