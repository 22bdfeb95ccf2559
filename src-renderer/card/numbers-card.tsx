import { Button } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import type { DialCardView } from '../../src-shared/contract/desktop.ts';
import { callQuery, flowsQuery, repQuery, settingsQuery, verdictQuery } from '../app/queries.ts';
import { ConfirmReasons } from '../dial/confirm-call.tsx';
import type { DialWith } from '../dial/dial-choice.ts';
import { FlowChips } from '../dial/flow-chips.tsx';
import { PlaceProblemCallout } from '../dial/place-problem-callout.tsx';
import { Say } from '../dial/say.tsx';
import { type Aim, canCall, type Means, nameOf, Rings, Sentence } from '../dial/sentence.tsx';
import { usePlaceCall } from '../dial/use-place-call.ts';
import { EnterKey } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { CardWho } from './card-who.tsx';
import { linkedFlow } from './linked-flow.ts';
import { NumberChoice } from './number-choice.tsx';
import { useCardKeys } from './use-card-keys.ts';
import { undoMs, useUndoTime } from './use-undo-time.ts';
import { verdictLine, warnedOf } from './verdict-line.ts';

type Found = Extract<DialCardView['found'], { kind: 'numbers' }>;

/** A number that was found, and all that a person needs to call it with one key, or to let it be. */
export function NumbersCard({
  card,
  found: { numbers, more },
  onPlaced,
  onClose,
}: {
  readonly card: DialCardView;
  readonly found: Found;
  readonly onPlaced: () => void;
  readonly onClose: () => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const headingId = useId();
  const bodyId = useId();
  const [index, setIndex] = useState(() =>
    Math.max(
      0,
      numbers.findIndex(({ callable }) => callable),
    ),
  );
  const number = numbers[index] ?? numbers[0];
  const { data: settings } = useQuery(settingsQuery);
  const { data: catalogue } = useQuery(flowsQuery);
  const { data: rep } = useQuery(repQuery);
  const flows = catalogue?.flows ?? [];
  const asked = card.flow === null ? undefined : linkedFlow(card.flow, flows);
  const [chosen, setChosen] = useState<DialWith | null>(null);
  const how: DialWith = chosen ?? { flowId: asked?.id ?? null, ringMeFirst: false };
  const { data: verdict } = useQuery({
    ...verdictQuery(number?.e164 ?? '', how),
    enabled: number !== undefined && catalogue !== undefined,
  });
  const warnedId = warnedOf(verdict?.warnings ?? []);
  const { data: warned } = useQuery({ ...callQuery(warnedId ?? ''), enabled: warnedId !== null });
  // The card's id is the call's: pressed twice, or in two windows, it is one call.
  const call = usePlaceCall(onPlaced);

  const focusCard = () => root.current?.focus();
  useEffect(focusCard, []);
  const choose = (next: DialWith) => {
    setChosen(next);
    call.forgetProblem();
    focusCard();
  };
  const chooseNumber = (next: number) => {
    setIndex(next);
    call.forgetProblem();
  };
  const aim: Aim = { text: '', number: number?.e164 ?? null, suggestions: 0, verdict };
  const means: Means = {
    line: settings?.values.line ?? 'practice',
    with: how,
    flows,
    rep,
    choose,
    toBox: focusCard,
  };
  const may = number?.callable === true && verdict !== undefined && canCall(aim);
  const asking = call.confirm?.open === true;
  // The safe answer has the focus: a second Enter calls nobody.
  useEffect(() => {
    if (asking) root.current?.querySelector<HTMLElement>('form [data-autofocus]')?.focus();
  }, [asking]);
  const press = () => {
    if (!may || number === undefined) return;
    call.place(number.e164, nameOf(verdict), how, card.id);
  };
  const isClear = may && verdict.warnings.length === 0 && call.problem === null;
  const counting = useUndoTime(card.callAtOnce && chosen === null && isClear && !asking, press);
  useCardKeys(
    root,
    { numbers: numbers.length, chosen: index, asking },
    {
      call: press,
      close: onClose,
      number: chooseNumber,
      flow: (digit) => {
        const flow = flows.find(({ key }) => key === digit);
        if (flow !== undefined) choose({ flowId: flow.id, ringMeFirst: false });
      },
    },
  );

  if (number === undefined) return null;
  return (
    <div
      ref={root}
      className="dc"
      tabIndex={-1}
      // Of the dialog that may be around it.
      data-autofocus
      role="group"
      aria-labelledby={headingId}
      aria-describedby={bodyId}
    >
      <CardWho id={headingId} number={number} verdict={verdict} onClose={onClose} />
      {numbers.length > 1 && !asking && (
        <NumberChoice name={headingId} numbers={numbers} more={more} chosen={index} onChoose={chooseNumber} />
      )}
      {asking && call.confirm !== null ? (
        <ConfirmReasons
          key={call.confirm.id}
          confirm={call.confirm}
          onCall={call.callAnyway}
          onLeave={onClose}
        />
      ) : (
        <>
          <div id={bodyId} className="dc-says">
            {may && verdict.warnings.length > 0 && (
              <p className="dc-verdict">
                {warnedId === null ? (
                  <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
                ) : (
                  <IconClock size={16} stroke={1.75} aria-hidden />
                )}
                <span>{verdictLine(verdict.warnings, warned?.call)}</span>
              </p>
            )}
            {card.flow !== null && catalogue !== undefined && asked === undefined && (
              <Say tone="wait">{t('card.flowUnknown', { flow: card.flow })}</Say>
            )}
            {!number.callable ? (
              <Say tone="bad">{t('card.notCallable')}</Say>
            ) : may ? (
              <p className="dc-sentence">
                <Rings verdict={verdict} means={means} />
              </p>
            ) : (
              <Sentence aim={aim} means={means} />
            )}
            {number.extension !== null && (
              <Say tone="wait">{t('card.extension', { extension: number.extension })}</Say>
            )}
            {card.heldBack > 0 && <Say>{t('card.heldBack', { count: card.heldBack })}</Say>}
          </div>
          <FlowChips
            flows={flows}
            chosenId={verdict?.flow?.id ?? how.flowId ?? flows[0]?.id ?? null}
            ringMeFirst={how.ringMeFirst}
            keys={numbers.length > 1 ? 'alt' : 'digit'}
            onChoose={({ id }) => choose({ flowId: id, ringMeFirst: false })}
            onRingMeFirst={() => choose({ flowId: null, ringMeFirst: false })}
          />
          {call.problem && <PlaceProblemCallout problem={call.problem} />}
          {counting && <UndoTime />}
          <footer className="dc-foot">
            <Button
              size="md"
              data-calls
              variant={may ? 'filled' : 'default'}
              disabled={!may}
              onClick={press}
              rightSection={<EnterKey />}
            >
              {t(counting ? 'card.callNow' : 'dial.call')}
            </Button>
            <Button onClick={onClose}>{t('dial.notNow')}</Button>
            <p className="second ellipsis dc-read" title={number.entered}>
              {t(`card.read.${card.source}`, { text: number.entered })}
            </p>
          </footer>
        </>
      )}
    </div>
  );
}

/** The call goes out by itself: how long it can still be undone. */
function UndoTime() {
  return (
    <div className="dc-undo">
      <p role="alert">{t('card.undo', { seconds: undoMs / 1000 })}</p>
      <span className="dc-undo-bar" aria-hidden />
    </div>
  );
}
