import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginning, parsed, type StreamMessage } from './event-stream.ts';

function all(...parts: readonly string[]) {
  let parsing = beginning;
  const messages: StreamMessage[] = [];
  for (const part of parts) {
    const step = parsed(parsing, part);
    parsing = step.parsing;
    messages.push(...step.messages);
  }
  return { parsing, messages };
}

const stream = [
  'retry: 2000\nid: p1\n\n',
  ': still here\n\n',
  'id: p2\nevent: changed\ndata: {"taskId":"t1"}\n\n',
  'id: p3\nevent: reset\ndata: {}\n\n',
].join('');

describe('a stream of server-sent events', () => {
  it('gives its messages, its newest id and its delay', () => {
    const { parsing, messages } = all(stream);
    expect(messages).toEqual([
      { event: 'changed', data: '{"taskId":"t1"}', id: 'p2' },
      { event: 'reset', data: '{}', id: 'p3' },
    ]);
    expect(parsing).toMatchObject({ id: 'p3', retryMs: 2000, rest: '' });
  });

  it('has an id although no message came yet', () => {
    expect(all('retry: 2000\nid: p1\n\n').parsing.id).toBe('p1');
  });

  it('is the same wherever it is cut, and with every kind of line end', () => {
    const end = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), end, (cuts, lineEnd) => {
        const text = stream.replaceAll('\n', lineEnd);
        const places = [0, ...cuts, text.length].sort((one, other) => one - other);
        const parts = places.slice(1).map((place, index) => text.slice(places[index], place));
        // after a lone \r at the very end, the line is known to be over only when more comes
        expect(all(...parts, lineEnd === '\r' ? ':' : '').messages).toEqual(all(stream).messages);
      }),
    );
  });

  it('joins the lines of one message', () => {
    expect(all('data: a\ndata:b\ndata\n\n').messages).toEqual([{ event: 'message', data: 'a\nb\n', id: null }]);
  });
});
