import { Count, Instant, Text } from '../fields.ts';
import type { InstantText } from '../ids.ts';

/** POST /sessions/:seat/token: what the web application keeps in memory, and nowhere else. */
export class SessionTokenView {
  @Text() readonly access_token!: string;
  @Count({ description: 'Seconds until the access token expires.' })
  readonly expires_in!: number;
  @Instant({
    nullable: true,
    description: 'When the session ends if nobody works until then. Null in demo mode: it never idles.',
  })
  readonly idleAt!: InstantText | null;
  @Instant({ description: 'When the session ends in any case: 8 hours after the sign-in.' })
  readonly endsAt!: InstantText;
  @Text({
    description: '32 bytes in base64url that encrypt drafts in the browser: the same for this person on every device.',
  })
  readonly draftKey!: string;
}
