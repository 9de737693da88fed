import type { InstantText, Language, ReasonCode, Template } from '#contracts';

type Words = Readonly<Record<Language, string>>;

/** The text of each template: no client, no organization, no need. A new template without a line does not compile. */
const sentences: Readonly<Record<Template, Words>> = {
  'consent-needed': { en: 'A Task waits for consent.', es: 'Una tarea espera el consentimiento.' },
  'consent-expiring': { en: 'A consent ends soon. Renew it.', es: 'Un consentimiento termina pronto. Renuévelo.' },
  'task-sent': { en: 'A Task was sent to you.', es: 'Se le envió una tarea.' },
  'task-not-delivered': {
    en: 'Nobody at the agency was reached in time. Call them.',
    es: 'No se localizó a nadie de la agencia a tiempo. Llame.',
  },
  'task-received': { en: 'The agency acknowledged a Task.', es: 'La agencia confirmó la recepción de una tarea.' },
  'task-question': { en: 'The agency has a question.', es: 'La agencia tiene una pregunta.' },
  'task-reply': { en: 'Your question was answered.', es: 'Se respondió a su pregunta.' },
  'new-information': {
    en: 'There is new information. Open the packet again.',
    es: 'Hay información nueva. Ábrala otra vez.',
  },
  'task-accepted': { en: 'A Task was accepted.', es: 'Se aceptó una tarea.' },
  'task-declined': { en: 'A Task was declined.', es: 'Se rechazó una tarea.' },
  'task-declined-after-acceptance': {
    en: 'A Task that had been accepted was declined.',
    es: 'Se rechazó una tarea que ya estaba aceptada.',
  },
  'task-decline-proposed': { en: 'A decline waits for your review.', es: 'Un rechazo espera su revisión.' },
  'task-decline-returned': { en: 'A decline was sent back.', es: 'Se devolvió un rechazo.' },
  'task-redirected': { en: 'The agency named a better one.', es: 'La agencia propuso otra más adecuada.' },
  'task-held': { en: 'A Task is on hold.', es: 'Una tarea está en espera.' },
  'task-resumed': { en: 'A Task goes on.', es: 'Una tarea continúa.' },
  'task-completed': { en: 'A Task was completed.', es: 'Se completó una tarea.' },
  'task-not-completed': { en: 'A Task was not completed.', es: 'Una tarea no se completó.' },
  'task-withdrawal-requested': {
    en: 'The withdrawal of a Task waits for you to confirm it.',
    es: 'La retirada de una tarea espera su confirmación.',
  },
  'task-withdrawn': { en: 'A Task was withdrawn.', es: 'Se retiró una tarea.' },
  'task-suspended': {
    en: 'A Task is suspended, as consent is missing.',
    es: 'Una tarea está suspendida por falta de consentimiento.',
  },
  'task-restored': {
    en: 'Consent is there again. A Task goes on.',
    es: 'Hay consentimiento de nuevo. Una tarea continúa.',
  },
  'task-expired': { en: 'Nobody answered a Task in time.', es: 'Nadie respondió a una tarea a tiempo.' },
  'task-escalated': { en: 'Something is late.', es: 'Algo se ha retrasado.' },
  'reroute-proposed': {
    en: 'Other agencies are proposed for a need.',
    es: 'Se proponen otras agencias para una necesidad.',
  },
  'referral-closed': { en: 'A referral was closed.', es: 'Se cerró una derivación.' },
  'everything-ended': { en: 'Everything of this client has ended.', es: 'Todo lo de este cliente ha terminado.' },
  'access-ended': { en: 'Access to the client’s data has ended.', es: 'Terminó el acceso a los datos del cliente.' },
  'ledger-broken': {
    en: 'The disclosure ledger is not what was written. Look at its newest verification.',
    es: 'El registro de divulgaciones no es el que se escribió. Consulte su última verificación.',
  },
};

const reasons: { readonly [R in ReasonCode]?: Words } = {
  'consent-revoked': { en: 'The consent was revoked.', es: 'El consentimiento fue revocado.' },
  'consent-expired': { en: 'The consent expired.', es: 'El consentimiento venció.' },
  deceased: { en: 'The client died.', es: 'El cliente falleció.' },
};

const expiredOn: Readonly<Record<Language, (day: string) => string>> = {
  en: (day) => `The consent ended because it expired on ${day}.`,
  es: (day) => `El consentimiento terminó porque venció el ${day}.`,
};

/** The last day on which the consent was valid; a day ends at midnight UTC until calendars exist. */
const days: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }),
  es: new Intl.DateTimeFormat('es', { dateStyle: 'long', timeZone: 'UTC' }),
};

/** The text of a notification, with the reason if it has one. */
export function notificationWords(
  template: Template,
  reason: ReasonCode | null,
  consentEndedAt: InstantText | null,
): Words {
  const said = (language: Language): string => {
    const why = whyIn(language, reason, consentEndedAt);
    const sentence = sentences[template][language];
    return why === undefined ? sentence : `${sentence} ${why}`;
  };
  return { en: said('en'), es: said('es') };
}

function whyIn(language: Language, reason: ReasonCode | null, endedAt: InstantText | null): string | undefined {
  if (reason === null) return undefined;
  if (reason !== 'consent-expired' || endedAt === null) return reasons[reason]?.[language];
  return expiredOn[language](days[language].format(Date.parse(endedAt) - 1));
}
