import { ServiceModule } from '#service';
import { KnownQueries } from './audience/known.queries.ts';
import { PeopleProjection } from './audience/people.projection.ts';
import { DeliveryController } from './delivery/delivery.controller.ts';
import { DeliveryQueries } from './delivery/delivery.queries.ts';
import { DispatchHandlers } from './dispatch/dispatch.handlers.ts';
import { DispatchService } from './dispatch/dispatch.service.ts';
import { LateTellings, LateTellingTimers } from './dispatch/late-telling.service.ts';
import { TellingService } from './dispatch/telling.service.ts';
import { NotificationsTables1764000000001 } from './migrations/tables.migration.ts';
import { NotificationController } from './notification/notification.controller.ts';
import { NotificationQueries } from './notification/notification.queries.ts';
import { NotificationService } from './notification/notification.service.ts';
import { PreferenceController } from './preference/preference.controller.ts';
import { PreferenceService } from './preference/preference.service.ts';

@ServiceModule({
  name: 'notifications',
  migrations: [NotificationsTables1764000000001],
  controllers: [DispatchHandlers, PeopleProjection, NotificationController, DeliveryController, PreferenceController],
  providers: [
    KnownQueries,
    TellingService,
    DispatchService,
    LateTellings,
    LateTellingTimers,
    DeliveryQueries,
    NotificationQueries,
    NotificationService,
    PreferenceService,
  ],
})
export class NotificationsModule {}
