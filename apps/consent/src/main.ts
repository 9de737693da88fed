import { serve } from '#service';
import { ConsentModule } from './consent.module.ts';

void serve(ConsentModule);
