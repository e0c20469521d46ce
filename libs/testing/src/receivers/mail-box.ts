import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** Mail is an e-mail that came. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Who had logged in. */
  readonly user: string | undefined;
  /** Over TLS. */
  readonly secure: boolean;
  /** As it came: head and body. */
  readonly text: string;
}

/** MailBox is an SMTP server that keeps what it takes. It refuses recipients whose name begins with `nobody`, for the moment those with `busy`. */
export class MailBox {
  readonly mails: Mail[] = [];
  /** Whoever it is, there is such a user. */
  knowsEverybody = false;
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions = {}) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, done) => done(this.knowsEverybody ? null : refusal(address)),
      onData: (stream, { envelope, secure, ...session }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const to = envelope.rcptTo.map(({ address }) => address);
          const user: unknown = session.user;
          const login = typeof user === 'string' ? user : undefined;
          this.mails.push({ from, to, user: login, secure, text: Buffer.concat(chunks).toString() });
          done();
        });
      },
      ...options,
    });
    // Who leaves in the middle of a greeting is no matter of the server.
    this.server.on('error', () => undefined);
  }

  /** start answers the port. */
  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function refusal(address: string): Error | null {
  if (address.startsWith('nobody')) return Object.assign(new Error('no such user'), { responseCode: 550 });
  if (address.startsWith('busy')) return Object.assign(new Error('try later'), { responseCode: 451 });
  return null;
}
