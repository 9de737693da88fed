// Generated from PostgreSQL's descriptions: UPDATE_RELEASED=1 npm test -- statements
import type { Computed, Sent } from '#persistence';

declare module '#persistence' {
  interface DescribedStatements {
    'audience referral': { parameters: [Sent<string>]; row: { referral_id: string; network_id: string; sender_organization_id: string; creator_id: string | null; reports_nothing: Computed<boolean> } };
    deliveries: { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string | number>]; row: { delivery_id: string; event_id: string; person_id: string; channel: string; template: string; referral_id: string | null; task_id: string | null; network_id: string; recipient_organization_id: string; state: string; attempts: number; at: string; reason: string | null } };
    'demo mails': { parameters: [Sent<string>, Sent<string>, Sent<string | number>]; row: { demo_mail_id: string; recipient: string; subject: string; text: string; at: string } };
    'forget oldest demo mails': { parameters: [Sent<string | number>]; row: object };
    'keep demo mail': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>]; row: object };
    'known access': { parameters: [Sent<string>]; row: { access_id: string; referral_id: string; organization_id: string } };
    'known task': { parameters: [Sent<string>]; row: { task_id: string; referral_id: string; creator_id: string | null; agency_ids: readonly string[]; sent: boolean; return_path: string } };
    'language of person': { parameters: [Sent<string>]; row: { language: string } };
    'mails wished': { parameters: [Sent<readonly Sent<string>[]>]; row: { person_id: string; language: string } };
    'notification by id': { parameters: [Sent<string>]; row: { notification_id: string; event_id: string; person_id: string; template: string; referral_id: string | null; task_id: string | null; at: string; read_at: string | null; reason: string | null; consent_ended_at: string | null } };
    notifications: { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string | number>]; row: { notification_id: string; event_id: string; person_id: string; template: string; referral_id: string | null; task_id: string | null; at: string; read_at: string | null; reason: string | null; consent_ended_at: string | null } };
    'notifications not read': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string | number>]; row: { notification_id: string; event_id: string; person_id: string; template: string; referral_id: string | null; task_id: string | null; at: string; read_at: string | null; reason: string | null; consent_ended_at: string | null } };
    'notifications read': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string | number>]; row: { notification_id: string; event_id: string; person_id: string; template: string; referral_id: string | null; task_id: string | null; at: string; read_at: string | null; reason: string | null; consent_ended_at: string | null } };
    'people around a referral': { parameters: [Sent<string>, Sent<readonly Sent<string>[]>]; row: { person_id: Computed<string>; organization_id: Computed<string>; network_id: Computed<string>; roles: Computed<readonly string[]>; kind: Computed<string> } };
    'people of a role': { parameters: [Sent<string>, Sent<readonly Sent<string>[]>]; row: { person_id: Computed<string>; organization_id: Computed<string>; network_id: Computed<string>; roles: Computed<readonly string[]>; kind: Computed<string> } };
    'people told of event': { parameters: [Sent<string>]; row: { person_id: string } };
    'waiting delivery': { parameters: [Sent<string>]; row: { delivery_id: string; event_id: string; person_id: string; channel: string; template: string; referral_id: string | null; task_id: string | null; network_id: string; recipient_organization_id: string; state: string; attempts: number; at: string; reason: string | null } };
  }
}
