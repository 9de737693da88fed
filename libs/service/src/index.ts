export { parseBody } from './body/parse-body.ts';
export { typeFaults } from './bytes/file-type.ts';
export { readSentFile, type ReadFile, type SentFile } from './bytes/sent-file.ts';
export { CommandRunner } from './commands/command-runner.ts';
export type * from './commands/command.ts';
export { withEtag, type Answer } from './commands/answer.ts';
export { Command, CommandOf, type CommandOptions } from './commands/command.decorator.ts';
export type { CommandRequest } from './commands/command-request.ts';
export type { Done, CommandResult } from './commands/command-result.ts';
export { ConfigFault, readConfig, type ConfigClass, type Environment } from './config/read-config.ts';
export * from './config/setting.ts';
export { Correlation, type CorrelationOf } from './context/correlation.decorator.ts';
export type { RequestContext } from './context/request-context.ts';
export type { HasSentAll } from './first-read/first-read.ts';
export { hasSentAll } from './first-read/peer-has-sent.ts';
export type { LagCheck, Readiness, ReadinessCheck } from './health/readiness.ts';
export { DEPLOYMENT, type DeploymentConfig, type LogLevel } from './deployment/deployment.ts';
export { derivedSecrets, keptSecrets, makeSecrets, type Secrets } from './deployment/secrets.ts';
export { KafkaConfig } from './deployment/kafka/kafka-config.ts';
export { kafkaSettings } from './deployment/kafka/kafka-settings.ts';
export { systemClientIds } from './deployment/system-clients.ts';
export type { SigningKeys } from './deployment/signing-key.ts';
export { openTransport, type TransportSettings } from './deployment/transport.ts';
export { LOG, makeLog, type Log } from './logs/log.ts';
export { openLogFile, stdoutLines, type LogFile } from './logs/log-lines.ts';
export { speakThrough } from './logs/process-log.ts';
export { safeError, type SafeError } from './logs/safe-error.ts';
export {
  Answers,
  Asks,
  BodyLimit,
  Refuses,
  Takes,
  TakesForm,
  TakesHeader,
  TakesOneOf,
  type AnswersOptions,
} from './openapi/route.decorators.ts';
export { Metrics } from './metrics/metrics.ts';
export { operators } from './deployment/operators.ts';
export { peerLogs } from './rebuild/peer-logs.ts';
export { PeerRefused, Peers, PeerUnavailable } from './peers/peers.ts';
export * from './problems/form.problems.ts';
export * from './problems/later.problems.ts';
export * from './problems/move.problems.ts';
export { Problem, type ProblemBody } from './problems/problem.ts';
export {
  pageFrom,
  pageOf,
  pageOfAll,
  type Page,
  type PageAsked,
  type SortKind,
  type SortValues,
} from './reads/page.ts';
export { After, Positions, type Position, type StreamPosition } from './reads/positions.ts';
export { keepingPeople, peopleEvents } from './roster/kept-people.ts';
export { Roster } from './roster/roster.ts';
export { rosterProjection } from './roster/roster.projection.ts';
export { ServiceModule, type Seed, type SeedContext, type ServiceModuleOptions } from './service-module.ts';
export { makeKeeper, type Keeper } from './door/keeper.ts';
export { documentsPerMinute } from './door/limits.ts';
export { fewASecond } from './door/few-a-second.ts';
export { securityHeaders } from './door/security-headers.ts';
export { serverOptions, tendServer } from './door/tended-server.ts';
export { InFlight } from './http/in-flight.ts';
export type { RunningService } from './shell/running-service.ts';
export { allMigrations, prepareDatabase } from './shell/prepare-database.ts';
export { startService } from './shell/start-service.ts';
export { serviceOptions } from './service-module.ts';
export { statementsOfOptions } from './statements-of-options.ts';
export { serve } from './shell/serve.ts';
export { stopAsked, stopOnSignal } from './shell/stop-signal.ts';
export { startEmbeddedPostgres, type EmbeddedOptions, type EmbeddedPostgres } from '#persistence';
export type { Transport } from '#events';
export { asyncApi } from '#contracts';
