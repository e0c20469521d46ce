import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { SecretReference } from '@maestro/steps';
import { UnresolvedSecret, type SecretProvider } from '../../ports/secret-provider.js';
import { jsonMap } from './json-map.js';
import { secretField, unknownSecret } from './secret-field.js';

const MAX_BYTES = 64 * 1024;

/**
 * fileSecrets takes secrets from files below one folder: `secret://file/<path>`, or a key of a JSON file. One line break at
 * the end is not part of the secret. Links are followed only within the folder.
 */
export function fileSecrets(root: string): SecretProvider {
  return {
    name: 'file',
    fetch: async (reference) => {
      const text = await read(await within(root, reference), reference);
      return reference.key === undefined ? text.replace(/\r?\n$/, '') : secretField(reference, jsonMap(text));
    },
  };
}

async function within(root: string, reference: SecretReference): Promise<string> {
  const folder = await realpath(root).catch((cause: unknown) => {
    throw new UnresolvedSecret('platform', `The folder of secrets ${root} cannot be read by the executor.`, { cause });
  });
  const file = await realpath(join(folder, reference.path)).catch(() => undefined);
  if (file === undefined || !file.startsWith(folder + sep)) throw unknownSecret(reference, 'there is no such file');
  return file;
}

async function read(file: string, reference: SecretReference): Promise<string> {
  const found = await stat(file);
  if (!found.isFile()) throw unknownSecret(reference, 'it is not a file');
  if (found.size > MAX_BYTES) throw unknownSecret(reference, `the file has more than ${MAX_BYTES} bytes`);
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UnresolvedSecret('platform', `The file of ${reference.path} cannot be read by the executor.`, { cause });
  }
}
