import { serve } from '#service';
import { IdentityModule } from './identity.module.ts';

void serve(IdentityModule);
