import { contactChannels, type ContactChannel } from '../codes/contact-channel.ts';
import { languages, type Language } from '../codes/language.ts';
import { Code, Day, Flag, Nested, Text } from '../fields.ts';
import type { DayText } from '../ids.ts';
import { ClientAddress } from './client.commands.ts';

export class SafeContactView {
  @Code(contactChannels) readonly channel!: ContactChannel;
  @Text() readonly hours!: string;
  @Text({ nullable: true }) readonly note!: string | null;
}

/** The person as NewClient gave them; what was not given is null. */
export class ClientDataView {
  @Text() readonly given!: string;
  @Text() readonly family!: string;
  @Day() readonly birthDate!: DayText;
  @Code(languages) readonly language!: Language;
  @Text({ nullable: true }) readonly phone!: string | null;
  @Text({ nullable: true }) readonly email!: string | null;
  @Nested(() => ClientAddress, { nullable: true }) readonly address!: ClientAddress | null;
  @Flag() readonly contactProhibited!: boolean;
  @Nested(() => SafeContactView, { nullable: true }) readonly safeContact!: SafeContactView | null;
}

/** `born`: by then; `adult`: 18 by then. Null: not known, or no client of that organization. */
export class ClientAgeView {
  @Flag({ nullable: true }) readonly born!: boolean | null;
  @Flag({ nullable: true }) readonly adult!: boolean | null;
}
