import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage, IsString } from 'class-validator';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { event, type EventClass } from './envelope.ts';
import { eventClasses } from './event-types.ts';
import { Code, Count, eventFieldKinds, fieldsOf, Flag, Id, Instant, Text, type FieldSpec } from './fields.ts';
import { Digest, sealedPatterns, Signature } from './fields/digest.ts';

const root = join(process.cwd(), 'libs/contracts/src');

describe('An event cannot contain client data', () => {
  it.each(eventClasses.map((each) => [each.type, each] as const))('%s uses only event field decorators', (_, each) => {
    expect(looseFields(each)).toEqual([]);
  });

  it.each(eventFiles())('every field written in %s has its decorator', (file) => {
    expect(undecorated(readFileSync(join(root, file), 'utf8'))).toEqual([]);
  });

  it('code lists are closed lists of short words', () => {
    const codes = eventClasses.flatMap((each) => fieldsOf(each)).flatMap((field) => field.codes ?? []);
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.filter((code) => !/^[a-z0-9][a-z0-9./-]{0,39}$/.test(code))).toEqual([]);
  });
});

describe('The seals of the ledger in an event', () => {
  it.each([
    ['a name', 'Tess Tester'],
    ['a phone', '+15550107777'],
    ['a sentence as long as a digest', 'Tess Tester, born 3 February 1980, lives at Elm Street 12, Flat 3'],
    ['a digest in upper case', 'A'.repeat(64)],
    ['nothing', ''],
  ])('refuses %s [S4]', (_, text) => {
    expect(sealedPatterns.digest.test(text)).toBe(false);
    expect(sealedPatterns.signature.test(text)).toBe(false);
  });
});

describe('The check catches', () => {
  it('a free text', () => {
    class Planted extends event('referral.planted') {
      @Id() readonly referralId!: string;
      @Text() readonly note!: string;
    }
    expect(looseFields(Planted)).toEqual(['note is a text']);
  });

  it('a string with a validator of its own', () => {
    class Planted extends event('referral.planted') {
      @IsString() readonly name!: string;
    }
    expect(looseFields(Planted)).toEqual(['name has no event field']);
  });

  it('an event field with additional checks', () => {
    class Planted extends event('referral.planted') {
      @Id() @IsString() readonly referralId!: string;
    }
    expect(looseFields(Planted)).toEqual(['referralId is checked by more than its field']);
  });

  it('a field without any decorator', () => {
    const text = `
      abstract class OfPlanted { @Id() readonly a!: string; }
      export class Planted extends event('referral.planted', OfPlanted) {
        @Flag() readonly b!: boolean;
        @Text() readonly c!: string;
        readonly name!: string;
      }`;
    expect(undecorated(text)).toEqual(['Planted.c', 'Planted.name']);
  });
});

/** class-validator must know exactly the rules of a class that its event field decorators declare. */
function looseFields(eventClass: EventClass): readonly string[] {
  const fields = fieldsOf(eventClass);
  const known = new Map(fields.map((field) => [field.name, field]));
  const checks = Map.groupBy(checksOf(eventClass), (check) => check.property);
  return [...new Set([...known.keys(), ...checks.keys()])].flatMap((name) => {
    const field = known.get(name);
    if (field === undefined) return [`${name} has no event field`];
    if (!eventFieldKinds.includes(field.kind)) return [`${name} is a ${field.kind}`];
    const own = JSON.stringify(sortedChecks(checks.get(name) ?? []));
    return own === JSON.stringify(sortedChecks(checksOf(twin(field))))
      ? []
      : [`${name} is checked by more than its field`];
  });
}

interface Check {
  readonly property: string;
  readonly name: string;
}

function checksOf(target: abstract new () => object): readonly Check[] {
  return getMetadataStorage()
    .getTargetValidationMetadatas(target, '', false, false)
    .map((each) => ({
      property: each.propertyName,
      name: `${each.type} ${each.name ?? ''} ${each.each} ${String(each.constraints)}`.replace(
        /function.*|\(.*=>.*/,
        '',
      ),
    }));
}

function sortedChecks(checks: readonly Check[]): readonly Check[] {
  return [...checks].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A class with only this field, declared with its own decorator. */
function twin({ name, kind, codes, ...options }: FieldSpec): abstract new () => object {
  class Twin {}
  const decorators = { id: Id, instant: Instant, count: Count, flag: Flag, digest: Digest, signature: Signature };
  const decorate = kind === 'code' ? Code(codes ?? [], options) : decorators[kind as 'id'](options);
  decorate(Twin.prototype, name);
  return Twin;
}

function eventFiles(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.events.ts'));
}

/** The properties of a file's classes without an event field decorator: types leave no other trace. */
function undecorated(text: string): readonly string[] {
  const words = new Set(['Id', 'Code', 'Instant', 'Count', 'Flag', 'Digest', 'Signature']);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyDeclaration(node) && ts.isClassDeclaration(node.parent)) {
      const decorated = (ts.getDecorators(node) ?? []).some(
        ({ expression }) => ts.isCallExpression(expression) && words.has(expression.expression.getText()),
      );
      if (!decorated) found.push(`${node.parent.name?.text ?? ''}.${node.name.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('events.ts', text, ts.ScriptTarget.ES2024, true));
  return found;
}
