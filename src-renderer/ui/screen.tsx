import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { titleAlert } from '../app/line-alert.ts';
import { PaletteButton } from '../app/palette.tsx';
import { useStore } from '../app/store.ts';
import { t } from '../words/words.ts';
import './screen.css';

/** A screen: its title and tools above, its content, and a panel at the side. */
export function Screen({
  title,
  tools,
  panel,
  children,
}: {
  readonly title: string;
  readonly tools?: ReactNode;
  readonly panel?: ReactNode;
  readonly children: ReactNode;
}) {
  const alert = useStore(titleAlert);
  return (
    // Reached by the skip link.
    <main id="content" tabIndex={-1} className="screen" data-panel={panel ? '' : undefined}>
      <title>{alert ?? t('app.title', { screen: title })}</title>
      <header className="screen-top">
        <h1>{title}</h1>
        <div className="screen-tools">{tools}</div>
        <PaletteButton />
      </header>
      <div className="screen-content">{children}</div>
      {panel}
    </main>
  );
}

/** Below this width the side panel becomes a sheet. */
const wide = '(min-width: 900px)';

export function useWide(): boolean {
  return useMediaQuery(wide, undefined, { getInitialValueInEffect: false });
}

/** The panel at the side; on narrow windows a sheet over the content, which `onClose` closes. */
export function SidePanel({
  label,
  onClose,
  children,
}: {
  readonly label: string;
  /** Absent: the panel is part of the wide screen only. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}) {
  const isWide = useWide();
  if (isWide) {
    return (
      <aside className="side-panel" aria-label={label}>
        {children}
      </aside>
    );
  }
  if (onClose === undefined) return null;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={380}
      title={label}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className="side-sheet">{children}</div>
    </Drawer>
  );
}
