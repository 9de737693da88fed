import { serve } from '#service';
import { DirectoryModule } from './directory.module.ts';

void serve(DirectoryModule);
