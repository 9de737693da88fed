import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { IdentityConfig } from '../identity.config.ts';
import { OidcProvider } from './oidc-provider.service.ts';
import { signInLimit } from './sign-in-limit.ts';

/**
 * The protocol's addresses, outside `/api/identity` (contract.md §6.1). They are Fastify routes and not a controller,
 * because the provider reads the body itself.
 */
@Injectable()
export class OidcRoutes {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly provider: OidcProvider,
    private readonly config: IdentityConfig,
  ) {}

  onModuleInit(): void {
    if (!this.config.EMBEDDED_ISSUER) return;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((routes, _options, done) => {
      routes.removeAllContentTypeParsers();
      routes.addContentTypeParser('*', (_request, _body, unread) => unread(null));
      const handler = (request: FastifyRequest, reply: FastifyReply): Promise<void> => this.answer(request, reply);
      const open: object = { access: 'public' };
      routes.all('/.well-known/openid-configuration', { config: open }, handler);
      routes.all('/oidc/*', { config: open }, handler);
      for (const url of ['/oidc/auth', '/oidc/auth/:uid'])
        routes.get(url, { config: { ...open, ...signInLimit } }, handler);
      done();
    });
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const response = reply.raw;
    // faults in the provider's settings must be thrown before it takes over the response
    const answer = this.provider.handler();
    keepHeaders(response, reply.getHeaders());
    reply.hijack();
    await answer({ request: request.raw, response });
  }
}

type Headers = ReturnType<FastifyReply['getHeaders']>;

/** The library removes all headers before it answers with an error of its own: those of every answer are restored. */
function keepHeaders(response: ServerResponse, headers: Headers): void {
  const write = (): void => {
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined && !response.hasHeader(name)) response.setHeader(name, value);
    }
  };
  write();
  const writeHead = response.writeHead.bind(response) as (...args: readonly unknown[]) => ServerResponse;
  response.writeHead = (...args: readonly unknown[]) => {
    write();
    return writeHead(...args);
  };
}
