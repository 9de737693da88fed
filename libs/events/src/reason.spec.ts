import { describe, expect, it } from '@jest/globals';
import { reasonOf } from './reason.ts';

class Refused extends Error {
  override readonly name = 'Refused';
}

describe('a reason', () => {
  it('names what went wrong', () => {
    expect(reasonOf(new Refused('the Task is not open'))).toBe('Refused: the Task is not open');
    expect(reasonOf(new Error('x'.repeat(500)))).toHaveLength(300);
    expect(reasonOf('thrown text')).toBe('thrown value is not an Error');
  });

  it('never quotes the value that a database or a parser rejected', () => {
    const database = Object.assign(new Error('invalid input syntax for type uuid: "Rosa"'), {
      severity: 'ERROR',
      code: '22P02',
      table: 'client',
      constraint: undefined,
    });
    expect(reasonOf(database)).toBe('PostgreSQL 22P02 client');
    expect(reasonOf(new Error('a Rosa of ours', { cause: database }))).toBe('PostgreSQL 22P02 client');
    expect(reasonOf(new SyntaxError(`Unexpected token 'R', "Rosa" is not valid JSON`))).toBe('SyntaxError: not JSON');
  });
});
