import { languages, type Language } from '../codes/language.ts';
import { roles, type Role } from '../codes/role.ts';
import { Code, Count, Flag, Id, Text } from '../fields.ts';
import type { NetworkId, OrganizationId, PersonId } from '../ids.ts';

/** A person as colleagues of the same network see them: no address. */
export class PersonView {
  @Id() readonly personId!: PersonId;
  @Text() readonly displayName!: string;
  @Id() readonly organizationId!: OrganizationId;
  @Id() readonly networkId!: NetworkId;
  @Code(roles, { list: true }) readonly roles!: readonly Role[];
  @Code(languages) readonly language!: Language;
}

/** Whether the person is active, after PATCH /people/:id. */
export class PersonStandingView {
  @Id() readonly personId!: PersonId;
  @Count() readonly version!: number;
  @Id() readonly organizationId!: OrganizationId;
  @Code(roles, { list: true }) readonly roles!: readonly Role[];
  @Flag() readonly active!: boolean;
}

/** The e-mail address of a staff member; for a system-client with scope `contact:read`. */
export class PersonContactView {
  @Text({ format: 'email', nullable: true }) readonly email!: string | null;
  @Code(languages) readonly language!: Language;
}

export class DemoPersonView {
  @Text() readonly login!: string;
  @Text() readonly displayName!: string;
  @Id() readonly organizationId!: OrganizationId;
  @Code(roles, { list: true }) readonly roles!: readonly Role[];
}

/** RFC 6749 §5.1; `expires_in` in seconds. */
export class AccessTokenView {
  @Text() readonly access_token!: string;
  @Text() readonly token_type!: 'Bearer';
  @Count() readonly expires_in!: number;
}
