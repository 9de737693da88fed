import { needs } from '#contracts/codes/need';
import { opennesses, type Openness } from '#contracts/codes/openness';
import { useState, type ReactElement } from 'react';
import { Checkbox, CheckboxGroup } from '../../src/kit/choice/checkbox.tsx';
import { Radio, RadioGroup } from '../../src/kit/choice/radio-group.tsx';
import { Segmented } from '../../src/kit/segmented/segmented.tsx';
import { codesWords } from '../../src/words/codes/codes.words.ts';
import { useWords } from '../../src/words/use-words.ts';
import styles from '../specimens.module.css';
import { specimenWords } from '../specimens.words.ts';

export function Choices(): ReactElement {
  const say = useWords(specimenWords);
  const sayCode = useWords(codesWords);
  const [chosen, setChosen] = useState<string[]>(['housing', 'employment']);
  const [none, setNone] = useState<string[]>([]);
  const [urgency, setUrgency] = useState('routine');
  const [space, setSpace] = useState<Openness>('open');
  const [may, setMay] = useState(true);
  return (
    <div className={`${styles['card']} ${styles['columns']}`}>
      <CheckboxGroup
        id="needs"
        label={say('choice.needs')}
        help={say('choice.needs-help')}
        value={chosen}
        onChange={setChosen}
        isFlowing
      >
        {needs.map((need) => (
          <Checkbox key={need} value={need}>
            {sayCode(`need-plain.${need}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <CheckboxGroup
        id="needs-wrong"
        label={say('choice.needs')}
        error={say('choice.needs-error')}
        value={none}
        onChange={setNone}
      >
        <Checkbox value="housing">{sayCode('need-plain.housing')}</Checkbox>
        <Checkbox value="food" isDisabled>
          {sayCode('need-plain.food')}
        </Checkbox>
      </CheckboxGroup>
      <RadioGroup label={say('choice.urgency')} value={urgency} onChange={setUrgency}>
        <Radio value="routine" note={say('choice.routine-note')}>
          {sayCode('priority.routine')}
        </Radio>
        <Radio value="urgent" note={say('choice.urgent-note')}>
          {sayCode('priority.urgent')}
        </Radio>
      </RadioGroup>
      <div className={styles['stack']}>
        <Segmented
          label={say('choice.space')}
          options={opennesses.map((value) => ({ value, label: sayCode(`openness.${value}`) }))}
          value={space}
          onChange={setSpace}
        />
        <Checkbox isSelected={may} onChange={setMay}>
          {say('choice.alone')}
        </Checkbox>
      </div>
    </div>
  );
}
