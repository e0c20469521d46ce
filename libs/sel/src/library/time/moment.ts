import { SelObject } from '../../runtime/value.js';
import { isoText } from './iso-text.js';
import { checkedMs } from './instant-range.js';
import { instantNear, type Zone } from './zone.js';

/** Moment is an instant seen in a zone, a DATETIME. */
export class Moment extends SelObject {
  readonly type = 'DATETIME';
  /** Offset of the zone at the instant, in milliseconds. */
  readonly offset: number;

  /** Milliseconds from 1970 UTC. TimeProblem for instants outside of the years there are. */
  constructor(
    readonly ms: number,
    readonly zone: Zone,
  ) {
    super();
    this.offset = zone.offsetAt(checkedMs(ms));
  }

  /** What a clock in the zone shows, as milliseconds. */
  get local(): number {
    return this.ms + this.offset;
  }

  text(): string {
    return isoText(this.local, this.offset);
  }
}

/** withLocal is the moment at which a clock in the same zone shows other local milliseconds, with the same offset if it can. */
export function withLocal({ zone, offset }: Moment, local: number): Moment {
  return new Moment(instantNear(checkedMs(local), zone, offset), zone);
}
