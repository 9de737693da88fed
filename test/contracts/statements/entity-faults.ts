import type pg from 'pg';
import { columnsOf, statement, tableOf } from '#persistence';
import { describeStatement } from './describe.ts';

/** Names of types in pg_type, by the names that entities give them. */
const nameInCatalogue: Readonly<Record<string, string>> = { integer: 'int4', boolean: 'bool' };

/** Where the columns of an entity differ from those of its table, as the role of `client` sees it. */
export async function entityFaults(client: pg.Client, entity: new () => object): Promise<readonly string[]> {
  const { name: table } = tableOf(entity);
  const { columns } = await describeStatement(client, statement(`all of ${table}`, `select * from ${table}`));
  const real = new Map(columns.map((column) => [column.name, column]));
  return columnsOf(entity).flatMap(({ name, type, list, nullable }) => {
    const column = real.get(name);
    const said = `${list ? '_' : ''}${nameInCatalogue[type] ?? type}`;
    if (column === undefined) return [`${entity.name}.${name}: ${table} has no such column`];
    if (column.type !== said)
      return [`${entity.name}.${name} is ${type}${list ? '[]' : ''}, the column ${column.type}`];
    const fits = nullable === (column.nulls === 'sometimes');
    return fits ? [] : [`${entity.name}.${name} ${nullable ? 'may' : 'may not'} be null, the column ${column.nulls}`];
  });
}
