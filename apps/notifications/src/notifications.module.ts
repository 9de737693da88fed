import { ServiceModule } from '#service';
import { ReplicaQueries } from './audience/replica.queries.ts';
import { PeopleProjection, peopleProjected } from './audience/people.projection.ts';
import { DeliveryController } from './delivery/delivery.controller.ts';
import { DeliveryQueries } from './delivery/delivery.queries.ts';
import { DemoMailController } from './demo-mail/demo-mail.controller.ts';
import { DemoMailQueries } from './demo-mail/demo-mail.queries.ts';
import { MailCatcher } from './demo-mail/mail-catcher.service.ts';
import { DispatchHandlers, dispatchProjected } from './dispatch/dispatch.handlers.ts';
import { DispatchService } from './dispatch/dispatch.service.ts';
import { UndeliveredTimers } from './dispatch/undelivered-timers.service.ts';
import { DeliveryPlanner } from './dispatch/delivery-planner.service.ts';
import { MailDeliveries } from './mail/mail-delivery.service.ts';
import { MailSender } from './mail/mail-sender.service.ts';
import { MailServer } from './mail/mail-server.service.ts';
import { MailTimers } from './mail/mail-timers.service.ts';
import { MailConfig } from './mail/mail.config.ts';
import { KnownOfReferral1764600000001 } from './migrations/known-of-referral.migration.ts';
import { NotificationsDemoMail1764000000002 } from './migrations/demo-mail.migration.ts';
import { NotSent1765000000001 } from './migrations/not-sent.migration.ts';
import { NotificationsTables1764000000001 } from './migrations/tables.migration.ts';
import { ReportedEnds1765100000001 } from './migrations/reported-ends.migration.ts';
import { WhyTold1764900000001 } from './migrations/why-told.migration.ts';
import { NotificationController } from './notification/notification.controller.ts';
import { NotificationQueries } from './notification/notification.queries.ts';
import { NotificationService } from './notification/notification.service.ts';
import { PreferenceController } from './preference/preference.controller.ts';
import { PreferenceRow } from './preference/preference.entity.ts';
import { PreferenceQueries } from './preference/preference.queries.ts';
import { PreferenceService } from './preference/preference.service.ts';

@ServiceModule({
  name: 'notifications',
  rights: {
    deletes: ['known_person', 'known_organization', 'known_referral', 'known_task', 'known_access', 'demo_mail'],
    appended: [],
    writtenByPeople: ['notification', 'preference'],
    replicas: ['known_person', 'known_organization', 'known_referral', 'known_task', 'known_access'],
  },
  entities: [PreferenceRow],
  migrations: [
    NotificationsTables1764000000001,
    NotificationsDemoMail1764000000002,
    KnownOfReferral1764600000001,
    WhyTold1764900000001,
    NotSent1765000000001,
    ReportedEnds1765100000001,
  ],
  networkOfKey: ['select network_id from known_referral where referral_id = k.id'],
  projected: [dispatchProjected, peopleProjected],
  config: MailConfig,
  controllers: [
    DispatchHandlers,
    PeopleProjection,
    NotificationController,
    DeliveryController,
    PreferenceController,
    DemoMailController,
  ],
  providers: [
    ReplicaQueries,
    DeliveryPlanner,
    DispatchService,
    UndeliveredTimers,
    DeliveryQueries,
    NotificationQueries,
    NotificationService,
    PreferenceQueries,
    PreferenceService,
    MailDeliveries,
    MailSender,
    MailServer,
    MailTimers,
    MailCatcher,
    DemoMailQueries,
  ],
})
export class NotificationsModule {}
