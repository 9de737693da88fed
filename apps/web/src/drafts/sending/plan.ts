import type { CreateReferral, RecordConsent } from '#contracts';

/** A consent as it stands in the draft: the client's id is known only once the referral is there. */
export type PlannedConsent = Omit<RecordConsent, 'clientId' | 'evidence'>;

/** A referral as it stands in the draft. `draftId`: it is made once, however often it is sent. */
export type PlannedReferral = CreateReferral & { readonly draftId: string };

/** What the person decided to send. `evidenceId`: a photographed paper in the vault of this browser. */
export interface ToSend {
  readonly referral: CreateReferral;
  readonly consents: readonly { readonly consent: PlannedConsent; readonly evidenceId: string | null }[];
}

/**
 * How far the sending of a draft has come. It is saved before the first step and after each one, so that any tab or device
 * goes on from there. Each step has its own Idempotency-Key, and its body never changes.
 */
export interface SendingPlan {
  /** When the person pressed send, as an instant. */
  readonly at: string;
  readonly refer: {
    readonly key: string;
    readonly body: PlannedReferral;
    readonly done: { readonly referralId: string; readonly clientId: string } | null;
  };
  readonly consents: readonly PlannedStep[];
  readonly send: { readonly key: string; readonly isDone: boolean };
}

interface PlannedStep {
  readonly key: string;
  readonly consent: PlannedConsent;
  readonly evidenceId: string | null;
  /** The `Position` of the answer, for which the next step waits. */
  readonly done: { readonly position: string | null } | null;
}

/** The next call. In this order, so that nobody gets three mails that a permission is missing. */
export type SendingStep =
  | { readonly kind: 'refer'; readonly key: string; readonly body: PlannedReferral }
  | {
      readonly kind: 'consent';
      readonly index: number;
      readonly key: string;
      readonly body: PlannedConsent & Pick<RecordConsent, 'clientId'>;
      readonly evidenceId: string | null;
    }
  | { readonly kind: 'send'; readonly key: string; readonly referralId: string; readonly after: string | null };

export function planOf(
  draftId: string,
  { referral, consents }: ToSend,
  { at, newKey }: { readonly at: string; readonly newKey: () => string },
): SendingPlan {
  return {
    at,
    refer: { key: newKey(), body: { ...referral, draftId }, done: null },
    consents: consents.map((each) => ({ ...each, key: newKey(), done: null })),
    send: { key: newKey(), isDone: false },
  };
}

/** Null once everything is done. */
export function nextStep({ refer, consents, send }: SendingPlan): SendingStep | null {
  if (refer.done === null) return { kind: 'refer', key: refer.key, body: refer.body };
  const { clientId, referralId } = refer.done;
  const index = consents.findIndex(({ done }) => done === null);
  const next = consents[index];
  if (next !== undefined) {
    const { key, consent, evidenceId } = next;
    return { kind: 'consent', index, key, body: { ...consent, clientId }, evidenceId };
  }
  const after = consents.at(-1)?.done?.position ?? null;
  return send.isDone ? null : { kind: 'send', key: send.key, referralId, after };
}

export type StepDone =
  | { readonly kind: 'refer'; readonly referralId: string; readonly clientId: string }
  | { readonly kind: 'consent'; readonly index: number; readonly position: string | null }
  | { readonly kind: 'send' };

export function advanced(plan: SendingPlan, done: StepDone): SendingPlan {
  switch (done.kind) {
    case 'refer': {
      const { referralId, clientId } = done;
      return { ...plan, refer: { ...plan.refer, done: { referralId, clientId } } };
    }
    case 'consent': {
      const { index, position } = done;
      const consents = plan.consents.map((each, place) => (place === index ? { ...each, done: { position } } : each));
      return { ...plan, consents };
    }
    case 'send':
      return { ...plan, send: { ...plan.send, isDone: true } };
  }
}

/**
 * Two devices that both began to send: the plan that was begun first counts, with what either of them has done of it. The
 * order of the two does not matter.
 */
export function mergedPlans(one: SendingPlan, other: SendingPlan): SendingPlan {
  if (one.refer.key !== other.refer.key) return earlier(one, other);
  return {
    ...one,
    refer: { ...one.refer, done: one.refer.done ?? other.refer.done },
    consents: one.consents.map((each, index) => ({ ...each, done: each.done ?? other.consents[index]?.done ?? null })),
    send: { ...one.send, isDone: one.send.isDone || other.send.isDone },
  };
}

function earlier(one: SendingPlan, other: SendingPlan): SendingPlan {
  const [a, b] = [one, other].map(({ at, refer }) => `${at} ${refer.key}`) as [string, string];
  return a < b ? one : other;
}

const format = 1;

/** As the draft's section `sending` keeps it. */
export function writtenPlan(plan: SendingPlan): string {
  return JSON.stringify({ format, plan });
}

/** Undefined for a form that this version of the application does not know. */
export function readPlan(text: string): SendingPlan | undefined {
  try {
    const found = JSON.parse(text) as { readonly format?: unknown; readonly plan?: SendingPlan };
    return found.format === format ? found.plan : undefined;
  } catch {
    return undefined;
  }
}
