import { languages, type Language } from '../codes/language.ts';
import { Code, Flag } from '../fields.ts';

/** PUT /preferences: whether the person wants e-mails in addition to in-app notifications, and in which language. */
export class SetPreferences {
  @Flag() readonly email!: boolean;
  @Code(languages) readonly language!: Language;
}

/** POST /notifications/:id/read takes no fields. */
export class MarkNotificationRead {}
