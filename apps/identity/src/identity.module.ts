import { ServiceModule } from '#service';
import { DemoController } from './demo/demo.controller.ts';
import { Issuer } from './issuer/issuer.service.ts';
import { OidcController } from './issuer/oidc.controller.ts';
import { TokenRequests } from './issuer/token-request.service.ts';
import { IdentityTables1764000000001 } from './migrations/tables.migration.ts';
import { PersonController } from './person/person.controller.ts';
import { PersonQueries } from './person/person.queries.ts';
import { seedRiverCounty } from './seed/river-county.seed.ts';

@ServiceModule({
  name: 'identity',
  migrations: [IdentityTables1764000000001],
  seed: seedRiverCounty,
  controllers: [PersonController, DemoController, OidcController],
  providers: [PersonQueries, Issuer, TokenRequests],
  rootPaths: ['.well-known/openid-configuration', 'oidc/*path'],
})
export class IdentityModule {}
