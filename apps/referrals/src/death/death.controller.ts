import { Allow } from '#access';
import { ClientView, UndoDeath } from '#contracts';
import { Answers, Command, CommandOf, Takes, type Answer, type CommandRequest } from '#service';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { DeathUndoService } from './death.service.ts';

@Controller('clients')
export class DeathController {
  constructor(private readonly service: DeathUndoService) {}

  @Post(':id/death/undo')
  @Allow('discharge-planner', 'organization-admin')
  @Command()
  @Takes(UndoDeath)
  @Answers(ClientView)
  undo(@CommandOf() request: CommandRequest, @Param('id') id: string, @Body() body: UndoDeath): Promise<Answer> {
    return this.service.undo(request, id, body);
  }
}
