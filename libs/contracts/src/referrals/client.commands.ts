import { contactChannels, type ContactChannel } from '../codes/contact-channel.ts';
import { languages, type Language } from '../codes/language.ts';
import { Code, Day, Flag, Id, Instant, Nested, Text } from '../fields.ts';
import type { ClientId, DayText, InstantText, OrganizationId } from '../ids.ts';

export class ClientAddress {
  @Text({ maxLength: 200 }) readonly line!: string;
  @Text({ maxLength: 100 }) readonly city!: string;
  @Text({ maxLength: 20 }) readonly postalCode!: string;
}

/** How the client may be reached without being endangered; it holds on every channel (domain.md §4). */
export class SafeContact {
  @Code(contactChannels) readonly channel!: ContactChannel;
  @Text({ maxLength: 200 }) readonly hours!: string;
  @Text({ maxLength: 500, optional: true }) readonly note?: string;
}

/**
 * The person, as the sender knows them. `contactProhibited`: nobody may contact the client (BSeR
 * contacting-subject-prohibited), but by `safeContact` where it is given. Where it is, its channel is the only one: phone,
 * e-mail and address that it does not need stay out of every packet, and a contact in another way is refused.
 */
export class NewClient {
  @Text({ maxLength: 100 }) readonly given!: string;
  @Text({ maxLength: 100 }) readonly family!: string;
  @Day({ window: 'birth' }) readonly birthDate!: DayText;
  @Code(languages) readonly language!: Language;
  @Text({ maxLength: 40, optional: true }) readonly phone?: string;
  @Text({ maxLength: 254, format: 'email', optional: true }) readonly email?: string;
  @Nested(() => ClientAddress, { optional: true }) readonly address?: ClientAddress;
  @Flag() readonly contactProhibited!: boolean;
  @Nested(() => SafeContact, { optional: true }) readonly safeContact?: SafeContact;
}

/** At least one of the three; names and telephone numbers travel in a body, never in a path. */
export class SearchClients {
  @Text({ maxLength: 100, optional: true }) readonly name?: string;
  @Day({ optional: true, window: 'birth' }) readonly birthDate?: DayText;
  @Text({ maxLength: 40, optional: true }) readonly phone?: string;
}

/**
 * `POST /api/referrals/clients/ages`, of the house's own services: how old an organization's client was when something was
 * signed. The answer holds no date.
 */
export class AskClientAge {
  @Id() readonly clientId!: ClientId;
  @Id() readonly organizationId!: OrganizationId;
  @Instant() readonly at!: InstantText;
}
