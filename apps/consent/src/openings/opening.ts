import { PacketOpened, type ClientId, type DisclosureId, type EventId, type InstantText } from '#contracts';
import { headerNames, type LoggedStream } from '#events';

/** One opening of a packet, as in the log of referrals. */
export interface Opening {
  readonly eventId: EventId;
  readonly at: InstantText;
  readonly disclosureId: DisclosureId;
  readonly clientId: ClientId;
  readonly fromOrganizationId: string;
  readonly toOrganizationId: string;
}

const streamOfReferral = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The streams that may belong to a referral: others contain no openings. */
export function referralsIn(streams: readonly LoggedStream[]): readonly string[] {
  return streams.map(({ key }) => key).filter((key) => streamOfReferral.test(key));
}

export function openingsIn(streams: readonly LoggedStream[]): readonly Opening[] {
  return streams
    .flatMap(({ messages }) => messages)
    .filter(({ headers }) => headers[headerNames.type] === PacketOpened.type)
    .map(({ headers, value }) => {
      const opened = JSON.parse(String(value)) as PacketOpened;
      const { disclosureId, clientId, fromOrganizationId, toOrganizationId } = opened;
      return {
        eventId: String(headers[headerNames.id]),
        at: String(headers[headerNames.time]),
        ...{ disclosureId, clientId, fromOrganizationId, toOrganizationId },
      };
    });
}
