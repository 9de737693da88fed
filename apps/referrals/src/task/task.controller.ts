import { Allow, AllowBy, CurrentActor, type Actor } from '#access';
import {
  MessageView,
  QueriedTask,
  QueryTasks,
  ReasonView,
  taskActions,
  taskCommands,
  TaskView,
  type TaskAction,
} from '#contracts';
import { CLOCK, type Clock } from '#events';
import {
  After,
  Answers,
  Command,
  CommandOf,
  Correlation,
  NotFound,
  pageOf,
  pageOfAll,
  parseBody,
  Positions,
  Takes,
  TakesOneOf,
  withEtag,
  type Answer,
  type CommandRequest,
  type CorrelationOf,
  type Page,
} from '#service';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { MessageRow } from '../message/message.rows.ts';
import { TaskQueries } from './task.queries.ts';
import { rolesOfAction } from '../domain/task/table/role-of-action.ts';
import type { TaskBody } from './request-data.ts';
import { TaskService } from './task.service.ts';

@Controller()
export class TaskController {
  constructor(
    private readonly service: TaskService,
    private readonly queries: TaskQueries,
    private readonly positions: Positions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('tasks/:id')
  @Answers(TaskView)
  async one(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @After() after: string | undefined,
  ): Promise<Answer> {
    await this.positions.wait(after);
    const task = await this.queries.one(actor, id);
    return withEtag(task, task.version);
  }

  @Get('tasks/:id/messages')
  @Allow('discharge-planner', 'organization-admin', 'intake-worker')
  @Answers(MessageView, { page: true })
  messages(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: unknown): Promise<Page<MessageRow>> {
    return this.queries.messages(actor, id, pageOf(query, ['instant', 'id']));
  }

  @Post('tasks/query')
  @HttpCode(200)
  @Allow('discharge-planner', 'intake-worker', 'organization-admin', 'coordinator', 'network-admin', 'privacy-officer')
  @Takes(QueryTasks)
  @Answers(QueriedTask, {
    list: true,
    description:
      "The label of another organization's client is null where consent does not allow it, and while the present state of consent is not known.",
  })
  query(
    @CurrentActor() actor: Actor,
    @Body() body: QueryTasks,
    @Correlation() correlation: CorrelationOf,
  ): Promise<{ readonly items: readonly QueriedTask[] }> {
    return this.queries.query(actor, body.taskIds, correlation);
  }

  @Post('tasks/:id/:action')
  @AllowBy('action', rolesOfAction)
  @Command({ ifMatch: true })
  @TakesOneOf(...new Set<new () => object>(Object.values(taskCommands)))
  @Answers(TaskView)
  async act(
    @CommandOf() request: CommandRequest,
    @Param('id') id: string,
    @Param('action') action: string,
    @Body() raw: unknown,
    @After() after: string | undefined,
  ): Promise<Answer> {
    if (!isTaskAction(action)) throw new NotFound();
    const body = parseBody<TaskBody>(taskCommands[action], raw, this.clock.now());
    // The gate must have seen the caller's own consent command, and no transaction may be open meanwhile (contract.md §2.2).
    if (action === 'send') await this.positions.wait(after);
    return this.service.do(request, id, action, body);
  }

  @Get('reasons')
  @Answers(ReasonView, { page: true })
  reasons(@Query() query: unknown): Page<ReasonView> {
    return pageOfAll(query, this.queries.reasons(), ({ code }) => code);
  }
}

function isTaskAction(text: string): text is TaskAction {
  return (taskActions as readonly string[]).includes(text);
}
