import { riverCounty, seedNetworkId, seedOrganizationId, seedPeople, seedSystemClients, type Role } from '#contracts';
import { Issuer } from '../../../apps/identity/src/issuer/issuer.service.ts';
import type { TestDeployment } from '../../deployment.ts';

/** One column of the matrix: a possible caller. */
export interface Caller {
  readonly column: string;
  readonly personId: string;
  readonly organizationId: string;
  readonly networkId: string;
  readonly roles: readonly Role[];
  readonly scopes: readonly string[];
}

type At = Pick<Caller, 'networkId' | 'organizationId'>;

/** A network that the seed does not know, and one of its organizations. */
const elsewhere: At = {
  networkId: '0190a0c0-0000-7000-8000-0001000000ff',
  organizationId: '0190a0c0-0000-7000-8000-0003000000ff',
};

/** As identity issues a token at sign-in: for the coordinating body's people it contains `network`. */
function person(column: string, login: string): Caller {
  const found = seedPeople.find((each) => each.login === login);
  if (found === undefined) throw new Error(`nobody is called ${login}`);
  const { personId, organizationCode, roles } = found;
  return {
    column,
    personId,
    organizationId: seedOrganizationId(organizationCode),
    networkId: seedNetworkId(organizationCode),
    roles,
    scopes: organizationCode === 'river-council' ? ['network'] : [],
  };
}

function program(column: string, clientId: string): Caller {
  const found = seedSystemClients.find((each) => each.clientId === clientId);
  if (found === undefined) throw new Error(`no program is called ${clientId}`);
  const { personId, organizationCode, scopes } = found;
  const organizationId = seedOrganizationId(organizationCode);
  return { column, personId, organizationId, networkId: riverCounty.networkId, roles: ['system-client'], scopes };
}

const lakeside: At = { networkId: riverCounty.networkId, organizationId: seedOrganizationId('lakeside') };

/** A hospital of the network that the seed does not know. */
const anotherHospital: At = {
  networkId: riverCounty.networkId,
  organizationId: '0190a0c0-0000-7000-8000-0003000000fe',
};

/** A role that nobody in the seed has in this organization. */
function invented(column: string, number: number, role: Role, at: At): Caller {
  return {
    column,
    personId: `0190a0c0-0000-7000-8000-00ee0000000${number}`,
    ...at,
    roles: [role],
    scopes: [],
  };
}

/**
 * P discharge-planner, I intake-worker, A organization-admin, C coordinator, N network-admin, O privacy-officer, S
 * system-client. In the order of the tables: the sender | its agency | the coordinating body (S: the program that sends
 * notifications) | another organization of the network, then a coordinator of another network, and last an operator of
 * the platform.
 */
export const callers: readonly Caller[] = [
  person('sender P', 'dana.planner'),
  person('sender A', 'hugo.admin'),
  person('sender O', 'olga.privacy'),
  program('sender S', 'st-brigid-ehr'),
  person('agency I', 'ines.harbor'),
  person('agency A', 'abel.harbor'),
  person('council C', 'cora.coordinator'),
  person('council N', 'nora.network'),
  person('council O', 'otto.privacy'),
  program('council S', 'notifications'),
  invented('another P', 1, 'discharge-planner', anotherHospital),
  person('another A', 'axel.lakeside'),
  person('another I', 'iris.lakeside'),
  invented('another O', 2, 'privacy-officer', lakeside),
  invented('another S', 3, 'system-client', lakeside),
  invented('foreign C', 4, 'coordinator', elsewhere),
  person('operator', 'pat.operator'),
];

/** A token of our own issuer for each caller, by column. */
export async function tokensOf(deployment: TestDeployment): Promise<ReadonlyMap<string, string>> {
  const issuer = deployment.services.get('identity')?.app.get(Issuer, { strict: false });
  if (issuer === undefined) throw new Error('there is no issuer');
  const issued = callers.map(async (caller) => [caller.column, (await issuer.issue(caller)).access_token] as const);
  return new Map(await Promise.all(issued));
}
