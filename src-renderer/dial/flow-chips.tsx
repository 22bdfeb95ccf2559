import { IconPhoneOutgoing } from '@tabler/icons-react';
import type { Flow } from '../../src-shared/flow.ts';
import { ariaShortcut, isMac, shortcutText } from '../app/shortcuts.ts';
import { FlowDot } from '../ui/flow-mark.tsx';
import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import './flow-chips.css';

/** The flows to dial with, each with its digit, and the one that Call would take now. */
export function FlowChips({
  flows,
  chosenId,
  ringMeFirst,
  keys = 'dial',
  onChoose,
  onRingMeFirst,
}: {
  readonly flows: readonly Flow[];
  /** Null: none. */
  readonly chosenId: string | null;
  /** Shown only where it was chosen: it is a way out, not a flow. */
  readonly ringMeFirst: boolean;
  /** The digit alone chooses where no text is written (`digit`); else with Alt, which a card also shows (`alt`). */
  readonly keys?: 'dial' | 'digit' | 'alt';
  readonly onChoose: (flow: Flow) => void;
  readonly onRingMeFirst: () => void;
}) {
  if (flows.length === 0 && !ringMeFirst) return null;
  return (
    <div className="flow-chips" role="group" aria-label={t('dial.flows')}>
      {flows.map((flow) => (
        <button
          key={flow.id}
          type="button"
          className="flow-chip"
          aria-pressed={!ringMeFirst && flow.id === chosenId}
          aria-keyshortcuts={
            flow.key === null
              ? undefined
              : keys === 'digit'
                ? String(flow.key)
                : ariaShortcut(`alt+${flow.key}`, isMac)
          }
          title={flow.key === null ? undefined : t('dial.flowKey', { key: keyText(flow.key, keys) })}
          onClick={() => onChoose(flow)}
        >
          {flow.key !== null && <Kbd>{keys === 'alt' ? keyText(flow.key, keys) : String(flow.key)}</Kbd>}
          <FlowDot colour={flow.colour} />
          <span className="ellipsis">{flow.name}</span>
        </button>
      ))}
      {ringMeFirst && (
        <button type="button" className="flow-chip" aria-pressed onClick={onRingMeFirst}>
          <IconPhoneOutgoing size={15} stroke={1.75} aria-hidden />
          {t('dial.ringMeFirst')}
        </button>
      )}
    </div>
  );
}

function keyText(digit: number, keys: 'dial' | 'digit' | 'alt'): string {
  return keys === 'digit' ? String(digit) : shortcutText(`alt+${digit}`, isMac);
}
