import { categories, type Category } from '../codes/category.ts';
import { needs, type Need } from '../codes/need.ts';
import { priorities, type Priority } from '../codes/priority.ts';
import { reasonCodes, type ReasonCode } from '../codes/reason.ts';
import { Code, Flag, Id, Instant, Nested, Text } from '../fields.ts';
import type { BirthDateText } from '../fields/person/birth.ts';
import { BirthDate, LanguageTag, Name, Phone } from '../fields/person/person-fields.ts';
import type { AreaId, ClientId, DraftId, HealthcareServiceId, InstantText } from '../ids.ts';
import { ClientAddress, SafeContact } from './client.commands.ts';

/** One text of a need, with its category, so that consent can decide whether the packet contains it. */
export class Detail {
  @Code(categories) readonly category!: Category;
  @Text() readonly text!: string;
}

const severalServices =
  'Offered to each of them at once, where the network lets several organizations be asked. Name these, or `healthcareServiceId`, or `pool`.';

/** A need with its first offers: a draft Task for each service that it names, or one for the pool. */
export class NewNeed {
  @Code(needs) readonly need!: Need;
  @Id() readonly areaId!: AreaId;
  @Text() readonly statedNeed!: string;
  @Nested(() => Detail, { list: true, max: 20, optional: true }) readonly details?: readonly Detail[];
  @Id({ optional: true }) readonly healthcareServiceId?: HealthcareServiceId;
  @Id({ optional: true, list: true, min: 1, max: 12, description: severalServices })
  readonly healthcareServiceIds?: readonly HealthcareServiceId[];
  @Flag({ optional: true, description: 'True: offered to every organization that serves it.' }) readonly pool?: boolean;
}

/** Either a client that the organization already has (only `clientId`), or a new one (the fields of NewClient). */
export class ReferralClient {
  @Id({ optional: true }) readonly clientId?: ClientId;
  @Name({ optional: true }) readonly given?: string;
  @Name({ optional: true }) readonly family?: string;
  @BirthDate({ optional: true }) readonly birthDate?: BirthDateText;
  @Flag({ optional: true }) readonly estimated?: boolean;
  @LanguageTag({ optional: true }) readonly language?: string;
  @Flag({ optional: true }) readonly interpreterNeeded?: boolean;
  @Phone({ optional: true }) readonly phone?: string;
  @Text({ maxLength: 254, format: 'email', optional: true }) readonly email?: string;
  @Nested(() => ClientAddress, { optional: true }) readonly address?: ClientAddress;
  @Flag({ optional: true }) readonly contactProhibited?: boolean;
  @Nested(() => SafeContact, { optional: true }) readonly safeContact?: SafeContact;
}

export class CreateReferral {
  @Id({
    optional: true,
    description: 'The draft that it was written in: it becomes one referral, however often it is sent.',
  })
  readonly draftId?: DraftId;
  @Nested(() => ReferralClient) readonly client!: ReferralClient;
  @Code(priorities) readonly priority!: Priority;
  @Instant({ optional: true, window: 'planned' }) readonly neededBy?: InstantText;
  @Text({ optional: true }) readonly note?: string;
  @Nested(() => NewNeed, { list: true, min: 1, max: 12 }) readonly needs!: readonly NewNeed[];
}

/** An absent field stays unchanged; `null` removes the value. */
export class ChangeReferral {
  @Code(priorities, { optional: true }) readonly priority?: Priority;
  @Instant({ optional: true, nullable: true, window: 'planned' }) readonly neededBy?: InstantText | null;
  @Text({ optional: true, nullable: true }) readonly note?: string | null;
}

/** `note` is required with a reason whose entry in `/reasons` says `needsText`. */
export class WithdrawReferral {
  @Code(reasonCodes) readonly reason!: ReasonCode;
  @Text({ optional: true }) readonly note?: string;
}

/** One offer of a need: to a healthcare service, or to the pool of services that cover it. */
export class OfferNeed {
  @Id({ optional: true }) readonly healthcareServiceId?: HealthcareServiceId;
  @Flag({ optional: true }) readonly pool?: boolean;
}

/** `note` is required with a reason whose entry in `/reasons` says `needsText`; the sender reads it as `settledNote`. */
export class SettleNeed {
  @Code(reasonCodes) readonly reason!: ReasonCode;
  @Text({ optional: true }) readonly note?: string;
}
