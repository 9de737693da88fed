import type { Type } from '@nestjs/common';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NamedSql } from '#persistence';
import { sourceFiles, type SourceFile } from '../architecture/source-files.ts';

export interface ServiceStatements {
  readonly service: string;
  readonly module: Type;
  /** Its own, without those of the libs. */
  readonly statements: readonly NamedSql[];
}

/**
 * Every named statement of the libs and of each service. A statement registers itself when its file is imported, so the
 * services are imported one after the other: what is new after an import belongs to that service. Therefore nobody who
 * calls this may have imported a service before.
 */
export async function everyStatement(): Promise<{
  readonly libs: readonly NamedSql[];
  readonly services: readonly ServiceStatements[];
}> {
  const { statementsMade, tableOf } = await import('#persistence');
  const { recordedTables } = await import('#events');
  const { serviceOptions, statementsOfOptions } = await import('#service');
  const libs = statementsMade();
  const services: ServiceStatements[] = [];
  for (const service of servicesOf(process.cwd())) {
    const before = statementsMade().length;
    const tablesBefore = recordedTables().length;
    const file = pathToFileURL(join(process.cwd(), moduleFile(service))).href;
    const exported = (await import(file)) as Record<string, Type>;
    const module = Object.entries(exported).find(([name]) => name.endsWith('Module'))?.[1];
    if (module === undefined) throw new Error(`${moduleFile(service)} exports no module`);
    const entities = (serviceOptions(module).entities ?? []).map(tableOf);
    const tables = [...recordedTables().slice(tablesBefore), ...entities];
    const statements = [...statementsMade().slice(before), ...statementsOfOptions(module, tables)];
    services.push({ service, module, statements });
  }
  return { libs, services };
}

function moduleFile(service: string): string {
  return `apps/${service}/src/${service}.module.ts`;
}

function servicesOf(root: string): readonly string[] {
  return readdirSync(join(root, 'apps')).filter((service) => existsSync(join(root, moduleFile(service))));
}

export interface NamesInSource {
  /** Names that are written out. A table whose columns are written by `columnsOfTable` has one too. */
  readonly written: readonly string[];
  /** Names that are composed, with `${string}` for each part that is not written out. */
  readonly composed: readonly string[];
}

/** The names that the source code gives to its statements, by the folder of app or lib. */
export function namesInSource(root: string): ReadonlyMap<string, NamesInSource> {
  const byRoom = Map.groupBy(productFiles(root), ({ path }) => roomOf(path));
  return new Map(
    [...byRoom].map(([room, files]) => {
      const text = files.map((file) => file.text).join('\n');
      const tables = allOf(text, /\bcolumnsOfTable\('([^']+)'/g).map((table) => `columns of ${table}`);
      const composed = allOf(text, /\bstatement\(\s*`([^`]+)`/g).map((name) => name.replaceAll(part, '${string}'));
      return [room, { written: [...allOf(text, /\bstatement\(\s*'([^']+)'/g), ...tables], composed }];
    }),
  );
}

const part = /\$\{[^}]*\}/g;

/** Whether a name is one of those that a composed name stands for. */
export function isComposedAs(composed: string, name: string): boolean {
  const parts = composed.split('${string}').map((text) => text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

function allOf(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found]) => `${found}`);
}

function roomOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

/** Files that give the driver a named statement behind the back of `statement`, so that {@link everyStatement} misses it. */
export function withUnregistered(root: string): readonly string[] {
  return productFiles(root).flatMap(({ path, text }) => (/\bname: ['`][^'`]+['`],\s*text\b/.test(text) ? [path] : []));
}

function productFiles(root: string): readonly SourceFile[] {
  return sourceFiles(root, ['apps', 'libs']).filter(
    ({ path }) => path.endsWith('.ts') && !/\.spec\.ts$|\/testing\//.test(path),
  );
}
