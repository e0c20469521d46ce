import { isIP } from 'node:net';
import { isPrivateAddress } from './private-addresses.js';

/** Resolve answers with all addresses of a name; rejects when it has none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** HttpPolicy says where a service may go for its users. */
export interface HttpPolicy {
  /** Hosts in lower case; `*` = any; empty = nowhere. */
  readonly allowedHosts: readonly string[];
  /** Also addresses that are not on the public internet. */
  readonly allowPrivate: boolean;
  readonly resolve: Resolve;
  /** Which settings decide: an error names them. */
  readonly settings: PolicySettings;
}

/** PolicySettings are the environment variables behind a policy, and the service that has them. */
export interface PolicySettings {
  readonly service: string;
  readonly allow: string;
  readonly allowPrivate: string;
}

/** RefusedTarget is a URL that the policy forbids. The message says why and which setting decides. */
export class RefusedTarget extends Error {
  override readonly name = 'RefusedTarget';
}

/** Target is a URL that may be called, at exactly this address. */
export interface Target {
  readonly url: URL;
  readonly address: string;
}

/**
 * checkTarget decides whether a URL may be called. Its name is resolved first, every address must be allowed, and the
 * caller connects to the address that was looked at: a name that changes its mind (DNS rebinding) gains nothing.
 */
export async function checkTarget(policy: HttpPolicy, text: string): Promise<Target> {
  const url = parse(text);
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  checkHost(policy, host);
  const addresses = isIP(host) === 0 ? await policy.resolve(host) : [host];
  const [address] = addresses;
  if (address === undefined) throw new RefusedTarget(`The host ${host} has no address.`);
  const hidden = policy.allowPrivate ? undefined : addresses.find(isPrivateAddress);
  if (hidden === undefined) return { url, address };
  throw new RefusedTarget(
    `The host ${host} is ${hidden}, which is not on the public internet. ` +
      `To allow such addresses set ${policy.settings.allowPrivate}=true on the ${policy.settings.service}.`,
  );
}

function parse(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new RefusedTarget(`"${text}" is not a URL. Example: https://example.com/path`);
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw new RefusedTarget(`The URL begins with ${url.protocol}// but only http:// and https:// are allowed.`);
}

function checkHost({ allowedHosts, settings }: HttpPolicy, host: string): void {
  if (allowedHosts.includes(host) || allowedHosts.includes('*')) return;
  const known = allowedHosts.length === 0 ? 'No host is allowed yet' : `Allowed are ${allowedHosts.join(', ')}`;
  throw new RefusedTarget(
    `The host ${host} is not on the allow-list of this ${settings.service}. ${known}; set ${settings.allow} to the ` +
      'hosts that may be called, separated by commas.',
  );
}
