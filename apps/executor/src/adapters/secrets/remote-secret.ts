import { writeSecretReference, type SecretReference } from '@maestro/steps';
import { UnresolvedSecret } from '../../ports/secret-provider.js';
import { askJson, type JsonQuestion } from './ask-json.js';
import { unknownSecret } from './secret-field.js';

/** remoteSecret asks a server that keeps secrets for a document; its refusals are sorted into faults. */
export async function remoteSecret(
  server: string,
  reference: SecretReference,
  question: () => Promise<JsonQuestion>,
): Promise<unknown> {
  const { status, body } = await question()
    .then(askJson)
    .catch((cause: unknown) => {
      if (cause instanceof UnresolvedSecret) throw cause;
      throw away(server, reference, cause instanceof Error ? cause.message : String(cause), cause);
    });
  if (status === 200) return body;
  if (status === 404) throw unknownSecret(reference, `${server} does not have it`);
  const why =
    status === 401 || status === 403 ? `answered ${status}: the executor may not read it` : `answered ${status}`;
  throw away(server, reference, why);
}

function away(server: string, reference: SecretReference, why: string, cause?: unknown): UnresolvedSecret {
  const text = `${writeSecretReference(reference)} could not be read from ${server}: ${why}.`;
  return new UnresolvedSecret('platform', text, { cause });
}
