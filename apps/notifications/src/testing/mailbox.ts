import { createServer, type Server, type Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerAddress } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  /** The raw mail, headers first. */
  readonly source: string;
  readonly messageId: string | undefined;
  readonly from: string | undefined;
  readonly subject: string | undefined;
  readonly text: string | undefined;
}

/** A foreign mail server on this machine: it accepts, refuses, is down or never answers, as the test chooses. */
export class Mailbox {
  readonly received: ReceivedMail[] = [];
  /** Replies to the next recipients instead of accepting them; the last one stays. */
  refusals: readonly { readonly responseCode: number; readonly message: string }[] = [];
  /** Runs when a mail has arrived, before the sender gets the answer. */
  beforeYes: () => Promise<void> = () => Promise.resolve();
  connections = 0;
  private server: { close(done: () => void): unknown } | undefined;

  private constructor(readonly port: number) {}

  /** Below 32768 (traps.md 54b). */
  static async open(): Promise<Mailbox> {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const mailbox = new Mailbox(10_000 + Math.floor(Math.random() * 10_000));
      if (await mailbox.comeBack()) return mailbox;
    }
    throw new Error('no free port for a mail server of tests');
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  to(address: string): readonly ReceivedMail[] {
    return this.received.filter((each) => each.to === address);
  }

  /** Listens again; false if the port is taken. */
  async comeBack(): Promise<boolean> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (_session, done) => {
        this.connections += 1;
        done();
      },
      onRcptTo: (_address, _session, done) => done(this.nextRefusal()),
      onData: (stream, session, done) => {
        void this.take(stream, session.envelope.rcptTo).then(
          () => done(),
          (error: Error) => done(error),
        );
      },
    });
    this.server = server;
    return listening(server.server, () => server.listen(this.port, '127.0.0.1'));
  }

  /** Accepts connections and never answers. */
  async fallSilent(): Promise<void> {
    await this.goAway();
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      this.connections += 1;
      sockets.add(socket.on('error', () => undefined));
    });
    this.server = {
      close: (done: () => void) => {
        sockets.forEach((each) => each.destroy());
        server.close(done);
      },
    };
    await listening(server, () => server.listen(this.port, '127.0.0.1'));
  }

  async goAway(): Promise<void> {
    await new Promise<void>((resolve) => (this.server === undefined ? resolve() : this.server.close(resolve)));
    this.server = undefined;
  }

  private nextRefusal(): Error | null {
    const [next, ...rest] = this.refusals;
    if (next === undefined) return null;
    if (rest.length > 0) this.refusals = rest;
    return Object.assign(new Error(next.message), { responseCode: next.responseCode });
  }

  private async take(stream: AsyncIterable<unknown>, recipients: readonly SMTPServerAddress[]): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const source = Buffer.concat(chunks);
    const { messageId, from, subject, text } = await simpleParser(source);
    for (const { address } of recipients)
      this.received.push({ to: address, source: source.toString('utf8'), messageId, from: from?.text, subject, text });
    await this.beforeYes();
  }
}

function listening(server: Server, listen: () => unknown): Promise<boolean> {
  return new Promise((resolve) => {
    const refused = (): void => resolve(false);
    server.once('error', refused);
    server.once('listening', () => {
      server.off('error', refused);
      resolve(true);
    });
    listen();
  });
}
