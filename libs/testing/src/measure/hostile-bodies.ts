/** Bodies built to be expensive: each has a description and is within the size limit. */
export function hostileBodies(bytes: number): readonly (readonly [what: string, body: string])[] {
  const filled = (text: string, around: readonly [string, string] = ['', '']): string =>
    `${around[0]}${text.repeat(Math.floor((bytes - around[0].length - around[1].length) / text.length))}${around[1]}`;
  const keys = (value: string): string => {
    const each: string[] = [];
    for (let at = 0, length = 0; length < bytes - 100; at += 1) {
      each.push(`"k${at}":${value}`);
      length += value.length + String(at).length + 5;
    }
    return `{${each.join(',')}}`;
  };
  const list = (item: string): string => filled(`${item},`, ['[', `${item}]`]);
  return [
    ['lists within lists that never end', filled('[')],
    ['lists within lists', `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`],
    ['objects within objects that never end', filled('{"a":')],
    ['objects within objects', `${'{"a":'.repeat(bytes / 6)}1${'}'.repeat(bytes / 6)}`],
    ['unknown keys', keys('1')],
    ['unknown keys with objects', keys('{}')],
    ['one key of the whole length', `{"${'k'.repeat(bytes - 10)}":1}`],
    ['the same key again and again', filled('"title":1,', ['{', '"title":1}'])],
    ['a title of the whole length', `{"title":"${'x'.repeat(bytes - 20)}"}`],
    ['a title of marks', `{"title":"${'\\"'.repeat(bytes / 2 - 20)}"}`],
    ['a title of escapes', `{"title":"${'\\u0041'.repeat(bytes / 6 - 20)}"}`],
    ['a title of pairs', `{"title":"${'😀'.repeat(bytes / 4 - 20)}"}`],
    ['a title of backslashes that never ends', `{"title":"${'\\'.repeat(bytes - 20)}`],
    ['a list of empty objects', `{"title":"x","labels":${list('{}').slice(0, bytes - 40)}`],
    ['a list of objects', `{"title":"x","labels":${list('{"colour":"blue"}')}}`],
    ['a list of lists', `{"title":"x","labels":${list('[]')}}`],
    ['a list of the same text', `{"title":"x","labels":${list('"red"')}}`],
    ['a list of numbers', list('1')],
    ['a title that is a list', `{"title":${list('[[1]]')}}`],
    ['nothing but blanks', filled(' ')],
    ['blanks, and then a value', filled(' ', ['', '{"title":"x"}'])],
    ['digits', filled('1')],
    ['a small number with a long tail', `{"title":1e${'9'.repeat(bytes - 20)}}`],
    ['NUL', filled('\\u0000', ['{"title":"', '"}'])],
    ['replacement characters', filled('\ufffd', ['{"title":"', '"}']).slice(0, Math.floor(bytes / 3))],
    ['prototypes', filled('"__proto__":1,', ['{', '"title":1}'])],
  ];
}
