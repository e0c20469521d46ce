import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

/** JsonQuestion is one GET of a JSON document. */
export interface JsonQuestion {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Certificates to trust (PEM); default: those of the system. */
  readonly ca?: string;
}

/** JsonReply has the parsed body of a 200; other bodies are not looked at, since they could quote the question. */
export interface JsonReply {
  readonly status: number;
  readonly body?: unknown;
}

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;

/** askJson asks without following redirects: the token in the headers is for this server alone. Rejects when it is away. */
export function askJson({ url, headers, ca }: JsonQuestion): Promise<JsonReply> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const request = send(url, { headers, signal, ...(ca === undefined ? {} : { ca }) });
    request.once('error', reject);
    request.once('response', (response) => {
      reply(response).then(resolve, reject);
    });
    request.end();
  });
}

async function reply(response: IncomingMessage): Promise<JsonReply> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`the answer has more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  const { statusCode: status = 0 } = response;
  if (status !== 200) return { status };
  try {
    return { status, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch {
    throw new Error('the answer is not JSON');
  }
}
