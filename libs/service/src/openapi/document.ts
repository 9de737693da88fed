import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { operationOf, type FoundOperation } from './operation.ts';
import { problemSchemas } from './problem-schemas.ts';
import { Schemas } from './schema.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Builds the OpenAPI 3.1 document of a service from Nest's routes and the decorators on their handlers. */
export function openApiOf(app: INestApplication, service: string): OpenAPIObject {
  const found = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle(service)
      .setDescription(`The routes of ${service}. Errors are application/problem+json; times are UTC.`)
      .setVersion('1')
      .setOpenAPIVersion('3.1.0')
      .addBearerAuth()
      .build(),
    { operationIdFactory: operationId },
  );
  const handlers = handlersOf(app);
  const schemas = new Schemas();
  const paths = Object.fromEntries(
    Object.entries(found.paths).map(([path, item]) => [path, saidOf(path, item, handlers, schemas)]),
  );
  const components = { ...found.components, schemas: { ...schemas.all(), ...problemSchemas() } };
  return { ...found, paths, components };
}

function operationId(controller: string, method: string): string {
  return `${controller}.${method}`;
}

function saidOf(
  path: string,
  item: object,
  handlers: ReadonlyMap<string, object>,
  schemas: Schemas,
): Readonly<Record<string, unknown>> {
  const operations = item as Readonly<Partial<Record<string, FoundOperation>>>;
  return Object.fromEntries(
    methods.flatMap((method) => {
      const operation = operations[method];
      const handler = handlers.get(operation?.operationId ?? '');
      if (operation === undefined || handler === undefined) return [];
      return [[method, operationOf(operation, path, handler, schemas)]];
    }),
  );
}

/** Handler methods by operation id. */
function handlersOf(app: INestApplication): ReadonlyMap<string, object> {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return new Map(
    controllers.flatMap(({ metatype }) => {
      const type = metatype as { readonly name: string; readonly prototype: object };
      return Object.entries(Object.getOwnPropertyDescriptors(type.prototype)).flatMap(([name, { value }]) =>
        typeof value === 'function' ? [[operationId(type.name, name), value as object] as const] : [],
      );
    }),
  );
}
