import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, type Actor } from '#access';
import {
  MarkNotificationRead,
  MarkNotificationsRead,
  NotificationsAsked,
  NotificationsReadView,
  NotificationView,
} from '#contracts';
import {
  After,
  Answers,
  Asks,
  Command,
  CommandOf,
  pageOf,
  Positions,
  Takes,
  type Answer,
  type CommandRequest,
  type Page,
  type Position,
} from '#service';
import { NotificationQueries } from './notification.queries.ts';
import { NotificationService } from './notification.service.ts';

@Controller('notifications')
export class NotificationController {
  constructor(
    private readonly queries: NotificationQueries,
    private readonly service: NotificationService,
    private readonly positions: Positions,
  ) {}

  @Get()
  @Asks(NotificationsAsked)
  @Answers(NotificationView, { page: true })
  async list(
    @CurrentActor() actor: Actor,
    @Query() asked: NotificationsAsked,
    @After() after: Position | undefined,
  ): Promise<Page<NotificationView>> {
    const page = pageOf(asked, ['instant', 'id']);
    await this.positions.wait(after);
    return this.queries.list(actor, asked, page);
  }

  @Post('read')
  @HttpCode(200)
  @Command()
  @Takes(MarkNotificationsRead)
  @Answers(NotificationsReadView)
  markReadUpTo(@CommandOf() request: CommandRequest, @Body() body: MarkNotificationsRead): Promise<Answer> {
    return this.service.markReadUpTo(request, body.upTo);
  }

  @Post(':id/read')
  @HttpCode(200)
  @Command()
  @Takes(MarkNotificationRead)
  @Answers(NotificationView)
  markRead(@CommandOf() request: CommandRequest, @Param('id') id: string): Promise<Answer> {
    return this.service.markRead(request, id);
  }
}
