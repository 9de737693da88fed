import type { Language, Template } from '#contracts';
import { closings, tones, words } from './words.ts';

/** Plain text; the same for everybody who is told in this language that something of this kind awaits. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/**
 * That something awaits, and where to sign in. Nothing that tells one event from another goes in: no client, need,
 * organization, person, or id (domain.md §4: never what or about whom). `home` is an address that ends with `/`.
 */
export function composeMail(template: Template, language: Language, home: string): Mail {
  const { subject, opening } = words[language][tones[template]];
  return { subject, text: `${opening}\n\n${home}\n\n${closings[language]}\n` };
}
