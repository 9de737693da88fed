import { describe, expect, it } from '@jest/globals';
import { actorOf } from '#testing';
import { eventActor, hasRole, systemActor } from './actor.ts';
import { networkScope, packetScope, readScope, tenantScope } from './scopes.ts';

const ines = actorOf('ines.harbor');
const cora = actorOf('cora.coordinator');
const olga = actorOf('olga.privacy');
const { personId, organizationId } = ines;

describe('What an actor may read', () => {
  it('an agency worker reads what their own organization may see', () => {
    expect(readScope(ines)).toEqual({ kind: 'tenant', organizationId, personId });
    expect(readScope(ines)).toEqual(tenantScope(ines));
  });

  it.each(['cora.coordinator', 'nora.network'])('%s reads the whole network', (login) => {
    const actor = actorOf(login);
    expect(readScope(actor)).toEqual(networkScope(actor));
    expect(networkScope(actor)).toEqual({
      kind: 'network',
      networkId: actor.networkId,
      organizationId: actor.organizationId,
      personId: actor.personId,
    });
  });

  it('a privacy officer reads the network only when the token says so', () => {
    expect(readScope(olga).kind).toBe('tenant');
    expect(readScope({ ...olga, scopes: ['network'] }).kind).toBe('network');
  });

  it('the scope network in a token gives nothing to anybody else', () => {
    expect(readScope({ ...ines, scopes: ['network'] }).kind).toBe('tenant');
  });

  it('the packet scope names the organization and the reader', () => {
    expect(packetScope(ines)).toEqual({ kind: 'packet', organizationId, personId });
  });
});

describe('The actor in an event', () => {
  it('a person acts in the first role of the token, or in the given one', () => {
    const both = { ...ines, roles: ['intake-worker', 'organization-admin'] as const };
    expect(eventActor(both)).toEqual({ id: personId, role: 'intake-worker', organizationId });
    expect(eventActor(both, 'organization-admin').role).toBe('organization-admin');
  });

  it('the platform acts without a person and an organization', () => {
    expect(systemActor('timer')).toEqual({ id: null, role: 'timer', organizationId: null });
  });

  it('holding one of the roles is enough', () => {
    expect(hasRole(cora, 'network-admin', 'coordinator')).toBe(true);
    expect(hasRole(cora, 'network-admin')).toBe(false);
  });
});
