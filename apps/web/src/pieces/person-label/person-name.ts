import type { LabelView } from '#contracts';
import { codesWords } from '../../words/codes/codes.words.ts';
import { useDates, useNow, useWords } from '../../words/use-words.ts';
import { labelOf, type Age, type Born } from './person-label.ts';

/** Says what a list may call a person: "R.V., 50 to 64", "Rosa Vega", "Name not shown". */
export function usePersonName(): (view: LabelView | null) => string {
  const say = useWords(codesWords);
  const ageText = (age: Age): string => {
    switch (age.says) {
      case 'band':
        return say('age.band', { from: age.from, to: age.to });
      case 'over':
        return say('age.over', { age: age.age });
      case 'unknown':
        return say('age.unknown');
    }
  };
  return (view) => {
    const label = labelOf(view);
    if (label.says === 'hidden') return say('person.unnamed');
    if (label.says === 'name') return label.name;
    return say('person.initials', { initials: label.initials, age: ageText(label.age) });
  };
}

/** Says when a person was born; null where it is not shown. */
export function useBirth(): (view: LabelView | null) => string | null {
  const say = useWords(codesWords);
  const dates = useDates();
  const now = useNow();
  const text = (born: Born): string =>
    born.says === 'on'
      ? say('person.born-on', { day: dates.day(born.day, now) })
      : say(`person.born-${born.says}`, { year: born.year });
  return (view) => {
    const label = labelOf(view);
    return label.says === 'name' && label.born !== null ? text(label.born) : null;
  };
}
