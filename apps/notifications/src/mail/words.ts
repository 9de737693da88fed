import type { Language, Template } from '#contracts';

/** The tone of a mail: something is to be done, to be read, or already late. It never says what. */
export type Tone = 'act' | 'read' | 'late';

export interface Words {
  readonly subject: string;
  /** The sentence above the link. */
  readonly opening: string;
}

/** A new template without a line does not compile. */
export const tones: Readonly<Record<Template, Tone>> = {
  'consent-needed': 'act',
  'consent-expiring': 'act',
  'task-sent': 'act',
  'task-not-delivered': 'act',
  'task-received': 'read',
  'task-question': 'act',
  'task-reply': 'act',
  'new-information': 'read',
  'task-accepted': 'read',
  'task-declined': 'read',
  'task-declined-after-acceptance': 'act',
  'task-decline-proposed': 'act',
  'task-decline-returned': 'act',
  'task-redirected': 'read',
  'task-held': 'read',
  'task-resumed': 'read',
  'task-completed': 'read',
  'task-not-completed': 'read',
  'task-withdrawal-requested': 'act',
  'task-withdrawn': 'read',
  'task-suspended': 'read',
  'task-restored': 'read',
  'task-expired': 'act',
  'task-escalated': 'late',
  'reroute-proposed': 'act',
  'referral-closed': 'read',
  'everything-ended': 'read',
  'access-ended': 'read',
  'ledger-broken': 'act',
};

export const words: Readonly<Record<Language, Readonly<Record<Tone, Words>>>> = {
  en: {
    act: { subject: 'Something awaits you', opening: 'Something awaits you. Please sign in to see what it is:' },
    read: { subject: 'There is news for you', opening: 'There is news for you. Please sign in to read it:' },
    late: {
      subject: 'Something has been waiting for you',
      opening: 'Something has been waiting for some time. Please sign in to see what it is:',
    },
  },
  es: {
    act: { subject: 'Algo le espera', opening: 'Algo le espera. Inicie sesión para ver de qué se trata:' },
    read: { subject: 'Hay novedades para usted', opening: 'Hay novedades para usted. Inicie sesión para leerlas:' },
    late: {
      subject: 'Algo lleva tiempo esperándole',
      opening: 'Algo lleva tiempo esperando. Inicie sesión para ver de qué se trata:',
    },
  },
};

/** Below the link, in every mail. */
export const closings: Readonly<Record<Language, string>> = {
  en: [
    'To protect everybody’s privacy this mail says no more than that. Nobody reads answers to it.',
    'You can turn these mails off in your preferences.',
  ].join('\n'),
  es: [
    'Para proteger la privacidad de todos, este correo no dice nada más. Nadie lee las respuestas.',
    'Puede desactivar estos correos en sus preferencias.',
  ].join('\n'),
};
