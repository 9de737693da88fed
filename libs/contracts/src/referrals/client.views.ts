import type { ClientId } from '../ids.ts';
import { contactChannels, type ContactChannel } from '../codes/contact-channel.ts';
import { duplicateBecauses, type DuplicateBecause } from '../codes/duplicate-because.ts';
import { Code, Flag, Id, Nested, Text } from '../fields.ts';
import type { BirthDateText } from '../fields/person/birth.ts';
import { BirthDate, LanguageTag } from '../fields/person/person-fields.ts';
import { ClientAddress } from './client.commands.ts';

export class SafeContactView {
  @Code(contactChannels) readonly channel!: ContactChannel;
  @Text() readonly hours!: string;
  @Text({ nullable: true }) readonly note!: string | null;
}

/**
 * The person as NewClient gave them; missing values are null. It may be sent back unchanged, without `clientId` and
 * `deceased`.
 */
export class ClientDataView {
  @Text({ nullable: true }) readonly given!: string | null;
  @Text({ nullable: true }) readonly family!: string | null;
  @BirthDate({ nullable: true }) readonly birthDate!: BirthDateText | null;
  @Flag() readonly estimated!: boolean;
  @LanguageTag() readonly language!: string;
  @Flag() readonly interpreterNeeded!: boolean;
  @Text({ nullable: true }) readonly phone!: string | null;
  @Text({ nullable: true }) readonly email!: string | null;
  @Nested(() => ClientAddress, { nullable: true }) readonly address!: ClientAddress | null;
  @Flag() readonly contactProhibited!: boolean;
  @Nested(() => SafeContactView, { nullable: true }) readonly safeContact!: SafeContactView | null;
}

/** `born`: by that time; `adult`: 18 by that time. Null: not known, or not a client of that organization. */
export class ClientAgeView {
  @Flag({ nullable: true }) readonly born!: boolean | null;
  @Flag({ nullable: true }) readonly adult!: boolean | null;
}

/** Another client of the same organization who may be the same person, and what the two have in common. */
export class LikelyDuplicate {
  @Id() readonly clientId!: ClientId;
  @Code(duplicateBecauses, { list: true }) readonly because!: readonly DuplicateBecause[];
}
