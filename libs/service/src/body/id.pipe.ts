import { Injectable, type PipeTransform } from '@nestjs/common';
import { NotFound } from '../problems/form.problems.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** `@Param('id', IdPipe)`: what is no id names nothing, and answers exactly like an unknown one. Throws NotFound. */
@Injectable()
export class IdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value !== 'string' || !uuid.test(value)) throw new NotFound();
    return value;
  }
}
