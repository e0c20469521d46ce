/** Path is where in a document something is: a chain from the value up to the root. */
export interface Path {
  readonly parent?: Path | undefined;
  readonly key: string | number;
}

/** ROOT is the document itself. */
export const ROOT: Path = { key: '' };

/** child is the path of a member (by its name) or an item (by its index). */
export function child(parent: Path, key: string | number): Path {
  return { parent, key };
}

/** pathOf builds a path from its keys, outermost first. */
export function pathOf(...keys: readonly (string | number)[]): Path {
  return keys.reduce<Path>(child, ROOT);
}

/** segments lists the keys of a path, outermost first. */
export function segments(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Path = path; at.parent !== undefined; at = at.parent) keys.push(at.key);
  return keys.reverse();
}

function segmentText(key: string | number, index: number): string {
  // The first may be a path of its own: where in a larger document this one is.
  if (index === 0) return String(key);
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_$][-\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** pathText writes a path the way people read it: `workflow.steps[2].step.transition.successors["job.2"]`. */
export function pathText(path: Path): string {
  return segments(path).map(segmentText).join('');
}

const SEGMENT = /^([^.[]+)|\.([A-Za-z_$][-\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** pathOfText reads what pathText writes; what cannot be read any further is left out. */
export function pathOfText(text: string): Path {
  const pattern = new RegExp(SEGMENT);
  let path = ROOT;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [, first, name, index, quoted] = found;
    path = child(path, index === undefined ? (first ?? name ?? (JSON.parse(quoted ?? '""') as string)) : Number(index));
  }
  return path;
}
