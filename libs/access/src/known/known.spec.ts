import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { kindsOfRole, organizationKinds, roles, type OrganizationKind, type Role } from '#contracts';
import { actorOf } from '#testing';
import { stillHeld, type KnownOrganization, type KnownPerson } from './known.ts';

const ines = actorOf('ines.harbor');
const cora = actorOf('cora.coordinator');
const other = '0190a0c0-0000-7000-8000-00ee000000aa';

const personOf = (actor: typeof ines, change: Partial<KnownPerson> = {}): KnownPerson => ({
  organizationId: actor.organizationId,
  networkId: actor.networkId,
  roles: actor.roles,
  active: true,
  ...change,
});
const organizationOf = (kind: OrganizationKind, change: Partial<KnownOrganization> = {}): KnownOrganization => ({
  networkId: ines.networkId,
  kind,
  active: true,
  ...change,
});
const agency = organizationOf('agency');

describe('A token', () => {
  it('of an unknown person and organization is valid as it is [S11]', () => {
    expect(stillHeld(ines, { person: undefined, organization: undefined })).toEqual(ines);
  });

  it.each([
    ['was made inactive', { active: false }],
    ['works for another organization', { organizationId: other }],
    ['works in another network', { networkId: other }],
  ])('of a person who %s is invalid [S11]', (_, change) => {
    expect(stillHeld(ines, { person: personOf(ines, change), organization: agency })).toBeUndefined();
  });

  it.each([
    ['was made inactive', { active: false }],
    ['is of another network than it says', { networkId: other }],
  ])('of an organization that %s is invalid [S11]', (_, change) => {
    expect(stillHeld(ines, { person: undefined, organization: organizationOf('agency', change) })).toBeUndefined();
  });

  it('loses a role that was taken from the person [S11]', () => {
    const both = { ...ines, roles: ['intake-worker', 'organization-admin'] as const };
    const held = stillHeld(both, { person: personOf(ines, { roles: ['intake-worker'] }), organization: agency });
    expect(held?.roles).toEqual(['intake-worker']);
  });

  it.each(['coordinator', 'network-admin', 'discharge-planner', 'platform-operator'] as const)(
    'of an agency never gives the role %s [S14]',
    (role) => {
      const held = stillHeld({ ...ines, roles: [role, 'intake-worker'] }, { person: undefined, organization: agency });
      expect(held?.roles).toEqual(['intake-worker']);
    },
  );

  it('of an agency does not give network access by its scope [S14]', () => {
    const asked = { ...ines, roles: ['privacy-officer'] as const, scopes: ['network', 'log:read'] };
    expect(stillHeld(asked, { person: undefined, organization: agency })?.scopes).toEqual(['log:read']);
    const council = organizationOf('coordinating-body');
    const officer = { ...cora, roles: ['privacy-officer'] as const, scopes: ['network'] };
    expect(stillHeld(officer, { person: undefined, organization: council })?.scopes).toEqual(['network']);
  });

  it('never gives more than it says, nor a role outside its kind [S14]', () => {
    const someRoles = fc.uniqueArray(fc.constantFrom<Role>(...roles), { minLength: 1 });
    const kind = fc.constantFrom<OrganizationKind>(...organizationKinds);
    fc.assert(
      fc.property(someRoles, someRoles, kind, (said, has, of) => {
        const held = stillHeld(
          { ...ines, roles: said },
          {
            person: personOf(ines, { roles: has }),
            organization: organizationOf(of),
          },
        );
        expect(held?.roles).toEqual(said.filter((role) => has.includes(role) && kindsOfRole[role].includes(of)));
      }),
    );
  });
});
