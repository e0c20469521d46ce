import {
  checkTarget,
  exchange,
  RefusedTarget,
  type HttpAnswer,
  type HttpPolicy,
  type HttpRequest,
  type Target,
} from '@maestro/outbound';
import { isSecretHeader } from './secret-header.js';

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** follow makes a request and follows redirects, each within `limitMs`; the policy decides anew about every hop. */
export async function follow(
  policy: HttpPolicy,
  url: string,
  first: HttpRequest,
  signal: AbortSignal,
  limitMs: number,
): Promise<HttpAnswer> {
  let target = await checkTarget(policy, url);
  let request = first;
  for (let hops = 0; ; hops += 1) {
    const answer = await exchange(target, request, signal, limitMs);
    if (!REDIRECTS.has(answer.statusCode) || answer.location === undefined) return answer;
    if (hops === MAX_REDIRECTS) throw new RefusedTarget(`The answer is the ${hops + 1}th redirect in a row.`);
    const next = await checkTarget(policy, new URL(answer.location, target.url).href);
    request = redirected(request, answer.statusCode, target, next);
    target = next;
  }
}

/** As browsers and RFC 9110 §15.4 do: 303 always becomes GET, 301 and 302 make a POST one; others repeat the request. */
function redirected(request: HttpRequest, status: number, from: Target, to: Target): HttpRequest {
  const becomesGet = status === 303 || (status < 303 && request.method === 'POST');
  const sameOrigin = from.url.origin === to.url.origin;
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(
      ([name]) => sameOrigin || !(isSecretHeader(name) || name === request.authHeader),
    ),
  );
  return becomesGet ? { method: 'GET', headers } : { ...request, headers };
}
