/** KnownEnvironment is an environment on the disk. */
export interface KnownEnvironment {
  /** Its name; undefined for a folder that is being built, or that a killed executor left half built. */
  readonly link: string | undefined;
  /** Its folder. */
  readonly target: string;
  /** When it was used last, in milliseconds since 1970. */
  readonly usedAt: number;
}

/** Other executors of the machine may use what was used so lately. */
const IN_USE_MS = 60 * 60_000;
/** Nothing takes so long to build. */
const ABANDONED_MS = 24 * 60 * 60_000;

/** staleEnvironments are those to remove: more than `keep`, the longest unused first, and what was never finished. */
export function staleEnvironments(
  known: readonly KnownEnvironment[],
  keep: number,
  now: number,
): readonly KnownEnvironment[] {
  const named = known.filter(({ link }) => link !== undefined).sort((a, b) => b.usedAt - a.usedAt);
  const targets = new Set(named.map(({ target }) => target));
  const abandoned = known.filter(
    ({ link, target, usedAt }) => link === undefined && !targets.has(target) && now - usedAt > ABANDONED_MS,
  );
  return [...named.slice(keep).filter(({ usedAt }) => now - usedAt > IN_USE_MS), ...abandoned];
}
