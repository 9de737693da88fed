import { getMetadataArgsStorage } from 'typeorm';

/** The table of an entity class, as `record` writes it. */
export interface EntityTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** A column of an entity class, as it was declared. `type`: its name in PostgreSQL. */
export interface EntityColumn {
  readonly name: string;
  readonly type: string;
  readonly list: boolean;
  readonly nullable: boolean;
}

/**
 * The columns that an entity class declares, in order. A property has the name of its column, so that a row and an entity
 * are the same. Throws for a class without `@Entity`, and for a column without a type.
 */
export function columnsOf(entity: new () => object): readonly EntityColumn[] {
  tableNameOf(entity);
  return declared(entity).map(({ propertyName, options }) => {
    if (typeof options.type !== 'string') throw new Error(`${entity.name}.${propertyName} does not name its type`);
    return {
      name: propertyName,
      type: options.type,
      list: options.array === true,
      nullable: options.nullable === true,
    };
  });
}

/** The table of an entity, so that `record` writes its rows in one statement with the events. */
export function tableOf(entity: new () => object): EntityTable {
  return {
    name: tableNameOf(entity),
    key: declared(entity).flatMap(({ propertyName, options }) => (options.primary === true ? [propertyName] : [])),
    columns: declared(entity).map(({ propertyName }) => propertyName),
  };
}

function declared(entity: new () => object): ReturnType<typeof getMetadataArgsStorage>['columns'] {
  return getMetadataArgsStorage().columns.filter(({ target }) => target === entity);
}

function tableNameOf(entity: new () => object): string {
  const name = getMetadataArgsStorage().tables.find(({ target }) => target === entity)?.name;
  if (name === undefined) throw new Error(`${entity.name} has no @Entity('<table>')`);
  return name;
}
