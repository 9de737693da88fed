import { ServiceModule } from '#service';
import { BoardController } from './board/list/board.controller.ts';
import { BoardProjection, boardProjected } from './board/board.projection.ts';
import { BoardQueries } from './board/list/board.queries.ts';
import { CoordinationConfig } from './coordination.config.ts';
import { InboxController } from './inbox/inbox.controller.ts';
import { InboxQueries } from './inbox/inbox.queries.ts';
import { ChangeFeed } from './live/change-feed.ts';
import { ChangeQueries } from './live/change.queries.ts';
import { LiveController } from './live/live.controller.ts';
import { LiveService } from './live/live.service.ts';
import { ContactOfRow1764900000001 } from './migrations/contact-of-row.migration.ts';
import { ListFilters1765000000002 } from './migrations/list-filters.migration.ts';
import { RowFacts1765000000001 } from './migrations/row-facts.migration.ts';
import { RowsOfReferral1764600000001 } from './migrations/rows-of-referral.migration.ts';
import { CoordinationTables1764000000000 } from './migrations/tables.migration.ts';
import { TimelineController } from './timeline/timeline.controller.ts';
import { TimelineProjection, timelineProjected } from './timeline/timeline.projection.ts';
import { TimelineQueries } from './timeline/timeline.queries.ts';

@ServiceModule({
  name: 'coordination',
  config: CoordinationConfig,
  rights: {
    deletes: [
      'board_referral',
      'board_row',
      'inbox_row',
      'inbox_claimant',
      'timeline_item',
      'timeline_referral',
      'change',
    ],
    appended: [],
    writtenByPeople: [],
    replicas: [],
  },
  migrations: [
    CoordinationTables1764000000000,
    RowsOfReferral1764600000001,
    ContactOfRow1764900000001,
    RowFacts1765000000001,
    ListFilters1765000000002,
  ],
  networkOfKey: ['select network_id from board_row where referral_id = k.id limit 1'],
  projected: [boardProjected, timelineProjected],
  controllers: [
    InboxController,
    BoardController,
    TimelineController,
    LiveController,
    BoardProjection,
    TimelineProjection,
  ],
  providers: [InboxQueries, BoardQueries, TimelineQueries, ChangeQueries, ChangeFeed, LiveService],
})
export class CoordinationModule {}
