import { serve } from '#service';
import { ReferralsModule } from './referrals.module.ts';

void serve(ReferralsModule);
