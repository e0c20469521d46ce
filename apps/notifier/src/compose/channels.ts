import type { Channel } from '../ports/channel.js';

/** channelsOf are the ways to reach somebody outside, one line each. */
export function channelsOf(): readonly Channel[] {
  return [];
}
