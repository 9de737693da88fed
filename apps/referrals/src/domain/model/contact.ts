import { contactChannels, type ClientDataView, type ContactChannel } from '#contracts';

/** How the client may be reached. `channels` null: in any way; empty: in none, so that one asks the sender. */
export interface ContactRule {
  readonly prohibited: boolean;
  readonly channels: readonly ContactChannel[] | null;
}

export const anyWay: ContactRule = { prohibited: false, channels: null };

export function isSameRule(one: ContactRule, other: ContactRule): boolean {
  return one.prohibited === other.prohibited && JSON.stringify(one.channels) === JSON.stringify(other.channels);
}

/** A safe way that the client named is the only one; where contact is prohibited and none is named there is none. */
export function contactRule(client: {
  readonly contactProhibited: boolean;
  readonly safeChannel: ContactChannel | null;
}): ContactRule {
  const { contactProhibited: prohibited, safeChannel } = client;
  if (safeChannel !== null) return { prohibited, channels: [safeChannel] };
  return { prohibited, channels: prohibited ? [] : null };
}

/** The channels for which each way to reach somebody is needed; one meets in person without any of them. */
const neededFor = {
  phone: ['phone', 'sms'],
  email: ['email'],
  address: ['letter', 'visit'],
} as const satisfies Record<string, readonly ContactChannel[]>;

/** The client as an agency may have them: without any phone, e-mail or address that must not be used (domain.md §4). */
export function reachableOnly<T extends Pick<ClientDataView, 'phone' | 'email' | 'address'>>(
  client: T,
  { channels }: ContactRule,
): T {
  const mayUse = (way: keyof typeof neededFor): boolean =>
    channels === null || neededFor[way].some((each) => channels.includes(each));
  return {
    ...client,
    phone: mayUse('phone') ? client.phone : null,
    email: mayUse('email') ? client.email : null,
    address: mayUse('address') ? client.address : null,
  };
}

/** The rule as codes, for a list of what is allowed. */
export function allowedChannels({ channels }: ContactRule): readonly ContactChannel[] {
  return channels ?? contactChannels;
}
