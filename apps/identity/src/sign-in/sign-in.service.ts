import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { seedOperations, seedOrganizations, type Language } from '#contracts';
import { DEPLOYMENT, type Answer, type DeploymentConfig } from '#service';
import { OidcProvider, type Exchange, type SignInParams } from '../oidc/oidc-provider.service.ts';
import type { PersonRow } from '../person/person.entity.ts';
import { PersonQueries } from '../person/person.queries.ts';
import { sessionClientId } from '../relying-party/session-client.service.ts';
import { pageLanguage } from './page-language.ts';
import { choosePersonPage, elsewherePage, tooLatePage, type DemoOrganization } from './pages.ts';

/** What a person does on the sign-in page. Outside demo mode nobody can sign in here, because no person has a password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly provider: OidcProvider,
    private readonly people: PersonQueries,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  async show(exchange: Exchange): Promise<Answer> {
    const asked = await this.provider.signInOf(exchange);
    const language = languageFor(exchange.request, asked);
    if (asked === undefined) return shown(tooLatePage(language), 400);
    if (!this.deployment.demo) return shown(elsewherePage(language));
    const hinted = asked.client_id === sessionClientId ? await this.personOf(asked.login_hint) : undefined;
    // the person was chosen with one click in the application; there is no password that this page could ask for
    if (hinted !== undefined) return this.signedIn(exchange, hinted);
    return shown(choosePersonPage(language, await this.organizations()));
  }

  async submit(exchange: Exchange, form: Readonly<Record<string, unknown>>): Promise<Answer> {
    const asked = await this.provider.signInOf(exchange);
    const language = languageFor(exchange.request, asked);
    if (asked === undefined) return shown(tooLatePage(language), 400);
    if (form['cancel'] !== undefined) {
      const words = 'the person went back without signing in';
      return goOn(await this.provider.finish(exchange, { error: 'access_denied', error_description: words }));
    }
    if (!this.deployment.demo) return shown(elsewherePage(language), 403);
    const person = await this.personOf(form['login']);
    if (person === undefined) return shown(choosePersonPage(language, await this.organizations(), true), 400);
    return this.signedIn(exchange, person);
  }

  private async signedIn(exchange: Exchange, { person_id: accountId }: PersonRow): Promise<Answer> {
    return goOn(await this.provider.finish(exchange, { login: { accountId } }));
  }

  private async personOf(login: unknown): Promise<PersonRow | undefined> {
    return typeof login === 'string' ? this.people.byLogin(login) : undefined;
  }

  private async organizations(): Promise<readonly DemoOrganization[]> {
    const people = await this.people.withLogins();
    return [...seedOrganizations, seedOperations].map(({ organizationId, name }) => ({
      name,
      people: people
        .filter((each) => each.organization_id === organizationId)
        .map(({ login, display_name: displayName, roles }) => ({ login, displayName, roles })),
    }));
  }
}

function languageFor({ headers }: IncomingMessage, asked: SignInParams | undefined): Language {
  return pageLanguage({ uiLocales: asked?.ui_locales, acceptLanguage: headers['accept-language'] });
}

function shown(page: string, status = 200): Answer {
  return { status, body: page, headers: { 'Content-Type': 'text/html; charset=utf-8' } };
}

// 303: the next request is a GET, whatever this one was
function goOn(location: string): Answer {
  return { status: 303, body: '', location };
}
