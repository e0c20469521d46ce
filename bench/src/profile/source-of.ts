/** ReadSource reads the text behind a URL of a profile, if it is a file. */
export type ReadSource = (url: string) => string | undefined;

/** SourcePlace is where a function comes from. */
export interface SourcePlace {
  /** A folder of ours (`libs/engine`), the name of an npm package, `node` or `v8`. */
  readonly owner: string;
  /** `libs/engine/src/decide.ts`, or the URL and line of what is not ours. */
  readonly file: string;
}

const PACKAGE = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** esbuild writes the path of each module that it bundles above it. */
const MODULE = /^\/\/ ((?:libs|apps|bench)\/[^/]+)(\/\S+)$/;

/** sourceOf makes the function that finds the place of a URL and a line (from 0), also inside bundles. */
export function sourceOf(readSource: ReadSource): (url: string, line: number) => SourcePlace {
  const bundles = new Map<string, readonly string[]>();
  const linesOf = (url: string): readonly string[] => {
    const lines = bundles.get(url) ?? readSource(url)?.split('\n') ?? [];
    bundles.set(url, lines);
    return lines;
  };
  return (url, line) => {
    if (url === '') return { owner: 'v8', file: '' };
    if (url.startsWith('node:')) return { owner: 'node', file: url };
    const library = PACKAGE.exec(url)?.[1];
    if (library !== undefined) return { owner: library, file: `${url.replace(/.*\/node_modules\//, '')}:${line + 1}` };
    return moduleAbove(linesOf(url), line) ?? { owner: 'other', file: `${url}:${line + 1}` };
  };
}

function moduleAbove(lines: readonly string[], line: number): SourcePlace | undefined {
  for (let at = line; at >= 0; at -= 1) {
    const match = MODULE.exec(lines[at] ?? '');
    if (match?.[1] !== undefined) return { owner: match[1], file: `${match[1]}${match[2]}` };
  }
  return undefined;
}
