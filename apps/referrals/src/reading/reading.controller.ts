import { Allow, CurrentActor, type Actor } from '#access';
import { ReadingsAsked, ReadingView } from '#contracts';
import { Answers, Asks, pageOf, type Page } from '#service';
import { Controller, Get, Query } from '@nestjs/common';
import { ReadingQueries } from './reading.queries.ts';

/** Who of the caller's organization read which client's data, for its privacy officer. */
@Controller('access-log')
@Allow('privacy-officer')
export class ReadingController {
  constructor(private readonly queries: ReadingQueries) {}

  @Get()
  @Asks(ReadingsAsked)
  @Answers(ReadingView, { page: true })
  list(@CurrentActor() actor: Actor, @Query() asked: ReadingsAsked): Promise<Page<ReadingView>> {
    return this.queries.list(actor, asked, pageOf(asked, ['instant', 'id']));
  }
}
