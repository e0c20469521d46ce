import type { IncomingMessage } from 'node:http';
import { MaestroError } from '@maestro/domain';

/** BodyKind says which content types a route takes and how many bytes. */
export interface BodyKind {
  readonly contentTypes: readonly string[];
  readonly limit: number;
}

function checkContentType(request: IncomingMessage, { contentTypes }: BodyKind): void {
  const given = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (contentTypes.includes(given)) return;
  const expected = contentTypes[0] ?? '';
  throw new MaestroError(
    'UNSUPPORTED_MEDIA_TYPE',
    `The body is ${given === '' ? 'without a content type' : given}; send the header "content-type: ${expected}".`,
    { metadata: { expected: contentTypes.join(', '), given } },
  );
}

function tooLarge(limit: number): MaestroError {
  return new MaestroError('REQUEST_TOO_LARGE', `The body has more than the ${limit} bytes that this path takes.`, {
    metadata: { limit: String(limit) },
  });
}

/** Not by async iteration: leaving that early closes the socket, and the client would never read why. */
function readAll(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(tooLarge(limit));
    });
    request.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    request.once('error', reject);
    request.once('close', () => {
      if (!request.complete) reject(new MaestroError('INVALID_REQUEST', 'The body ended too early.'));
    });
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * readBody reads the whole body as text. Throws UNSUPPORTED_MEDIA_TYPE, REQUEST_TOO_LARGE (before reading more than the
 * limit), and INVALID_REQUEST for an empty body and for bytes that are not UTF-8.
 */
export async function readBody(request: IncomingMessage, kind: BodyKind): Promise<string> {
  checkContentType(request, kind);
  const bytes = await readBytes(request, kind.limit);
  if (bytes.length === 0) throw new MaestroError('INVALID_REQUEST', 'The body is empty.');
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new MaestroError('INVALID_REQUEST', 'The body is not valid UTF-8.', { cause });
  }
}

/** readBytes reads the whole body as it is. Throws REQUEST_TOO_LARGE before reading more than the limit. */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  return readAll(request, limit);
}
