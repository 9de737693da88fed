import { useState, type ReactElement } from 'react';
import { Button } from '../../src/kit/button/button.tsx';
import { ErrorSummary } from '../../src/kit/error-summary/error-summary.tsx';
import { Notice } from '../../src/kit/notice/notice.tsx';
import { useWords } from '../../src/words/use-words.ts';
import styles from '../specimens.module.css';
import { specimenWords } from '../specimens.words.ts';

export function Notices(): ReactElement {
  const say = useWords(specimenWords);
  const [attempt, setAttempt] = useState(0);
  return (
    <div className={styles['stack']}>
      <Notice title={say('notice.plain')}>{say('notice.plain-text')}</Notice>
      <Notice tone="soon" title={say('notice.soon')} />
      <Notice tone="late" title={say('notice.late')} actions={<Button>{say('notice.again')}</Button>} />
      <Notice tone="helped" title={say('notice.helped')}>
        {say('notice.helped-text')}
      </Notice>
      {attempt === 0 ? null : (
        <ErrorSummary
          key={attempt}
          title={say('notice.errors')}
          problems={[
            { field: 'name', message: say('field.name-error') },
            { field: 'birth-wrong', message: say('field.birth-error') },
            { field: 'needs-wrong', message: say('choice.needs-error') },
          ]}
        />
      )}
      <div className={styles['acts']}>
        <Button
          onPress={() => {
            setAttempt(attempt + 1);
          }}
        >
          {say('button.save')}
        </Button>
      </div>
    </div>
  );
}
