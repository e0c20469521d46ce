import { attemptId, type AttemptKey, type Millis } from '@maestro/domain';
import { pipeline, queryOne, transaction, type Statement } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { CallBackProof, CallBackStore, CallBackVerdict } from '../../ports/call-back-store.js';
import { lockTokensOf, type AttemptTokenRow } from './attempt-token.js';
import { insertCallBack, selectCallBack } from './call-back.js';
import { ChannelListener } from './channel-listener.js';

const CHANNEL = 'maestro_call_back';

/** postgresCallBackStore keeps call-backs in the table call_back and tells waiters by LISTEN and NOTIFY. */
export function postgresCallBackStore(pool: Pool, listening: Pool): CallBackStore & { close(): void } {
  const listener = new ChannelListener(listening, CHANNEL);
  return {
    accept: (of, proof, body, now) => accept(pool, of, proof, body, now),
    read: async (of) => (await queryOne(pool, selectCallBack(of)))[0]?.body,
    watch: (of, changed) => listener.watch(attemptId(of), changed),
    close: () => listener.close(),
  };
}

function accept(
  pool: Pool,
  of: AttemptKey,
  proof: CallBackProof,
  body: Uint8Array,
  now: Millis,
): Promise<CallBackVerdict> {
  return transaction(pool, async (client) => {
    const [{ rows: tokens }] = await pipeline(client, [lockTokensOf(of)]);
    const token = tokens.find(({ hash }) => proof.fits(hash));
    if (token === undefined) return 'forged';
    if (!token.waits) return 'not-waiting';
    const [{ rows: told }] = await pipeline(client, [selectCallBack(of)]);
    if (told[0] !== undefined) return Buffer.compare(told[0].body, body) === 0 ? 'repeated' : 'contradicts';
    if (hasEnded(token)) return 'ended';
    await pipeline(client, [insertCallBack(of, body, now), notify(of)]);
    return 'accepted';
  });
}

const hasEnded = ({ ended_at }: AttemptTokenRow): boolean => ended_at !== null;

/** Reaches whoever waits at commit. */
function notify(of: AttemptKey): Statement {
  return { name: 'notify-call-back', text: `select pg_notify('${CHANNEL}', $1)`, values: [attemptId(of)] };
}
