import { Body, Controller, Get, Put } from '@nestjs/common';
import { CurrentActor, type Actor } from '#access';
import { PreferencesView, SetPreferences } from '#contracts';
import { Answers, Command, CommandOf, Takes, type Answer, type CommandRequest } from '#service';
import { PreferenceService } from './preference.service.ts';

@Controller('preferences')
export class PreferenceController {
  constructor(private readonly preferences: PreferenceService) {}

  @Get()
  @Answers(PreferencesView)
  read(@CurrentActor() actor: Actor): Promise<PreferencesView> {
    return this.preferences.read(actor);
  }

  @Put()
  @Command()
  @Takes(SetPreferences)
  @Answers(PreferencesView)
  set(@CommandOf() request: CommandRequest, @Body() wished: SetPreferences): Promise<Answer> {
    return this.preferences.set(request, wished);
  }
}
