import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HERE = join(__dirname, '../..');
const DOCS = join(HERE, '../../docs/sel');

/** corpus is every known expression: those of the vectors, and those of the examples in the docs, which call every member. */
export function corpus(): readonly string[] {
  const text = readFileSync(join(HERE, 'fixtures/sel-vectors.json'), 'utf8');
  const vectors = JSON.parse(text) as readonly { readonly expr: string }[];
  return [...vectors.map(({ expr }) => expr), ...examples()];
}

function examples(): readonly string[] {
  const pages = readdirSync(DOCS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  return pages.flatMap((name) =>
    [...readFileSync(join(DOCS, name), 'utf8').matchAll(/```sel\n([^]*?)```/g)].map(([, code = '']) => code),
  );
}
