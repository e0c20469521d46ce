import type { TextPosition } from '@maestro/domain';
import type { Path } from './path.js';
import { pathText } from './path.js';

/** Problem is one thing wrong with a document, before its place in the text is looked up. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
  /** Where in the expression or text at the path, when the fault lies in one. */
  readonly within?: TextPosition;
  /** The line of that expression or text with a caret below the place. */
  readonly excerpt?: string;
}

/** Problems collects everything that is wrong, so that a caller hears of all of it at once. */
export class Problems {
  private readonly found: Problem[] = [];

  add(path: Path, message: string): void {
    this.found.push({ path, message });
  }

  get list(): readonly Problem[] {
    return this.found;
  }
}

/** independentOf drops problems that lie at or below a place which could not even be read: they would only be echoes. */
export function independentOf(problems: readonly Problem[], unreadable: readonly Problem[]): readonly Problem[] {
  if (unreadable.length === 0) return problems;
  const broken = new Set(unreadable.map((problem) => pathText(problem.path)));
  return problems.filter(({ path }) => {
    for (let at: Path = path; at.parent !== undefined; at = at.parent) if (broken.has(pathText(at))) return false;
    return true;
  });
}
