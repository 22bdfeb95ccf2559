import { Button } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCornerDownLeft,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import { t } from '../words/words.ts';
import { initials } from './format.ts';
import './ui.css';

/** A key, where it acts. Only seen: the accessible names of controls stay plain. */
export function Kbd({ children }: { readonly children: string | ReactElement }) {
  // A text is drawn by the style sheet, so that it is no part of the text of its control.
  return typeof children === 'string' ? (
    <kbd className="kbd" aria-hidden data-text={children} />
  ) : (
    <kbd className="kbd" aria-hidden>
      {children}
    </kbd>
  );
}

/** The Enter key, drawn: many typefaces lack its sign. */
export function EnterKey() {
  return (
    <Kbd>
      <IconCornerDownLeft size={12} stroke={2} />
    </Kbd>
  );
}

export function Avatar({ name, large = false }: { readonly name: string; readonly large?: boolean }) {
  return <span className="avatar" data-large={large || undefined} data-text={initials(name)} aria-hidden />;
}

const calloutSigns = {
  bad: IconAlertTriangle,
  doubt: IconAlertTriangle,
  wait: IconAlertTriangle,
  ok: IconCircleCheck,
  quiet: IconInfoCircle,
};

/** Something a person must know: what, what it means, what to do. Stays until its cause goes. */
export function Callout({
  tone,
  title,
  children,
  actions,
}: {
  readonly tone: keyof typeof calloutSigns;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const Sign = calloutSigns[tone];
  return (
    <div className="callout" data-tone={tone}>
      <Sign size={18} stroke={1.75} aria-hidden />
      <div className="callout-body">
        <span className="callout-title">{title}</span>
        {children}
        {actions && <div className="callout-actions">{actions}</div>}
      </div>
    </div>
  );
}

/** A place with nothing in it: why, and what to do. */
export function EmptyState({
  Sign,
  title,
  children,
  action,
}: {
  readonly Sign: Icon;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty">
      <Sign size={28} stroke={1.5} aria-hidden />
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What a list or panel shows where the core could not answer. */
export function ReadFailed({ retry }: { readonly retry: () => void }) {
  return (
    <EmptyState
      Sign={IconAlertTriangle}
      title={t('app.failed')}
      action={<Button onClick={retry}>{t('app.tryAgain')}</Button>}
    >
      {t('app.failedTodo')}
    </EmptyState>
  );
}

/** A labelled part of a side panel. */
export function Section({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className="panel-section">
      <h3 className="section-label">{label}</h3>
      {children}
    </section>
  );
}

/** One line of a `<dl className="facts">`. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
