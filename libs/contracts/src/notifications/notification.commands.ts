import { languages, type Language } from '../codes/language.ts';
import { Code, Flag, Instant } from '../fields.ts';
import type { InstantText } from '../ids.ts';

/** PUT /preferences: whether the person wants e-mails in addition to in-app notifications, and in which language. */
export class SetPreferences {
  @Flag() readonly email!: boolean;
  @Code(languages) readonly language!: Language;
}

/** POST /notifications/:id/read takes no fields. */
export class MarkNotificationRead {}

/** POST /notifications/read: everything up to an instant, such as the `at` of the newest notification that was shown. */
export class MarkNotificationsRead {
  @Instant({ window: 'happened' }) readonly upTo!: InstantText;
}
