import { ConsentWatermark } from '#contracts';
import { ServiceModule } from '#service';
import { ClientService } from './client/client.service.ts';
import { ConsentExpiry } from './expiry/consent-expiry.service.ts';
import { ConsentController } from './consent/consent.controller.ts';
import { ConsentRow, RevocationRow } from './consent/consent.entity.ts';
import { ConsentQueries } from './consent/consent.queries.ts';
import { ConsentService } from './consent/consent.service.ts';
import { SignerAges } from './consent/signer-ages.service.ts';
import { DecisionController } from './decision/decision.controller.ts';
import { DecisionQueries } from './decision/decision.queries.ts';
import { DisclosureController } from './disclosure/disclosure.controller.ts';
import { DisclosureHandlers, ledgerProjected } from './disclosure/disclosure.handlers.ts';
import { DisclosureQueries } from './disclosure/disclosure.queries.ts';
import { OpenedAttachments1764700000001 } from './migrations/opened-attachments.migration.ts';
import { OpeningHasDisclosure1765100000001 } from './migrations/opening-has-disclosure.migration.ts';
import { RequestsOfReferral1764600000001 } from './migrations/requests-of-referral.migration.ts';
import { ConsentTables1764000000001 } from './migrations/consent-tables.migration.ts';
import { AnchorKeys } from './anchors/anchor-keys.service.ts';
import { LedgerAnchoring } from './anchors/ledger-anchoring.service.ts';
import { LedgerAnchors } from './anchors/ledger-anchors.service.ts';
import { OpeningsCheck } from './openings/openings-check.service.ts';
import { LedgerReader } from './ledger/ledger-reading.service.ts';
import { LedgerVerification } from './ledger/ledger-verification.service.ts';
import { LedgerWatch } from './ledger/ledger-watch.service.ts';
import { VerificationAlarm } from './ledger/verification-alarm.service.ts';
import { VerificationController } from './ledger/verification.controller.ts';
import { LedgerProtection1764805000001 } from './migrations/ledger-protection.migration.ts';
import { ConfirmationService } from './confirmation/confirmation.service.ts';
import { RevocationService } from './revocation/revocation.service.ts';
import { Causes1764900000001 } from './migrations/causes.migration.ts';
import { Confirmation1764805000002 } from './migrations/confirmation.migration.ts';
import { OwnerKnown, PATIENCE, patience } from './ownership/owner-known.service.ts';
import { RequestController } from './request/request.controller.ts';
import { RequestRow } from './request/request.entity.ts';
import { RequestHandlers, requestsProjected } from './request/request.handlers.ts';
import { RequestQueries } from './request/request.queries.ts';
import { TreatingReview } from './treating/treating-review.service.ts';
import { TreatingHandlers, treatingProjected } from './treating/treating.handlers.ts';

@ServiceModule({
  name: 'consent',
  rights: {
    deletes: ['consent_request', 'known_referral', 'known_organization', 'known_service', 'ledger_unanchored'],
    appended: ['disclosure_entry', 'ledger_verification', 'ledger_finding', 'consent_evidence'],
    writtenByPeople: [],
    replicas: ['known_referral', 'known_organization', 'known_service'],
  },
  entities: [ConsentRow, RevocationRow, RequestRow],
  migrations: [
    ConsentTables1764000000001,
    RequestsOfReferral1764600000001,
    OpenedAttachments1764700000001,
    LedgerProtection1764805000001,
    Confirmation1764805000002,
    Causes1764900000001,
    OpeningHasDisclosure1765100000001,
  ],
  // contract.md §3.1: readers use it to know how fresh their view of consent is. It must be sent at least every 10 s, so
  // it is due at half of that, because the relay only checks at intervals.
  relay: { watermark: { everyMs: 5_000, event: (asOf) => ConsentWatermark.of({ asOf }) } },
  networkOfKey: [
    'select network_id from known_referral where referral_id = k.id',
    'select network_id from known_referral where client_id = k.id limit 1',
  ],
  projected: [treatingProjected, ledgerProjected, requestsProjected],
  controllers: [
    ConsentController,
    DecisionController,
    RequestController,
    DisclosureController,
    VerificationController,
    RequestHandlers,
    DisclosureHandlers,
    TreatingHandlers,
  ],
  providers: [
    ClientService,
    ConsentService,
    SignerAges,
    RevocationService,
    ConfirmationService,
    ConsentQueries,
    ConsentExpiry,
    DecisionQueries,
    RequestQueries,
    DisclosureQueries,
    AnchorKeys,
    LedgerAnchors,
    LedgerAnchoring,
    OpeningsCheck,
    LedgerReader,
    LedgerVerification,
    LedgerWatch,
    VerificationAlarm,
    OwnerKnown,
    TreatingReview,
    { provide: PATIENCE, useValue: patience },
  ],
})
export class ConsentModule {}
