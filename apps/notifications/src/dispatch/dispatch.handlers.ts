import { Controller } from '@nestjs/common';
import { eventClassesOf, type DomainEvent, type EventEnvelope } from '#contracts';
import { Reads, type ReadContext } from '#events';
import type { HeardEvent } from '../audience/telling.table.ts';
import { DispatchService } from './dispatch.service.ts';

/**
 * Reads every event of a referral, also those that tell nobody: some say between whom it runs, and a reader who waits
 * for a Position waits for the whole stream.
 */
@Controller()
export class DispatchHandlers {
  constructor(private readonly dispatch: DispatchService) {}

  @Reads('notifications.dispatch', ...eventClassesOf('referral.'))
  hear(_event: DomainEvent, { tx, envelope, now }: ReadContext): Promise<void> {
    return this.dispatch.hear(tx, envelope as EventEnvelope<HeardEvent>, now);
  }
}
