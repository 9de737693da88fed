import { Inject, Injectable } from '@nestjs/common';
import { seedOperations, seedOrganizations } from '#contracts';
import { DEPLOYMENT, type Answer, type DeploymentConfig } from '#service';
import { OidcProvider, type Exchange } from '../oidc/oidc-provider.service.ts';
import { PersonQueries } from '../person/person.queries.ts';
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
    if (!(await this.provider.isUnderWay(exchange))) return shown(tooLatePage, 400);
    return shown(this.deployment.demo ? choosePersonPage(await this.organizations()) : elsewherePage);
  }

  async submit(exchange: Exchange, form: Readonly<Record<string, unknown>>): Promise<Answer> {
    if (!(await this.provider.isUnderWay(exchange))) return shown(tooLatePage, 400);
    const { login, cancel } = form;
    if (cancel !== undefined) {
      const words = 'the person went back without signing in';
      return goOn(await this.provider.finish(exchange, { error: 'access_denied', error_description: words }));
    }
    if (!this.deployment.demo) return shown(elsewherePage, 403);
    const person = typeof login === 'string' ? await this.people.byLogin(login) : undefined;
    if (person === undefined) return shown(choosePersonPage(await this.organizations(), true), 400);
    return goOn(await this.provider.finish(exchange, { login: { accountId: person.person_id } }));
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

function shown(page: string, status = 200): Answer {
  return { status, body: page, headers: { 'Content-Type': 'text/html; charset=utf-8' } };
}

// 303: the next request is a GET, whatever this one was
function goOn(location: string): Answer {
  return { status: 303, body: '', location };
}
