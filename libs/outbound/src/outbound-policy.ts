import { lookup } from 'node:dns/promises';
import type { HttpPolicy, PolicySettings } from './check-target.js';

/** outboundPolicy is the policy that settings ask for; `allow` lists hosts, separated by commas. */
export function outboundPolicy(
  { allow = '', allowPrivate }: { readonly allow: string | undefined; readonly allowPrivate: boolean },
  settings: PolicySettings,
): HttpPolicy {
  const hosts = allow.split(',').map((host) => host.trim().toLowerCase());
  return {
    allowedHosts: hosts.filter((host) => host !== ''),
    allowPrivate,
    resolve: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
    settings,
  };
}
