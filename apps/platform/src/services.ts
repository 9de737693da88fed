import { ConsentModule } from '../../consent/src/consent.module.ts';
import { CoordinationModule } from '../../coordination/src/coordination.module.ts';
import { DirectoryModule } from '../../directory/src/directory.module.ts';
import { IdentityModule } from '../../identity/src/identity.module.ts';
import { NotificationsModule } from '../../notifications/src/notifications.module.ts';
import { ReferralsModule } from '../../referrals/src/referrals.module.ts';
import type { NamedService } from './platform.ts';

/** The services of the platform: a new one is an entry here. */
export const services: readonly NamedService[] = [
  { name: 'identity', module: IdentityModule },
  { name: 'directory', module: DirectoryModule },
  { name: 'consent', module: ConsentModule },
  { name: 'referrals', module: ReferralsModule },
  { name: 'notifications', module: NotificationsModule },
  { name: 'coordination', module: CoordinationModule },
];
