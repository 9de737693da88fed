import type { Language, Role } from '#contracts';

/** The texts of the issuer's pages in one language. */
export interface PageWords {
  readonly demo: { readonly title: string; readonly intro: string; readonly unknown: string };
  readonly elsewhere: { readonly title: string; readonly intro: string };
  readonly tooLate: { readonly title: string; readonly intro: string };
  readonly signOut: { readonly title: string; readonly yes: string; readonly no: string };
  readonly signedOut: { readonly title: string; readonly intro: string };
  readonly fault: { readonly title: string; readonly intro: string };
  readonly goBack: string;
  readonly toApplication: string;
  readonly roles: Readonly<Record<Role, string>>;
}

const en: PageWords = {
  demo: {
    title: 'Sign in to the demo',
    intro: 'These people are made up, and so is everybody they look after. Choose who you are; there is no password.',
    unknown: 'Nobody in the demo is called so. Choose one of these people.',
  },
  elsewhere: {
    title: 'Sign in',
    intro:
      'Nobody signs in here. Sign-in is by your organization’s own issuer: begin at the address that your organization gave you.',
  },
  tooLate: {
    title: 'This sign-in has ended',
    intro: 'It took too long, or it was finished in another window. Go back to the application and sign in again.',
  },
  signOut: { title: 'Sign out?', yes: 'Sign out', no: 'Stay signed in' },
  signedOut: { title: 'Signed out', intro: 'You are signed out.' },
  fault: {
    title: 'This did not work',
    intro: 'The application asked for something that cannot be done. Go back to it and try again.',
  },
  goBack: 'Go back without signing in',
  toApplication: 'To the application',
  roles: {
    'discharge-planner': 'discharge planner',
    'intake-worker': 'intake worker',
    'organization-admin': 'organization admin',
    coordinator: 'coordinator',
    'network-admin': 'network admin',
    'privacy-officer': 'privacy officer',
    'system-client': 'system client',
    'platform-operator': 'platform operator',
  },
};

const es: PageWords = {
  demo: {
    title: 'Iniciar sesión en la demostración',
    intro:
      'Estas personas son inventadas, y también todas las personas a quienes atienden. Elija quién es; no hay contraseña.',
    unknown: 'Nadie en la demostración se llama así. Elija a una de estas personas.',
  },
  elsewhere: {
    title: 'Iniciar sesión',
    intro:
      'Aquí nadie inicia sesión. Se hace con el servicio de su organización: empiece en la dirección que su organización le dio.',
  },
  tooLate: {
    title: 'Este inicio de sesión ha terminado',
    intro: 'Tardó demasiado, o se terminó en otra ventana. Vuelva a la aplicación e inicie sesión otra vez.',
  },
  signOut: { title: '¿Cerrar la sesión?', yes: 'Cerrar la sesión', no: 'Seguir con la sesión' },
  signedOut: { title: 'Sesión cerrada', intro: 'Su sesión está cerrada.' },
  fault: {
    title: 'No ha funcionado',
    intro: 'La aplicación pidió algo que no se puede hacer. Vuelva a ella e inténtelo otra vez.',
  },
  goBack: 'Volver sin iniciar sesión',
  toApplication: 'A la aplicación',
  roles: {
    'discharge-planner': 'planificación del alta',
    'intake-worker': 'atención inicial',
    'organization-admin': 'administración de la organización',
    coordinator: 'coordinación',
    'network-admin': 'administración de la red',
    'privacy-officer': 'protección de datos',
    'system-client': 'sistema',
    'platform-operator': 'operación de la plataforma',
  },
};

export const pageWords: Readonly<Record<Language, PageWords>> = { en, es };
