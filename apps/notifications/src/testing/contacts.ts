import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { PersonContactView, PersonId } from '#contracts';
import { listenForTests } from '#testing';

/** Identity's route for addresses, as contract.md §2.4 has it, over HTTP. It answers 404 for everybody who is not in `people`. */
export class Contacts {
  readonly people = new Map<PersonId, PersonContactView>();
  /** Answers 503, as if identity were overloaded. */
  away = false;
  readonly asked: PersonId[] = [];
  private readonly server: Server = createServer((request, response) => this.answer(request, response));
  private address = '';

  get url(): string {
    return this.address;
  }

  async open(): Promise<this> {
    this.address = await listenForTests(this.server);
    return this;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private answer({ url, headers }: IncomingMessage, response: ServerResponse): void {
    const say = (status: number, body: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const [, personId = ''] = /^\/api\/identity\/people\/([^/]+)\/contact$/.exec(url ?? '') ?? [];
    this.asked.push(personId);
    if (headers.authorization?.startsWith('Bearer ') !== true) return say(401, { type: 'urn:problem:unauthenticated' });
    if (this.away) return say(503, { type: 'urn:problem:unavailable' });
    const contact = this.people.get(personId);
    return contact === undefined ? say(404, { type: 'urn:problem:not-found' }) : say(200, contact);
  }
}
