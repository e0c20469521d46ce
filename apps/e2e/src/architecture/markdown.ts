import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Folders that are made, not written, or kept as others wrote them. */
const SKIPPED = new Set(['node_modules', 'dist', 'fixtures', 'coverage', '.git', '.nx', '.maestro']);

/** filesUnder lists every file below a folder of the repository, as paths from its root. */
export function filesUnder(root: string, folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(root, path) : [relative(root, path)];
  });
}

/** linksOf are the targets of a Markdown text's links that point into the repository. */
export function linksOf(markdown: string): string[] {
  const targets = [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** pathsOf are the file paths that a Markdown text names in backticks; patterns (`<type>`, `*`) are left out. */
export function pathsOf(markdown: string): string[] {
  const spans = [...withoutBlocks(markdown).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  return spans.filter((span) => /^[\w.@-]+(\/[\w.@-]+)+\.(ts|sql|proto|md|ya?ml|[cm]js)$/.test(span));
}

/** anchorsOf are the names by which links reach the headings of a Markdown text. */
export function anchorsOf(markdown: string): string[] {
  const headings = [...withoutBlocks(markdown).matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? '');
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

function withoutBlocks(markdown: string): string {
  return markdown.replace(/^( *)```[^]*?^ *```$/gm, '');
}

function withoutCode(markdown: string): string {
  return withoutBlocks(markdown).replace(/`[^`\n]*`/g, '');
}
