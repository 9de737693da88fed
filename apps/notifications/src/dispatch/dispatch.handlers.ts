import { Controller } from '@nestjs/common';
import { eventClassesOf, type DomainEvent, type EventEnvelope } from '#contracts';
import { Reads, type ReadContext } from '#events';
import { isHeard } from '../audience/known.ts';
import type { HeardEvent, HeardType } from '../audience/telling.ts';
import { DispatchService } from './dispatch.service.ts';

/** Every event of a referral that tells somebody, or says between whom it runs. */
const heard = eventClassesOf('referral.').filter((each) => isHeard(each.type as HeardType));

@Controller()
export class DispatchHandlers {
  constructor(private readonly dispatch: DispatchService) {}

  @Reads('notifications.dispatch', ...heard)
  hear(_event: DomainEvent, { tx, envelope, now }: ReadContext): Promise<void> {
    return this.dispatch.hear(tx, envelope as EventEnvelope<HeardEvent>, now);
  }
}
