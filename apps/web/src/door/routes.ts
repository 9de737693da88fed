import type {
  AddAttachment,
  AddedAttachment,
  AreaView,
  AskDecision,
  AttachmentView,
  BoardAsked,
  BoardRowView,
  ChangeReferral,
  ClientView,
  ConfirmConsent,
  ConsentRequestsAsked,
  ConsentRequestView,
  ConsentsAsked,
  ConsentView,
  CreateReferral,
  DecisionView,
  DeliveriesAsked,
  DeliveryView,
  DemoPersonView,
  DisclosureEntryView,
  DisclosuresAsked,
  DuplicateClient,
  FoundClient,
  HealthcareServicesAsked,
  HealthcareServiceView,
  InboxAsked,
  InboxRowView,
  ListedReferral,
  MarkNotificationRead,
  MessageView,
  NetworkView,
  NeedView,
  NewClient,
  NewNeed,
  NotificationsAsked,
  NotificationView,
  OfferNeed,
  OpenPacket,
  OrganizationId,
  OrganizationsAsked,
  OrganizationView,
  PacketView,
  PersonView,
  PreferencesView,
  QueriedTask,
  QueryTasks,
  RankCandidates,
  RankedCandidateView,
  ReasonView,
  RecordConsent,
  ReferralsAsked,
  ReferralView,
  RemoveAttachment,
  RemovedAttachment,
  RevokeAllConsents,
  RevokeConsent,
  RevokedAllView,
  SearchClients,
  SetOpenness,
  SetPreferences,
  SettleNeed,
  taskCommands,
  TaskView,
  TimelineView,
  UndoDeath,
  WholeAttachment,
  WithdrawReferral,
} from '#contracts';
import type { TaskAction } from '#contracts/codes/task-action';
import { command, get, move, patch, post, put, waits, type Items, type Page, type PageAsked } from './http/route.ts';

/** The fields of one action on a Task. */
export type FieldsOf<Action extends TaskAction> = InstanceType<(typeof taskCommands)[Action]>;
export type AnyFields = { readonly [Action in TaskAction]: FieldsOf<Action> }[TaskAction];

interface PeopleAsked {
  readonly organizationId?: OrganizationId;
  readonly active?: boolean;
}

/** Every route that the application calls, one line each. test/contracts/web/routes.spec.ts compares it with the API. */
export const routes = {
  // referrals
  createReferral: post('/api/referrals/referrals', command).takes<CreateReferral, ReferralView>(),
  referrals: get('/api/referrals/referrals', waits).gives<Page<ListedReferral>, ReferralsAsked & PageAsked>(),
  referral: get('/api/referrals/referrals/:id', waits).gives<ReferralView>(),
  changeReferral: patch('/api/referrals/referrals/:id', move).takes<ChangeReferral, ReferralView>(),
  addNeed: post('/api/referrals/referrals/:id/needs', command).takes<NewNeed, ReferralView>(),
  withdrawReferral: post('/api/referrals/referrals/:id/withdraw', move).takes<WithdrawReferral, ReferralView>(),
  offerNeed: post('/api/referrals/service-requests/:id/tasks', command).takes<OfferNeed, TaskView>(),
  settleNeed: post('/api/referrals/service-requests/:id/settle', command).takes<SettleNeed, NeedView>(),
  attachments: get('/api/referrals/referrals/:id/attachments', waits).gives<Page<AttachmentView>, PageAsked>(),
  addAttachment: post('/api/referrals/referrals/:id/attachments', command).takes<AddAttachment, AddedAttachment>(),
  attachment: get('/api/referrals/attachments/:id').gives<WholeAttachment>(),
  removeAttachment: post('/api/referrals/attachments/:id/remove', move).takes<RemoveAttachment, RemovedAttachment>(),
  task: get('/api/referrals/tasks/:id', waits).gives<TaskView>(),
  actOnTask: post('/api/referrals/tasks/:id/:action', { ...move, ...waits }).takes<AnyFields, TaskView>(),
  openPacket: post('/api/referrals/tasks/:id/packet').takes<OpenPacket, PacketView>(),
  messages: get('/api/referrals/tasks/:id/messages').gives<Page<MessageView>, PageAsked>(),
  queryTasks: post('/api/referrals/tasks/query').takes<QueryTasks, Items<QueriedTask>>(),
  searchClients: post('/api/referrals/clients/search').takes<SearchClients, Page<FoundClient>, PageAsked>(),
  duplicates: post('/api/referrals/clients/duplicates').takes<NewClient, Page<DuplicateClient>, PageAsked>(),
  client: get('/api/referrals/clients/:id').gives<ClientView>(),
  changeClient: put('/api/referrals/clients/:id', move).takes<NewClient, ClientView>(),
  undoDeath: post('/api/referrals/clients/:id/death/undo', command).takes<UndoDeath, ClientView>(),
  reasons: get('/api/referrals/reasons').gives<Page<ReasonView>, PageAsked>(),
  // consent
  recordConsent: post('/api/consent/consents', { ...command, ...waits }).takes<RecordConsent, ConsentView>(),
  consents: get('/api/consent/consents', waits).gives<Page<ConsentView>, ConsentsAsked & PageAsked>(),
  consent: get('/api/consent/consents/:id', waits).gives<ConsentView>(),
  revokeConsent: post('/api/consent/consents/:id/revoke', move).takes<RevokeConsent, ConsentView>(),
  revokeAll: post('/api/consent/consents/revoke-all', command).takes<RevokeAllConsents, RevokedAllView>(),
  confirmConsent: post('/api/consent/consents/:id/confirm', command).takes<ConfirmConsent, ConsentView>(),
  decision: post('/api/consent/decisions').takes<AskDecision, DecisionView>(),
  consentRequests: get('/api/consent/requests', waits).gives<
    Page<ConsentRequestView>,
    ConsentRequestsAsked & PageAsked
  >(),
  disclosures: get('/api/consent/disclosures', waits).gives<Page<DisclosureEntryView>, DisclosuresAsked & PageAsked>(),
  // directory
  network: get('/api/directory/network').gives<NetworkView>(),
  areas: get('/api/directory/areas').gives<Page<AreaView>, PageAsked>(),
  organizations: get('/api/directory/organizations').gives<Page<OrganizationView>, OrganizationsAsked & PageAsked>(),
  healthcareServices: get('/api/directory/healthcare-services').gives<
    Page<HealthcareServiceView>,
    HealthcareServicesAsked & PageAsked
  >(),
  healthcareService: get('/api/directory/healthcare-services/:id').gives<HealthcareServiceView>(),
  setOpenness: patch('/api/directory/healthcare-services/:id', move).takes<SetOpenness, HealthcareServiceView>(),
  candidates: post('/api/directory/candidates').takes<RankCandidates, Page<RankedCandidateView>, PageAsked>(),
  // coordination
  inbox: get('/api/coordination/inbox', waits).gives<Page<InboxRowView>, InboxAsked & PageAsked>(),
  board: get('/api/coordination/board', waits).gives<Page<BoardRowView>, BoardAsked & PageAsked>(),
  timeline: get('/api/coordination/referrals/:id/timeline', waits).gives<TimelineView>(),
  live: get('/api/coordination/live').gives<never>(),
  // notifications
  notifications: get('/api/notifications/notifications', waits).gives<
    Page<NotificationView>,
    NotificationsAsked & PageAsked
  >(),
  markNotificationRead: post('/api/notifications/notifications/:id/read', command).takes<
    MarkNotificationRead,
    NotificationView
  >(),
  deliveries: get('/api/notifications/deliveries', waits).gives<Page<DeliveryView>, DeliveriesAsked & PageAsked>(),
  preferences: get('/api/notifications/preferences').gives<PreferencesView>(),
  setPreferences: put('/api/notifications/preferences', command).takes<SetPreferences, PreferencesView>(),
  // identity
  me: get('/api/identity/me').gives<PersonView>(),
  people: get('/api/identity/people').gives<Page<PersonView>, PeopleAsked & PageAsked>(),
  demoPeople: get('/api/identity/demo-people').gives<Page<DemoPersonView>, PageAsked>(),
} as const;
