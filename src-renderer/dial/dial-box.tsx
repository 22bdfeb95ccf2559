import { Button } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { flowsQuery, repQuery, settingsQuery, suggestionsQuery, verdictQuery } from '../app/queries.ts';
import { useStore } from '../app/store.ts';
import { dialBoxId } from '../app/use-actions.ts';
import { Avatar, EnterKey } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { boxAction } from './combobox-keys.ts';
import { ConfirmCall } from './confirm-call.tsx';
import { askedToCallBack, type DialWith, dialWith, freely } from './dial-choice.ts';
import { dialText, mayBeNumber } from './dial-text.ts';
import { FlowChips } from './flow-chips.tsx';
import { PlaceProblemCallout } from './place-problem-callout.tsx';
import { type Aim, canCall, Sentence } from './sentence.tsx';
import { type Suggestion, suggestionsOf } from './suggestions.ts';
import { usePlaceCall } from './use-place-call.ts';

/** One box for a number or a name, Call, and what exactly Call will do. */
export function DialBox() {
  const text = useStore(dialText).trim();
  const raw = useStore(dialText);
  const listId = useId();
  const sentenceId = useId();
  const box = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState<number | null>(null);

  const focusBox = () => box.current?.focus();
  const choose = (how: DialWith) => {
    dialWith.set(how);
    focusBox();
  };
  const clear = () => {
    dialText.set('');
    dialWith.set(freely);
    setOpen(false);
    setActive(null);
  };
  const call = usePlaceCall((number, late) => {
    // What was typed meanwhile is meant for the next call.
    const still = dialText.get().trim();
    if (still !== number && (late || mayBeNumber(still))) return;
    clear();
    if (!late) focusBox();
  });

  const { data: settings } = useQuery(settingsQuery);
  const { data: catalogue } = useQuery(flowsQuery);
  const { data: rep } = useQuery(repQuery);
  const flows = catalogue?.flows ?? [];
  const how = useStore(dialWith);
  const typedNumber = mayBeNumber(text) ? text : null;
  const { data: typedVerdict } = useQuery({
    ...verdictQuery(typedNumber ?? '', how),
    enabled: typedNumber !== null,
  });
  // A whole number needs no suggestions: the sentence tells whose it is.
  const wanted = text !== '' && (typedNumber === null || typedVerdict?.number.e164 === null);
  const { data: found } = useQuery({
    ...suggestionsQuery(text),
    enabled: wanted,
    placeholderData: keepPreviousData,
  });
  const suggestions = wanted && found ? suggestionsOf(found.contacts) : [];
  const shown = open && suggestions.length > 0;
  const chosen = shown && active !== null ? suggestions[active] : undefined;

  const { data: chosenVerdict } = useQuery({
    ...verdictQuery(chosen?.number ?? '', how),
    enabled: chosen !== undefined,
  });
  const aim: Aim = {
    text,
    number: chosen?.number ?? typedNumber,
    suggestions: suggestions.length,
    verdict: chosen ? chosenVerdict : typedNumber === null ? undefined : typedVerdict,
  };

  useEffect(() => box.current?.focus(), []);
  const asked = useStore(askedToCallBack);
  useEffect(() => {
    if (asked === null) return;
    askedToCallBack.set(null);
    call.callBack(asked, asked, dialWith.get());
  }, [asked, call]);

  const type = (value: string) => {
    dialText.set(value);
    setOpen(true);
    setActive(null);
    call.forgetProblem();
  };

  const press = (suggestion: Suggestion | undefined) => {
    const number = suggestion?.number ?? typedNumber;
    if (number === null) return;
    call.place(number, suggestion?.name ?? verdictName(aim) ?? number, how);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const action = boxAction(
      { key: event.key, repeat: event.repeat, composing: event.nativeEvent.isComposing },
      { open: shown, active, count: suggestions.length, empty: raw === '' },
    );
    if (action === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    switch (action.type) {
      case 'highlight':
        setOpen(true);
        return setActive(action.active);
      case 'close':
        setActive(null);
        return setOpen(false);
      case 'clear':
        call.forgetProblem();
        return clear();
      case 'call':
        return press(action.active === null ? undefined : suggestions[action.active]);
      case 'swallow':
        return undefined;
      default:
        return action satisfies never;
    }
  };

  return (
    <section className="card dial-card">
      <div className="dial-row">
        <IconPhone size={20} stroke={1.75} aria-hidden />
        <input
          ref={box}
          id={dialBoxId}
          className="dial-input"
          role="combobox"
          aria-label={t('dial.box')}
          aria-expanded={shown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${listId}-${chosen.key}` : undefined}
          aria-describedby={sentenceId}
          placeholder={t('dial.box')}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={raw}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <Button
          size="md"
          variant={canCall(aim) ? 'filled' : 'default'}
          disabled={!canCall(aim)}
          onClick={() => press(chosen)}
          rightSection={<EnterKey />}
        >
          {t('dial.call')}
        </Button>
      </div>
      <ul
        id={listId}
        role="listbox"
        aria-label={t('dial.suggestions')}
        className="suggestions"
        hidden={!shown}
        // A press must not take the focus from the box.
        onMouseDown={(event) => event.preventDefault()}
      >
        {shown &&
          suggestions.map((suggestion, index) => (
            <SuggestionRow
              key={suggestion.key}
              id={`${listId}-${suggestion.key}`}
              suggestion={suggestion}
              active={index === active}
              onPick={() => {
                type(suggestion.text);
                setOpen(false);
              }}
            />
          ))}
      </ul>
      <FlowChips
        flows={flows}
        chosenId={aim.verdict?.flow?.id ?? how.flowId ?? flows[0]?.id ?? null}
        ringMeFirst={how.ringMeFirst}
        onChoose={({ id }) => {
          dialWith.set({ flowId: id, ringMeFirst: false });
          call.forgetProblem();
          focusBox();
        }}
        onRingMeFirst={() => dialWith.set(freely)}
      />
      <div className="dial-sentence" id={sentenceId}>
        <Sentence
          aim={aim}
          means={{
            line: settings?.values.line ?? 'practice',
            with: how,
            flows,
            rep,
            choose,
            toBox: focusBox,
          }}
        />
      </div>
      {call.problem && <PlaceProblemCallout problem={call.problem} />}
      <ConfirmCall confirm={call.confirm} onCall={call.callAnyway} onLeave={call.notNow} />
    </section>
  );
}

function verdictName({ verdict }: Aim): string | undefined {
  if (verdict === undefined) return undefined;
  return verdict.contact?.name || verdict.contact?.company || verdict.numberText;
}

function SuggestionRow({
  id,
  suggestion,
  active,
  onPick,
}: {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly active: boolean;
  readonly onPick: () => void;
}) {
  const { name, company, label, text, blocked } = suggestion;
  return (
    // Keys act in the box: the highlighted option never has the focus.
    <li id={id} role="option" aria-selected={active} className="suggestion" onClick={onPick}>
      <Avatar name={name} />
      <span className="suggestion-who ellipsis">
        <span>{name}</span>
        {company !== '' && <span className="second"> {company}</span>}
      </span>
      {blocked && <span className="tag-bad">{t('dial.blocked')}</span>}
      {label !== '' && <span className="second">{label}</span>}
      <span className="suggestion-number">{text}</span>
    </li>
  );
}
