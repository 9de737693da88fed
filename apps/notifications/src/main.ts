import { serve } from '#service';
import { NotificationsModule } from './notifications.module.ts';

void serve(NotificationsModule);
