import type { Type } from '@nestjs/common';
import {
  forgetStatements,
  listStatement,
  ofNetworkStatement,
  recordStatement,
  sweepStatements,
  type TableShape,
} from '#events';
import type { NamedSql } from '#persistence';
import { rosterNetworks } from './roster/roster-networks.ts';
import { serviceOptions } from './service-module.ts';

/**
 * The statements that are made from a service's options when it starts, not when a file is imported. `tables`: those that
 * its commands write; {@link recordStatement} is made with all of them.
 */
export function statementsOfOptions(module: Type, tables: readonly TableShape[]): readonly NamedSql[] {
  const { networkOfKey = [], projected = [] } = serviceOptions(module);
  const networks = [...networkOfKey, ...rosterNetworks];
  const everyPart = { events: true, tables, timersSet: true, timersRemoved: true, answer: true };
  return [
    ...projected.flatMap((group) => [...forgetStatements(group), ...sweepStatements(group)]),
    listStatement(networks),
    ofNetworkStatement(networks),
    recordStatement(everyPart),
    recordStatement({ ...everyPart, events: false }),
  ];
}
