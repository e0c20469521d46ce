import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Seal keeps secrets from whoever reads the database. */
export interface Seal {
  close(secret: string): string;
  /** open throws when it has not the key. */
  open(sealed: string): string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** sealWith seals with the first key and opens with any, so that keys can be changed; without a key secrets stay as they are. */
export function sealWith(keys: readonly Buffer[]): Seal {
  const known = keys.map((bytes): Key => ({ id: idOf(bytes), bytes }));
  return {
    close: (secret) => (known[0] === undefined ? `plain:${secret}` : closeWith(known[0], secret)),
    open: (sealed) => {
      const [how = '', id = '', text = ''] = sealed.split(':');
      if (how === 'plain') return sealed.slice('plain:'.length);
      const key = known.find((each) => each.id === id);
      if (how !== CIPHER || key === undefined)
        throw new Error(`no key of MAESTRO_NOTIFIER_SECRET_KEYS opens ${how}:${id}`);
      return openWith(key, Buffer.from(text, 'base64'));
    },
  };
}

function closeWith({ id, bytes }: Key, secret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, bytes, iv);
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return `${CIPHER}:${id}:${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')}`;
}

function openWith({ bytes }: Key, sealed: Buffer): string {
  const decipher = createDecipheriv(CIPHER, bytes, sealed.subarray(0, IV_BYTES));
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** Tells keys apart, and nothing of them. */
function idOf(bytes: Buffer): string {
  return createHash('sha256').update('maestro key id').update(bytes).digest('hex').slice(0, 8);
}
