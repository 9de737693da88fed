import { serve } from '#service';
import { CoordinationModule } from './coordination.module.ts';

void serve(CoordinationModule);
