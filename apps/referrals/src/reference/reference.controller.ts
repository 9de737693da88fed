import { CurrentActor, type Actor } from '#access';
import { ReferencedReferral } from '#contracts';
import { Answers } from '#service';
import { Controller, Get, Param } from '@nestjs/common';
import { ReferenceQueries } from './reference.queries.ts';

@Controller('references')
export class ReferenceController {
  constructor(private readonly queries: ReferenceQueries) {}

  @Get(':reference')
  @Answers(ReferencedReferral, {
    description:
      'The referral, and those of its Tasks that the caller may see, oldest first. A reference may be typed in small letters, with hyphens or blanks, and with I, L and O for 1 and 0.',
  })
  one(@CurrentActor() actor: Actor, @Param('reference') reference: string): Promise<ReferencedReferral> {
    return this.queries.one(actor, reference);
  }
}
