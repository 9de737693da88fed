import { accessOf, routeConfigOf, type AccessByParam, type RouteAccess } from '#access';
import { fieldsOf } from '#contracts';
import { bodyLimitOf } from '../body/body-limit.ts';
import { problemResponse, problemStatuses } from './problem-schemas.ts';
import { routeFacts, type RouteAnswer, type RouteFacts } from './route-facts.ts';
import type { Schema, Schemas } from './schema.ts';

/** One operation as Nest's explorer found it: we use its path, its method and its tag, and write the rest ourselves. */
export interface FoundOperation {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
}

/** The whole operation of a route: body, headers, answers and problems, from the decorators on its handler. */
export function operationOf(found: FoundOperation, path: string, handler: object, schemas: Schemas): Schema {
  const facts = routeFacts(handler);
  const config = routeConfigOf(handler);
  const access = accessOf(config);
  const bodyLimit = bodyLimitOf(config);
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const body = bodyOf(facts, schemas);
  const { operationId, tags, summary, description } = found;
  return {
    ...{ operationId, tags, summary, description },
    ...rolesOf(access),
    parameters: [
      ...names.map((name) => pathParameter(name, access)),
      ...queryParameters(facts, schemas),
      ...headerParameters(facts),
    ],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: {
      ...answersOf(facts, schemas),
      ...Object.fromEntries(
        problemStatuses(facts, access, names.length > 0).map((status) => [status, problemResponse(status, bodyLimit)]),
      ),
    },
  };
}

// read by the authorization matrix: every route with every role
function rolesOf(access: RouteAccess | AccessByParam): Schema {
  if (access === 'public') return { security: [], 'x-access': 'public' };
  return { security: [{ bearer: [] }], 'x-access': access };
}

function pathParameter(name: string, access: RouteAccess | AccessByParam): Schema {
  const isId = /^id$|Id$/.test(name);
  const values = typeof access === 'object' && 'param' in access && access.param === name ? access.roles : undefined;
  return {
    name,
    in: 'path',
    required: true,
    schema: {
      type: 'string',
      ...(isId ? { format: 'uuid' } : {}),
      ...(values === undefined ? {} : { enum: Object.keys(values) }),
    },
  };
}

function queryParameters(facts: RouteFacts, schemas: Schemas): readonly Schema[] {
  const asked = facts.asks === undefined ? [] : fieldsOf(facts.asks);
  const paged = facts.answers?.some((answer) => answer.shape === 'page') === true;
  return [
    ...asked
      .filter((spec) => !['cursor', 'limit', 'after'].includes(spec.name))
      .map((spec) => ({
        ...{ name: spec.name, in: 'query', required: !spec.optional, schema: schemas.field(spec) },
        ...(spec.description === undefined ? {} : { description: spec.description }),
      })),
    ...(paged ? pageParameters : []),
    ...(facts.waits === true ? [afterParameter] : []),
  ];
}

const pageParameters: readonly Schema[] = [
  { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'The `next` of the previous page.' },
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
];

const afterParameter: Schema = {
  name: 'after',
  in: 'query',
  schema: { type: 'string' },
  description: 'The `Position` of a command: the read waits up to 5 s until it contains it.',
};

function headerParameters({ command, headers = [] }: RouteFacts): readonly Schema[] {
  const own = headers.map((each) => ({ ...each, in: 'header', required: true, schema: { type: 'string' } }));
  if (command === undefined) return own;
  const key = { type: 'string', minLength: 8, maxLength: 128 };
  return [
    { name: 'Idempotency-Key', in: 'header', required: true, schema: key, description: keyWords },
    ...(command.ifMatch ? [ifMatchParameter] : []),
    ...own,
  ];
}

const keyWords = 'A repeat uses the same key. With or without quotes it is the same key.';

const ifMatchParameter: Schema = {
  name: 'If-Match',
  in: 'header',
  required: true,
  schema: { type: 'string', examples: ['"7"'] },
  description:
    'The ETag that was read. The forms that a compressing proxy makes of it are equal to it: `W/"7"`, `"7-gzip"`. ' +
    'A list or `*` names no version that was read, so it is refused.',
};

function bodyOf(facts: RouteFacts, schemas: Schemas): Schema | undefined {
  const { takes, takesOneOf, form } = facts;
  if (form === true) {
    return { required: true, content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } } };
  }
  if (takes !== undefined) {
    const required = fieldsOf(takes).some((spec) => !spec.optional);
    return { required, content: { 'application/json': { schema: schemas.ref(takes) } } };
  }
  if (takesOneOf === undefined) return undefined;
  return { content: { 'application/json': { schema: { anyOf: takesOneOf.map((each) => schemas.ref(each)) } } } };
}

function answersOf(facts: RouteFacts, schemas: Schemas): Schema {
  const answers = facts.answers ?? [{ view: null, status: 200, shape: 'one', description: undefined }];
  return Object.fromEntries(answers.map((answer) => [answer.status, answerOf(answer, facts, schemas)]));
}

function answerOf(answer: RouteAnswer, facts: RouteFacts, schemas: Schemas): Schema {
  const { view, shape, description } = answer;
  const headers = ['X-Correlation-Id', ...(facts.command === undefined ? [] : ['Position', 'ETag'])];
  return {
    description: description ?? 'As asked.',
    headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])),
    ...(view === null ? {} : { content: { 'application/json': { schema: shaped(view, shape, schemas) } } }),
  };
}

function shaped(view: NonNullable<RouteAnswer['view']>, shape: RouteAnswer['shape'], schemas: Schemas): Schema {
  switch (shape) {
    case 'page':
      return schemas.page(view);
    case 'list':
      return schemas.list(view);
    case 'one':
      return schemas.ref(view);
  }
}
