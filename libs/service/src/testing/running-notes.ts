import type { Type } from '@nestjs/common';
import type { InjectOptions, Response } from 'light-my-request';
import { embeddedTransport, type Publisher } from '#events';
import { serviceUrls } from '#persistence';
import { freshDatabase, provisionForTests, testPasswords, testTokens, type TestTokens } from '#testing';
import type { HouseConfig } from '../house/house.ts';
import type { RunningService } from '../shell/running-service.ts';
import { startService } from '../shell/start-service.ts';
import { NotesModule } from './notes.ts';

/** A running service, its issuer and its database, and how a person of the seed asks it. */
export interface RunningNotes {
  readonly service: RunningService;
  readonly tokens: TestTokens;
  readonly house: HouseConfig;
  /** The straight way to the database. */
  readonly adminUrl: string;
  ask(login: string | null, request: Asked): Promise<Response>;
  /** As another service that publishes. */
  publisher(service: string): Publisher;
  close(): Promise<void>;
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface NotesOptions {
  /** What the house is told otherwise. */
  readonly house?: Partial<HouseConfig>;
  readonly module?: Type;
  /** The way to the database, where it is not the straight one. */
  readonly via?: (adminUrl: string) => string;
}

const name = 'notes';

/** Starts it on a fresh database, with the embedded transport. */
export async function startNotes({ house: changes, module, via }: NotesOptions = {}): Promise<RunningNotes> {
  const database = await freshDatabase();
  await provisionForTests(database.adminUrl, name);
  const adminUrl = via === undefined ? database.adminUrl : via(database.adminUrl);
  const tokens = await testTokens();
  const transport = embeddedTransport({
    adminUrl,
    appUrl: (each) => serviceUrls(adminUrl, each, testPasswords).appUrl,
  });
  const house: HouseConfig = {
    adminUrl,
    transport,
    issuerUrl: () => tokens.issuerUrl,
    peersUrl: () => tokens.issuerUrl,
    secrets: { rolePasswords: { [name]: testPasswords }, clientSecrets: {}, signingKey: null, cookieKeys: [] },
    demo: false,
    logLevel: 'silent',
    timers: false,
    ...changes,
  };
  const service = await startService(module ?? NotesModule, house);
  // the other services are not here: what they publish comes by the administrator's hand
  const elsewhere = embeddedTransport({ adminUrl: database.adminUrl });
  const publishers: Publisher[] = [];
  return {
    service,
    tokens,
    house,
    adminUrl: database.adminUrl,
    ask: async (login, request) => service.app.inject(await injected(tokens, login, request)),
    publisher: (each) => {
      const publisher = elsewhere.publisher(each);
      publishers.push(publisher);
      return publisher;
    },
    close: async () => {
      await service.close();
      for (const publisher of publishers) await publisher.close();
      await elsewhere.close();
      await transport.close();
      await tokens.close();
      await database.drop();
    },
  };
}

async function injected(tokens: TestTokens, login: string | null, asked: Asked): Promise<InjectOptions> {
  const { method = 'GET', path, body, headers } = asked;
  const token = login === null ? {} : { authorization: `Bearer ${await tokens.tokenFor(login)}` };
  return {
    method,
    url: path.startsWith('/') ? path : `/api/${name}/${path}`,
    headers: { ...token, ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  };
}
