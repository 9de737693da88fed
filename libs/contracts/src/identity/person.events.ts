import { languages, type Language } from '../codes/language.ts';
import { networkRoles, platformRoles, type PlatformRole, type NetworkRole } from '../codes/role.ts';
import { event } from '../envelope.ts';
import { Code, Flag, Id } from '../fields.ts';
import type { NetworkId, OrganizationId, PersonId } from '../ids.ts';

export class PersonChanged extends event('identity.person.changed') {
  @Id() readonly personId!: PersonId;
  @Id() readonly organizationId!: OrganizationId;
  @Id() readonly networkId!: NetworkId;
  @Code(networkRoles, { list: true }) readonly roles!: readonly NetworkRole[];
  @Flag() readonly active!: boolean;
  @Code(languages) readonly language!: Language;
  /** Platform roles; only a person of the platform has any. */
  @Code(platformRoles, { list: true, optional: true }) readonly houseRoles?: readonly PlatformRole[];
}
