import { ServiceModule } from '#service';
import { AttachmentController } from './attachment/attachment.controller.ts';
import { AttachmentQueries } from './attachment/attachment.queries.ts';
import { AttachmentService } from './attachment/attachment.service.ts';
import { ContactReport } from './system/contact-report.service.ts';
import { DraftController } from './draft/draft.controller.ts';
import { DraftEnd } from './draft/draft-end.service.ts';
import { DraftQueries } from './draft/draft.queries.ts';
import { DraftService } from './draft/draft.service.ts';
import { ClientController } from './client/client.controller.ts';
import { LateKeys } from './client/late-keys.service.ts';
import { ClientQueries } from './client/client.queries.ts';
import { DeathController } from './death/death.controller.ts';
import { DeathUndoService } from './death/death.service.ts';
import { ClientService } from './client/client.service.ts';
import { GateDoor } from './consent-gate/gate-door.service.ts';
import { gateFreshness } from './consent-gate/gate-freshness.ts';
import { GateProjection, gateProjected } from './consent-gate/gate.projection.ts';
import { ConsentReview } from './system/consent-review.service.ts';
import { ReplicaProjection, replicaProjected } from './replica/replica.projection.ts';
import { DeliveryProjection, deliveryProjected } from './system/delivery.projection.ts';
import { SystemCommands } from './stream/system-commands.ts';
import { NewInformation } from './system/new-information.service.ts';
import { ClientReading1764806000001 } from './migrations/client-reading.migration.ts';
import { ClientWriting1764806000002 } from './migrations/client-writing.migration.ts';
import { Areas1764900000003 } from './migrations/areas.migration.ts';
import { Attachments1764700000000 } from './migrations/attachments.migration.ts';
import { ClientKeys1764807000001 } from './migrations/client-keys/client-keys.migration.ts';
import { ClientKeyed1764900000002 } from './migrations/client-keys/client-keyed.migration.ts';
import { GateDoor1764801000001 } from './migrations/gate/gate-door.migration.ts';
import { GateExpired1764900000001 } from './migrations/gate/gate-expired.migration.ts';
import { OpenVersion1764700000002 } from './migrations/open-version.migration.ts';
import { PolicyAttempts1765000000001 } from './migrations/policy/policy-attempts.migration.ts';
import { PolicyTimers1764700000001 } from './migrations/policy/policy-timers.migration.ts';
import { TasksOfReferral1764600000001 } from './migrations/tasks-of-referral.migration.ts';
import { ClientStanding1764808000002 } from './migrations/client-standing.migration.ts';
import { SettlementNotes1764808000001 } from './migrations/settlement-notes.migration.ts';
import { ClientReferral1764900000001 } from './migrations/client-referral.migration.ts';
import { Draft1765000000002 } from './migrations/draft/draft.migration.ts';
import { Reference1764910000001 } from './migrations/reference/reference.migration.ts';
import { Tables1764000000000 } from './migrations/tables.migration.ts';
import { PacketController } from './packet/packet.controller.ts';
import { PacketService } from './packet/packet.service.ts';
import { ReadingController } from './reading/reading.controller.ts';
import { ReadingLog } from './reading/reading-log.service.ts';
import { ReadingQueries } from './reading/reading.queries.ts';
import { Deaths } from './stream/deaths.ts';
import { ReferralStream } from './stream/referral-stream.ts';
import { ClientDeath } from './system/client-death.service.ts';
import { DecisionFacts } from './stream/facts/decision.facts.ts';
import { ReferenceController } from './reference/reference.controller.ts';
import { ReferenceQueries } from './reference/reference.queries.ts';
import { ReferralCreation } from './referral/creation.service.ts';
import { ReferralController, ServiceRequestController } from './referral/referral.controller.ts';
import { ReferralIntake } from './referral/intake.service.ts';
import { ReferralQueries } from './referral/referral.queries.ts';
import { ReferralService } from './referral/referral.service.ts';
import { ReferralsConfig } from './config/referrals.config.ts';
import { RerouteService } from './system/reroute.service.ts';
import { TaskController } from './task/task.controller.ts';
import { TaskQueries } from './task/task.queries.ts';
import { TaskService } from './task/task.service.ts';
import { TaskTimers } from './system/task-timers.service.ts';

@ServiceModule({
  name: 'referrals',
  config: ReferralsConfig,
  rights: {
    deletes: [
      'gate_permission',
      'gate_watermark',
      'organization_copy',
      'healthcare_service_copy',
      'policy_copy',
      'person_copy',
      'delivered_task',
      'referral_note',
      'client_key',
      'client_death',
    ],
    appended: ['client_reading', 'attachment_file', 'client_key'],
    writtenByPeople: ['referral_note', 'client_key'],
    replicas: [
      'gate_permission',
      'gate_watermark',
      'organization_copy',
      'healthcare_service_copy',
      'policy_copy',
      'person_copy',
      'delivered_task',
      'task_of_client',
    ],
  },
  migrations: [
    Tables1764000000000,
    TasksOfReferral1764600000001,
    Attachments1764700000000,
    PolicyTimers1764700000001,
    OpenVersion1764700000002,
    GateDoor1764801000001,
    ClientKeys1764807000001,
    SettlementNotes1764808000001,
    ClientStanding1764808000002,
    ClientReading1764806000001,
    ClientWriting1764806000002,
    ClientReferral1764900000001,
    GateExpired1764900000001,
    ClientKeyed1764900000002,
    Areas1764900000003,
    Reference1764910000001,
    PolicyAttempts1765000000001,
    Draft1765000000002,
  ],
  networkOfKey: [
    'select network_id from referral where referral_id = k.id',
    'select network_id from referral where client_id = k.id limit 1',
  ],
  lagChecks: [gateFreshness],
  projected: [gateProjected, replicaProjected, deliveryProjected],
  controllers: [
    ReferralController,
    ServiceRequestController,
    PacketController,
    AttachmentController,
    ClientController,
    DeathController,
    TaskController,
    DraftController,
    ReferenceController,
    ReadingController,
    GateProjection,
    ReplicaProjection,
    DeliveryProjection,
  ],
  providers: [
    GateDoor,
    DecisionFacts,
    ReadingLog,
    ReadingQueries,
    ReferralIntake,
    ReferralCreation,
    ReferralService,
    ReferralQueries,
    ReferenceQueries,
    DraftService,
    DraftQueries,
    DraftEnd,
    TaskService,
    TaskQueries,
    PacketService,
    AttachmentService,
    AttachmentQueries,
    ClientQueries,
    ClientService,
    LateKeys,
    Deaths,
    ClientDeath,
    ReferralStream,
    DeathUndoService,
    SystemCommands,
    ConsentReview,
    RerouteService,
    TaskTimers,
    ContactReport,
    NewInformation,
  ],
})
export class ReferralsModule {}
