import { contactChannels, type ContactChannel } from '../codes/contact-channel.ts';
import { deathUndoReasons, type DeathUndoReason } from '../codes/death-undo-reason.ts';
import { Code, Flag, Id, Instant, Nested, Text } from '../fields.ts';
import type { BirthDateText } from '../fields/person/birth.ts';
import { BirthDate, LanguageTag, Name, Phone } from '../fields/person/person-fields.ts';
import { Whole, type WholeFault } from '../fields/whole.ts';
import type { ClientId, InstantText, OrganizationId } from '../ids.ts';

export class ClientAddress {
  @Text({ maxLength: 200 }) readonly line!: string;
  @Text({ maxLength: 100 }) readonly city!: string;
  @Text({ maxLength: 20 }) readonly postalCode!: string;
}

/** How the client may be reached without danger; applies to every channel (domain.md §4). */
export class SafeContact {
  @Code(contactChannels) readonly channel!: ContactChannel;
  @Text({ maxLength: 200 }) readonly hours!: string;
  @Text({ maxLength: 500, optional: true }) readonly note?: string;
}

const estimated = 'The birth date is an estimate. False where nothing is said.';
const interpreterNeeded = 'Whether an interpreter of `language` is needed. False where nothing is said.';

/**
 * The person, as the sender knows them; one of the two names is enough. `contactProhibited`: nobody may contact the
 * client (BSeR contacting-subject-prohibited), except by `safeContact` if it is given. With `safeContact`, its channel is
 * the only one: phone, e-mail and address that it does not need stay out of every packet, and a contact in another way is
 * refused.
 */
@Whole(isCalledSomehow)
export class NewClient {
  @Name({ optional: true }) readonly given?: string;
  @Name({ optional: true }) readonly family?: string;
  @BirthDate({ optional: true }) readonly birthDate?: BirthDateText;
  @Flag({ optional: true, description: estimated }) readonly estimated?: boolean;
  @LanguageTag() readonly language!: string;
  @Flag({ optional: true, description: interpreterNeeded }) readonly interpreterNeeded?: boolean;
  @Phone({ optional: true }) readonly phone?: string;
  @Text({ maxLength: 254, format: 'email', optional: true }) readonly email?: string;
  @Nested(() => ClientAddress, { optional: true }) readonly address?: ClientAddress;
  @Flag() readonly contactProhibited!: boolean;
  @Nested(() => SafeContact, { optional: true }) readonly safeContact?: SafeContact;
}

function isCalledSomehow({ given, family }: NewClient): readonly WholeFault[] {
  if (given !== undefined || family !== undefined) return [];
  const message = 'a client has a name: give `given`, `family`, or both';
  return [{ field: 'given', message, allowed: 'a name in one of the two' }];
}

/**
 * Takes back that the client died. A death is reported with the reason `deceased`, when somebody ends a Task, a need or a
 * referral. Then everything open of the client ends, and nothing is sent, offered or referred until the death is taken
 * back. What ended may be reopened afterwards.
 */
export class UndoDeath {
  @Code(deathUndoReasons) readonly reason!: DeathUndoReason;
}

/** At least one of the three; all given ones must match. They are sent in a body, never in a path. */
export class SearchClients {
  @Name({
    optional: true,
    description: 'Beginnings of names, in any order, without regard to case, accents and signs.',
  })
  readonly name?: string;
  @BirthDate({
    optional: true,
    description: 'Finds who was, or as far as is known may have been, born on that day, in that month or year.',
  })
  readonly birthDate?: BirthDateText;
  @Phone({
    optional: true,
    description: 'Finds a number however it is written, with and without its extension.',
  })
  readonly phone?: string;
}

/**
 * `POST /api/referrals/clients/ages`, for our own services: how old an organization's client was when something was
 * signed. The answer contains no date.
 */
export class AskClientAge {
  @Id() readonly clientId!: ClientId;
  @Id() readonly organizationId!: OrganizationId;
  @Instant({ window: 'sensible' }) readonly at!: InstantText;
}
