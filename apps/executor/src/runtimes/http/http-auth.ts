import type { Json } from '@maestro/domain';
import { isJsonObject } from '../params.js';

/** HttpAuth is a header that proves who asks; its value appears nowhere but in the request. */
export interface HttpAuth {
  readonly header: string;
  readonly value: string;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const FORMS = 'give { bearer }, { username, password } or { header, value }';

/** httpAuthOf reads the param `auth`; a text says what is wrong with it. */
export function httpAuthOf(auth: Json | undefined): HttpAuth | string | undefined {
  if (auth === undefined || auth === null) return undefined;
  if (!isJsonObject(auth)) return `The param "http.auth" must be a MAP: ${FORMS}.`;
  const { bearer, username, password, header, value } = auth;
  if (typeof bearer === 'string') return { header: 'Authorization', value: `Bearer ${bearer}` };
  if (typeof username === 'string' && typeof password === 'string') {
    const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
    return { header: 'Authorization', value: `Basic ${encoded}` };
  }
  if (typeof header === 'string' && typeof value === 'string' && TOKEN.test(header)) return { header, value };
  return `The param "http.auth" is incomplete: ${FORMS}.`;
}

/** withoutAuth is a text in which the proof does not stand, should a server have echoed it. */
export function withoutAuth(text: string, auth: HttpAuth | undefined): string {
  if (auth === undefined) return text;
  const proof = auth.value.replace(/^(Bearer|Basic) /, '');
  return proof === '' ? text : text.replaceAll(proof, '***');
}
