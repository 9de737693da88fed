import { languages, type Language } from '../codes/language.ts';
import { roles, type Role } from '../codes/role.ts';
import { event } from '../envelope.ts';
import { Code, Flag, Id } from '../fields.ts';
import type { NetworkId, OrganizationId, PersonId } from '../ids.ts';

export class PersonChanged extends event('identity.person.changed') {
  @Id() readonly personId!: PersonId;
  @Id() readonly organizationId!: OrganizationId;
  @Id() readonly networkId!: NetworkId;
  @Code(roles, { list: true }) readonly roles!: readonly Role[];
  @Flag() readonly active!: boolean;
  @Code(languages) readonly language!: Language;
}
