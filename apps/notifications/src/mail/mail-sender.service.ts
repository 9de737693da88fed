import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryId, PersonContactView, PersonId } from '#contracts';
import { DEPLOYMENT, PeerRefused, Peers, PeerUnavailable, type DeploymentConfig } from '#service';
import type { Failure, AttemptResult } from '../delivery/attempt.ts';
import type { WaitingMail } from './mail-delivery.service.ts';
import { MailServer } from './mail-server.service.ts';
import { MailConfig } from './mail.config.ts';
import { composeMail } from './mail.ts';

const noAddress: Failure = { reason: 'no-address', final: true };

/** One attempt to send one mail. No transaction is open: identity and the mail server may take their time. */
@Injectable()
export class MailSender {
  constructor(
    private readonly peers: Peers,
    private readonly server: MailServer,
    private readonly config: MailConfig,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  async send({ deliveryId, personId, template, language }: WaitingMail): Promise<AttemptResult> {
    if (language === null) return noAddress;
    const to = await this.addressOf(personId);
    if (typeof to !== 'string') return to;
    const home = `${this.config.PUBLIC_URL ?? this.deployment.issuerUrl()}/`;
    return this.server.carry({ ...composeMail(template, language, home), to, name: nameOf(deliveryId) });
  }

  // read for each attempt and not stored: it may have changed, and this service must not know addresses
  private async addressOf(personId: PersonId): Promise<string | Failure> {
    try {
      const { email } = await this.peers.get<PersonContactView>(`/api/identity/people/${personId}/contact`);
      return email ?? noAddress;
    } catch (error) {
      if (error instanceof PeerRefused && error.status === 404) return noAddress;
      if (error instanceof PeerRefused || error instanceof PeerUnavailable)
        return { reason: 'unreachable', final: false };
      throw error;
    }
  }
}

/** The same for every attempt of a delivery, so that a mail program shows a repeated mail once; not the id itself. */
function nameOf(deliveryId: DeliveryId): string {
  return createHash('sha256').update(deliveryId).digest('hex').slice(0, 40);
}
