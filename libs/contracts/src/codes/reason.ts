import type { TaskAction } from './task-action.ts';

export const reasonCodes = [
  'no-capacity',
  'waitlist-closed',
  'not-eligible',
  'outside-service-area',
  'missing-documentation',
  'client-declined',
  'client-no-longer-in-need',
  'unable-to-contact',
  'already-served-here',
  'duplicate',
  'health-and-safety',
  'needs-higher-level-of-care',
  'service-discontinued',
  'sent-in-error',
  'moved-away',
  'deceased',
  'another-agency-accepted',
  'not-picked',
  'consent-revoked',
  'no-response',
  'other',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** Actions that take a coded reason; `settle` is the need's own. */
export type ReasonedAction =
  Extract<TaskAction, 'decline' | 'redirect' | 'not-complete' | 'withdraw' | 'reopen' | 'mark-error'> | 'settle';

/**
 * One line of the decline and end reasons (domain.md §2). `actions` empty: only the system gives this reason.
 * `parkDays`: days for which the same organization is not offered the same need again; 0 = none.
 * `clientSees`: shown to the client, in the words of `words`.
 */
export interface Reason {
  readonly code: ReasonCode;
  readonly actions: readonly ReasonedAction[];
  /** HUD 4.20 referral result: 2 = ended by the client, 3 = ended by the provider. */
  readonly hudResult: 2 | 3;
  readonly reroute: boolean;
  readonly parkDays: number;
  readonly capacityStatistic: boolean;
  readonly needsText: boolean;
  readonly clientSees: boolean;
  readonly words: { readonly en: string; readonly es: string };
}

const agencyEnds = ['decline', 'redirect', 'not-complete'] as const;

/** The seed code list. A need is settled by reasons whose `reroute` is false, and by hand. */
export const reasons: readonly Reason[] = [
  {
    code: 'no-capacity',
    actions: ['decline', 'redirect', 'settle'],
    hudResult: 3,
    reroute: true,
    parkDays: 14,
    capacityStatistic: true,
    needsText: false,
    clientSees: true,
    words: { en: 'They have no space right now.', es: 'No tienen espacio en este momento.' },
  },
  {
    code: 'waitlist-closed',
    actions: ['decline', 'redirect', 'settle'],
    hudResult: 3,
    reroute: true,
    parkDays: 30,
    capacityStatistic: true,
    needsText: false,
    clientSees: true,
    words: { en: 'Their waiting list is closed.', es: 'Su lista de espera está cerrada.' },
  },
  {
    code: 'not-eligible',
    actions: [...agencyEnds, 'settle'],
    hudResult: 3,
    reroute: true,
    parkDays: 180,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: {
      en: 'Their programme has rules that do not fit your situation.',
      es: 'Su programa tiene requisitos que no se ajustan a su situación.',
    },
  },
  {
    code: 'outside-service-area',
    actions: [...agencyEnds, 'settle'],
    hudResult: 3,
    reroute: true,
    parkDays: 365,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'They do not serve your area.', es: 'No atienden en su zona.' },
  },
  {
    code: 'missing-documentation',
    actions: ['decline', 'not-complete'],
    hudResult: 3,
    reroute: true,
    parkDays: 7,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'Papers they need were missing.', es: 'Faltaban documentos que necesitan.' },
  },
  {
    code: 'client-declined',
    actions: ['decline', 'not-complete', 'withdraw', 'settle'],
    hudResult: 2,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'You said no to this offer.', es: 'Usted no aceptó esta oferta.' },
  },
  {
    code: 'client-no-longer-in-need',
    actions: ['decline', 'not-complete', 'withdraw', 'settle'],
    hudResult: 2,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'You no longer need this help.', es: 'Ya no necesita esta ayuda.' },
  },
  {
    code: 'unable-to-contact',
    actions: ['not-complete', 'settle'],
    hudResult: 2,
    reroute: true,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'They tried to reach you and could not.', es: 'Intentaron comunicarse con usted y no pudieron.' },
  },
  {
    code: 'already-served-here',
    actions: ['decline', 'not-complete', 'settle'],
    hudResult: 3,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'You already receive this help there.', es: 'Ya recibe esta ayuda allí.' },
  },
  {
    code: 'duplicate',
    actions: ['decline', 'withdraw', 'settle', 'mark-error'],
    hudResult: 3,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: false,
    words: { en: 'The same request was sent twice.', es: 'La misma solicitud se envió dos veces.' },
  },
  {
    code: 'health-and-safety',
    actions: agencyEnds,
    hudResult: 3,
    reroute: true,
    parkDays: 90,
    capacityStatistic: false,
    needsText: false,
    clientSees: false,
    words: { en: 'They cannot offer this safely.', es: 'No pueden ofrecer esto de forma segura.' },
  },
  {
    code: 'needs-higher-level-of-care',
    actions: agencyEnds,
    hudResult: 3,
    reroute: true,
    parkDays: 90,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'You need more support than they can give.', es: 'Necesita más apoyo del que pueden ofrecer.' },
  },
  {
    code: 'service-discontinued',
    actions: [...agencyEnds, 'withdraw', 'settle'],
    hudResult: 3,
    reroute: true,
    parkDays: 365,
    capacityStatistic: true,
    needsText: false,
    clientSees: true,
    words: { en: 'They no longer offer this service.', es: 'Ya no ofrecen este servicio.' },
  },
  {
    code: 'sent-in-error',
    actions: ['decline', 'withdraw', 'mark-error'],
    hudResult: 3,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: false,
    words: { en: 'This was sent by mistake.', es: 'Esto se envió por error.' },
  },
  {
    code: 'moved-away',
    actions: ['decline', 'not-complete', 'withdraw', 'settle'],
    hudResult: 2,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'You moved away.', es: 'Usted se mudó.' },
  },
  {
    code: 'deceased',
    actions: ['decline', 'not-complete', 'withdraw', 'settle'],
    hudResult: 2,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: false,
    words: { en: 'The client died.', es: 'La persona falleció.' },
  },
  {
    code: 'another-agency-accepted',
    actions: [],
    hudResult: 3,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'Another agency is helping you with this.', es: 'Otra agencia le está ayudando con esto.' },
  },
  {
    code: 'not-picked',
    actions: [],
    hudResult: 3,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'Another agency was chosen.', es: 'Se eligió otra agencia.' },
  },
  {
    code: 'consent-revoked',
    actions: [],
    hudResult: 2,
    reroute: false,
    parkDays: 0,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'You took your permission back.', es: 'Usted retiró su permiso.' },
  },
  {
    code: 'no-response',
    actions: [],
    hudResult: 3,
    reroute: true,
    parkDays: 14,
    capacityStatistic: false,
    needsText: false,
    clientSees: true,
    words: { en: 'They did not answer in time.', es: 'No respondieron a tiempo.' },
  },
  {
    code: 'other',
    actions: [...agencyEnds, 'withdraw', 'settle', 'reopen', 'mark-error'],
    hudResult: 3,
    reroute: true,
    parkDays: 14,
    capacityStatistic: false,
    needsText: true,
    clientSees: false,
    words: { en: 'Another reason.', es: 'Otra razón.' },
  },
];

const byCode: ReadonlyMap<ReasonCode, Reason> = new Map(reasons.map((reason) => [reason.code, reason]));

/** The line of a reason; every code has one (held by a test). */
export function reasonOf(code: ReasonCode): Reason {
  const reason = byCode.get(code);
  if (reason === undefined) throw new Error(`no line for reason ${code}`);
  return reason;
}

/** Codes that a person may give with this action, in list order. */
export function reasonsFor(action: ReasonedAction): readonly ReasonCode[] {
  return reasons.filter((reason) => reason.actions.includes(action)).map((reason) => reason.code);
}
