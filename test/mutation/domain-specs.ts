import { globSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All specs of the domain of referrals as one file: Jest loads the contracts once for each file, which takes longer than
 * the tests of that file, and a mutation run starts Jest thousands of times. Only stryker.config.mjs uses it.
 */
for (const path of globSync('apps/referrals/src/domain/**/*.spec.ts').sort()) await import(join(process.cwd(), path));
