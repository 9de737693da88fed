import type { Language, Template } from '#contracts';
import { closings, tones, words } from './words.ts';

/** Plain text; the same for every recipient with this language and template. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/**
 * Says that something awaits, and where to sign in. It contains nothing that distinguishes events: no client, need,
 * organization, person, or id (domain.md §4: never what or about whom). `home` is an address that ends with `/`.
 */
export function composeMail(template: Template, language: Language, home: string): Mail {
  const { subject, opening } = words[language][tones[template]];
  return { subject, text: `${opening}\n\n${home}\n\n${closings[language]}\n` };
}
