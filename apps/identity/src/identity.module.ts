import { ServiceModule } from '#service';
import { DemoController } from './demo/demo.controller.ts';
import { IdentityConfig } from './identity.config.ts';
import { Issuer } from './issuer/issuer.service.ts';
import { SigningKeys } from './issuer/signing-keys.service.ts';
import { TokenSubjects } from './issuer/token-subjects.service.ts';
import { OidcRecordsOfPerson1764806000001 } from './migrations/records-of-person.migration.ts';
import { UncheckedScope1765100000001 } from './migrations/unchecked-scope.migration.ts';
import { WebSession1764900000001 } from './migrations/web-session.migration.ts';
import { OidcRecords1764000000002 } from './migrations/oidc-record.migration.ts';
import { IdentityTables1764000000001 } from './migrations/tables.migration.ts';
import { OidcClients } from './oidc/oidc-clients.service.ts';
import { OidcProvider } from './oidc/oidc-provider.service.ts';
import { OidcRecords } from './oidc/oidc-records.service.ts';
import { OidcRoutes } from './oidc/oidc-routes.service.ts';
import { ProviderSettings } from './oidc/provider-settings.service.ts';
import { RecordSweep } from './oidc/record-sweep.service.ts';
import { PersonController } from './person/person.controller.ts';
import { PersonRow, SystemClientRow } from './person/person.entity.ts';
import { PersonQueries } from './person/person.queries.ts';
import { PersonService } from './person/person.service.ts';
import { RelyingParty } from './relying-party/relying-party.service.ts';
import { SessionClient } from './relying-party/session-client.service.ts';
import { seedRiverCounty } from './seed/river-county.seed.ts';
import { AcceptedTokens } from './session/accepted-tokens.service.ts';
import { CodeFlow } from './session/flow/code-flow.service.ts';
import { SessionStore } from './session/session-store.service.ts';
import { SessionController } from './session/session.controller.ts';
import { Sessions } from './session/session.service.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignIn } from './sign-in/sign-in.service.ts';

@ServiceModule({
  name: 'identity',
  rights: {
    deletes: ['oidc_record'],
    appended: [],
    writtenByPeople: [],
    replicas: [],
  },
  entities: [PersonRow, SystemClientRow],
  migrations: [
    IdentityTables1764000000001,
    OidcRecords1764000000002,
    OidcRecordsOfPerson1764806000001,
    WebSession1764900000001,
    UncheckedScope1765100000001,
  ],
  config: IdentityConfig,
  seed: seedRiverCounty,
  controllers: [PersonController, DemoController, SignInController, SessionController],
  providers: [
    PersonQueries,
    PersonService,
    SigningKeys,
    TokenSubjects,
    Issuer,
    OidcClients,
    OidcRecords,
    ProviderSettings,
    OidcProvider,
    OidcRoutes,
    RecordSweep,
    SignIn,
    SessionClient,
    RelyingParty,
    AcceptedTokens,
    SessionStore,
    Sessions,
    CodeFlow,
  ],
  rootPaths: ['oidc/*path'],
})
export class IdentityModule {}
